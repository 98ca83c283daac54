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
}

static void steps_of_territory_and_run(void **state)
{
    (void)state;
    const char *names[] = {"png", "csv", "pdf", "html"};
    struct config config = {.outputs = {.items = names, .count = 4}};
    struct plan plan = {.config = &config};
    const struct output_job job = {.plan = &plan};
    const struct territory_result result = {.done = true};
    struct output_step steps[OUTPUT_STEPS_MAX];
    /* csv, pdf on two papers, four maps one by one, those of scenarios */
    assert_int_equal(output_steps(&job, &result, steps), 8);
    assert_string_equal(steps[0].op->op.name, "csv");
    assert_false(steps[0].op->draws);
    assert_string_equal(steps[1].op->op.name, "pdf");
    for (int part = 0; part < 5; part++) {
        assert_string_equal(steps[3 + part].op->op.name, "png");
        assert_int_equal(steps[3 + part].part, part);
        assert_true(steps[3 + part].op->draws);
        assert_ptr_equal(steps[3 + part].result, &result);
    }
    /* csv, maps of all together on both papers and one by one, html */
    assert_int_equal(output_steps(&job, NULL, steps), 9);
    assert_string_equal(steps[0].op->op.name, "csv");
    assert_string_equal(steps[8].op->op.name, "html");
    assert_null(steps[8].result);
    assert_true(steps[8].op->lists);
}

static void all_steps_have_room(void **state)
{
    (void)state;
    int count = 0;
    for (size_t i = 0; i < output_registry.count; i++) {
        const struct output_op *op =
            (const struct output_op *)output_registry.ops[i];
        count += op->parts > 0 ? op->parts : 1;
    }
    assert_true(count <= OUTPUT_STEPS_MAX);
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
        cmocka_unit_test(steps_of_territory_and_run),
        cmocka_unit_test(all_steps_have_room),
        cmocka_unit_test(those_that_are_wanted),
        cmocka_unit_test(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
