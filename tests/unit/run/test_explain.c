#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "unit/run/bench.h"

static struct terramis_options options;

static enum terramis_status explain(const char *parcel, char **text)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    enum terramis_status status = terramis_explain(&options, parcel, stream);
    fclose(stream);
    return status;
}

static double number(json_object *o, const char *key)
{
    json_object *value;
    assert_true(json_object_object_get_ex(o, key, &value));
    return json_object_get_double(value);
}

/* weight x membership of each factor, and their sum: the score as printed. */
static void contributions(void **state)
{
    (void)state;
    char *text;
    options.json = true;
    assert_int_equal(explain("P20", &text), TERRAMIS_OK);
    json_object *root = json_tokener_parse(text), *factors;
    assert_non_null(root);
    assert_true(json_object_object_get_ex(root, "factors", &factors));
    json_object *slope = json_object_array_get_idx(factors, 0);
    json_object *soil = json_object_array_get_idx(factors, 1);
    assert_true(number(slope, "weight") == 0.5);
    assert_true(fabs(number(slope, "membership") - 10.0 / 12) < 1e-4);
    assert_true(fabs(number(soil, "membership") - 0.5) < 1e-4);
    assert_true(fabs(number(soil, "contribution") - 25) < 5e-3);
    double sum = number(slope, "contribution") + number(soil, "contribution");
    assert_true(fabs(sum - number(root, "score")) < 1e-9);
    assert_true(fabs(number(slope, "value") - 10) < 1e-2);
    assert_true(fabs(number(root, "score") - 66.6667) < 1e-2);
    assert_true(number(root, "rank") == 7);
    assert_true(number(root, "polluted_ha") == 0);
    /* S1 from 75 on: 25 of soil, so 50 of slope; or 33.33 of soil */
    assert_true(fabs(number(slope, "membership_for_next_class") - 1) < 2e-4);
    assert_true(fabs(number(slope, "value_for_next_class") - 8) < 1e-2);
    assert_true(fabs(number(soil, "membership_for_next_class") - 0.6667) <
                1.01e-4);
    json_object_put(root);
    free(text);
    options.json = false;
    assert_int_equal(explain("P20", &text), TERRAMIS_OK);
    static const char *const parts[] = {
        "P20",
        "66.67",
        "S2",
        "0.8333",
        "41.6",
        "25.00",
        "soil",
        "10.00 %",
        "enough for class: S1",
        "Allowed use: any use (soil not reported)",
        "Yield: 12.0 t DM/ha/year"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(has(text, parts[i]));
    free(text);
}

static void nothing_plantable(void **state)
{
    (void)state;
    char *text;
    assert_int_equal(explain("P30", &text), TERRAMIS_OK);
    assert_true(has(text, "P30"));
    assert_null(strstr(text, "slope"));
    free(text);
    options.json = true;
    assert_int_equal(explain("P30", &text), TERRAMIS_OK);
    json_object *root = json_tokener_parse(text), *score;
    assert_true(json_object_object_get_ex(root, "score", &score));
    assert_null(score); /* null */
    json_object_put(root);
    free(text);
    options.json = false;
}

static void parcels_that_are_not_there(void **state)
{
    struct scratch *s = *state;
    char *text;
    static const char *const ids[] = {"P99", "p20", "", "P20' OR '1'='1",
                                      "'",   "\"",  "%"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_int_equal(explain(ids[i], &text), TERRAMIS_INPUT);
        assert_string_equal(text, "");
        assert_true(has(terramis_message(), "not in the results"));
        free(text);
    }
    const char *out = options.out;
    options.out = scratch_path(s, "elsewhere");
    assert_int_equal(explain("P20", &text), TERRAMIS_INPUT);
    assert_true(has(terramis_message(), "no results there"));
    assert_true(has(terramis_message(), "terramis run --out"));
    free(text);
    options.out = out;
}

static int run_once(void **state)
{
    char *text;
    if (project_set_up(state) != 0)
        return -1;
    options = bench_options(*state);
    enum terramis_status status = printed(terramis_run, &options, &text);
    free(text);
    return status;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributions),
        cmocka_unit_test(nothing_plantable),
        cmocka_unit_test(parcels_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, run_once, bench_tear_down);
}
