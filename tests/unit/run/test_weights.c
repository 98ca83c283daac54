#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "unit/run/bench.h"

static struct terramis_options options;

/* Puts factors and weights of its own into the project. */
static void write_project(const char *factors)
{
    FILE *file = fopen(options.project, "w");
    const char *from = strstr(project_yaml, "factors:");
    assert_non_null(file);
    fprintf(file, "%.*s%s", (int)(from - project_yaml), project_yaml, factors);
    fclose(file);
}

#define SLOPE                                                                  \
    "criterion: slope, source: dem.tif, membership: {kind: step, at: 5}"

static void how_the_judgements_agree(void **state)
{
    (void)state;
    char *text;
    write_project("factors:\n"
                  "  - {id: a, group: soil, " SLOPE "}\n"
                  "  - {id: b, group: soil, " SLOPE "}\n"
                  "  - {id: c, group: soil, " SLOPE "}\n"
                  "  - {id: d, " SLOPE "}\n"
                  "weights:\n"
                  "  kind: ahp\n"
                  "  random_index: donegan-dodd\n"
                  "  judgements:\n"
                  "    - {a: soil, b: d, value: 3}\n"
                  "    - {a: a, b: b, value: 3}\n"
                  "    - {a: b, b: c, value: 2}\n"
                  "    - {a: a, b: c, value: 5}\n");
    assert_int_equal(printed(terramis_weights, &options, &text), TERRAMIS_OK);
    /* lambda_max = 1 + k + 1/k with k = (3 x 2 / 5)^(1/3) */
    assert_true(has(text, "method: ahp"));
    assert_true(has(text, "lambda_max 3.0037, CI 0.0018, RI 0.4914 "
                          "(donegan-dodd), CR 0.004 (0.10 at most)"));
    assert_true(has(text, "a / c = 5; with 6 CR would be 0.000"));
    assert_true(has(text, "0.2500")); /* d */
    free(text);
    options.json = true;
    assert_int_equal(printed(terramis_weights, &options, &text), TERRAMIS_OK);
    json_object *root = json_tokener_parse(text), *list, *weight;
    assert_non_null(root);
    assert_true(json_object_object_get_ex(root, "factors", &list));
    double sum = 0;
    for (size_t i = 0; i < 4; i++) {
        json_object *factor = json_object_array_get_idx(list, i);
        assert_true(json_object_object_get_ex(factor, "weight", &weight));
        sum += json_object_get_double(weight);
    }
    assert_true(fabs(sum - 1) < 1e-12);
    assert_true(fabs(json_object_get_double(weight) - 0.25) < 1e-12);
    assert_true(json_object_object_get_ex(root, "sets", &list));
    assert_int_equal(json_object_array_length(list), 2);
    json_object_put(root);
    free(text);
    options.json = false;
}

static void direct_weights(void **state)
{
    (void)state;
    char *text;
    write_project("factors:\n"
                  "  - {id: a, weight: 3, " SLOPE "}\n"
                  "  - {id: b, weight: 1, " SLOPE "}\n");
    assert_int_equal(printed(terramis_weights, &options, &text), TERRAMIS_OK);
    assert_true(has(text, "method: direct") && has(text, "0.7500"));
    assert_null(strstr(text, "lambda_max"));
    free(text);
}

static void order_weights_are_reported(void **state)
{
    (void)state;
    char *text;
    write_project("factors:\n"
                  "  - {id: a, weight: 3, group: soil, " SLOPE "}\n"
                  "  - {id: b, weight: 1, group: soil, " SLOPE "}\n"
                  "  - {id: c, weight: 1, " SLOPE "}\n"
                  "  - {id: d, weight: 1, " SLOPE "}\n"
                  "combine: {kind: owa, order_weights: [6, 3, 1], inside: "
                  "{kind: gamma}}\n");
    assert_int_equal(printed(terramis_weights, &options, &text), TERRAMIS_OK);
    assert_true(has(text, "combination: owa"));
    assert_true(has(text, "first: 0.6000 0.3000 0.1000\n"));
    assert_true(has(text, "andness 0.7500, orness (risk) 0.2500"));
    assert_true(has(text, "a score can fall"));
    assert_true(has(text, "inside soil: gamma"));
    free(text);
    options.json = true;
    assert_int_equal(printed(terramis_weights, &options, &text), TERRAMIS_OK);
    json_object *root = json_tokener_parse(text), *rule, *value;
    assert_true(json_object_object_get_ex(root, "combination", &rule));
    assert_true(json_object_object_get_ex(rule, "andness", &value));
    assert_true(fabs(json_object_get_double(value) - 0.75) < 1e-12);
    json_object_put(root);
    free(text);
    options.json = false;
    write_project("factors:\n"
                  "  - {id: a, " SLOPE "}\n"
                  "combine: {kind: owa, order_weights: [6, 3, 1]}\n");
    assert_int_equal(printed(terramis_weights, &options, &text),
                     TERRAMIS_PROJECT);
    assert_true(has(terramis_message(), "3 given, but 1 factors"));
    free(text);
}

static void inconsistent_judgements_are_refused(void **state)
{
    (void)state;
    char *text;
    write_project("factors:\n"
                  "  - {id: a, " SLOPE "}\n"
                  "  - {id: b, " SLOPE "}\n"
                  "  - {id: c, " SLOPE "}\n"
                  "weights: {kind: ahp, judgements: [{a: a, b: b, value: 9}, "
                  "{a: b, b: c, value: 9}, {a: c, b: a, value: 9}]}\n");
    assert_int_equal(printed(terramis_weights, &options, &text),
                     TERRAMIS_PROJECT);
    assert_string_equal(text, "");
    assert_true(has(terramis_message(), "contradict one another"));
    free(text);
}

static int set_up(void **state)
{
    if (project_set_up(state) != 0)
        return -1;
    options = bench_options(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_the_judgements_agree),
        cmocka_unit_test(direct_weights),
        cmocka_unit_test(order_weights_are_reported),
        cmocka_unit_test(inconsistent_judgements_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, bench_tear_down);
}
