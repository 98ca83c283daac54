#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/output.h"
#include "unit/contract.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&output_registry));
    for (size_t i = 0; i < output_registry.count; i++) {
        const struct output_op *op =
            (const struct output_op *)output_registry.ops[i];
        assert_non_null(op->files);
        assert_true(*op->files);
        /* outputs have no settings in the project file */
        assert_null(op->op.params);
    }
    /* maps are drawn from the files of cog: it comes first */
    assert_string_equal(output_registry.ops[0]->name, "cog");
}

static void those_that_are_wanted(void **state)
{
    (void)state;
    const char *names[] = {"csv", "png"};
    struct config config = {.outputs = {.items = names, .count = 2}};
    assert_true(output_wanted(&config, "csv"));
    assert_true(output_wanted(&config, "png"));
    assert_false(output_wanted(&config, "pdf"));
    assert_false(output_wanted(&config, "cs"));
}

static void paths(void **state)
{
    (void)state;
    const struct territory_config t = {.id = "caux"};
    const struct territory territory = {.config = &t};
    const struct territory_result result = {.analysis.territory = &territory};
    const struct output_job job = {.dir = "out/.stage"};
    char *path;
    assert_int_equal(output_path(&job, &result, "class.tif", &path),
                     TERRAMIS_OK);
    assert_string_equal(path, "out/.stage/caux/class.tif");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(those_that_are_wanted),
        cmocka_unit_test(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
