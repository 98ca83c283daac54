#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "layer/profile.h"
#include "output/output.h"
#include "unit/run/bench.h"

static const struct {
    enum terramis_table table;
    const struct registry *registry;
} tables[] = {{TERRAMIS_CRITERIA, &criterion_registry},
              {TERRAMIS_MEMBERSHIPS, &membership_registry},
              {TERRAMIS_WEIGHTINGS, &weighting_registry},
              {TERRAMIS_COMBINERS, &combiner_registry},
              {TERRAMIS_YIELDS, &yield_registry},
              {TERRAMIS_OUTPUTS, &output_registry},
              {TERRAMIS_LAYERS, &profile_registry}};

static char *list(enum terramis_table table, bool json)
{
    const struct terramis_options options = {.json = json};
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(terramis_list(&options, table, stream), TERRAMIS_OK);
    fclose(stream);
    return text;
}

static void every_row_is_listed(void **state)
{
    (void)state;
    for (int t = 0; t < 6; t++) {
        const struct registry *registry = tables[t].registry;
        char *text = list(tables[t].table, false);
        const char *at = text;
        for (size_t i = 0; i < registry->count; i++) {
            char head[256];
            const struct operator* op = registry->ops[i];
            snprintf(head, sizeof head, "%s: %s\n", op->name, op->summary);
            const char *found = strstr(at, head); /* in the table's order */
            assert_non_null(found);
            at = found;
            for (const struct param *row = op->params; row && row->name; row++)
                assert_true(has(at, row->help));
        }
        free(text);
    }
}

static void the_same_as_json(void **state)
{
    (void)state;
    for (int t = 0; t < 6; t++) {
        const struct registry *registry = tables[t].registry;
        char *text = list(tables[t].table, true);
        json_object *root = json_tokener_parse(text), *name;
        assert_non_null(root);
        assert_int_equal(json_object_array_length(root), registry->count);
        for (size_t i = 0; i < registry->count; i++) {
            json_object *o = json_object_array_get_idx(root, i);
            assert_true(json_object_object_get_ex(o, "name", &name));
            assert_string_equal(json_object_get_string(name),
                                registry->ops[i]->name);
        }
        json_object_put(root);
        free(text);
    }
}

/* A schema for editors: JSON, with every key of the project file. */
static void the_schema(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(terramis_schema(stream), TERRAMIS_OK);
    fclose(stream);
    json_object *root = json_tokener_parse(text), *properties, *one;
    assert_non_null(root);
    assert_true(json_object_object_get_ex(root, "properties", &properties));
    for (const struct param *row = config_rows; row->name; row++)
        if (*row->name)
            assert_true(json_object_object_get_ex(properties, row->name, &one));
    for (int t = 0; t < 6; t++)
        for (size_t i = 0; i < tables[t].registry->count; i++) {
            char quoted[64];
            snprintf(quoted, sizeof quoted, "\"%s\"",
                     tables[t].registry->ops[i]->name);
            assert_true(has(text, quoted));
        }
    json_object_put(root);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_listed),
        cmocka_unit_test(the_same_as_json),
        cmocka_unit_test(the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
