/* What terramis_run() prints and writes for the project worked out by hand in
 * unit/plan/project.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "unit/run/bench.h"

static void the_summary(void **state)
{
    struct terramis_options o = bench_options(*state);
    char *text;
    o.overwrite = true;
    assert_int_equal(printed(terramis_run, &o, &text), TERRAMIS_OK);
    /* hectares on the ellipsoid: 0.08 % less than planar */
    static const char *const parts[] = {
        "Essai (12",    "S1",   "P10",          "bati: 0.1",
        "emprise: 0.2", "91.7", "slope (0.83)",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(has(text, parts[i]));
    assert_null(strstr(text, "synthetic"));
    free(text);
}

static double number(json_object *o, const char *key)
{
    json_object *value;
    assert_true(json_object_object_get_ex(o, key, &value));
    return json_object_get_double(value);
}

static void is_ha(double found, double m2)
{
    if (!(fabs(found - m2 * 0.9992e-4) < 1e-4 * (1 + m2 * 1e-4)))
        print_error("%.6f is not about %.6f\n", found, m2 * 1e-4);
    assert_true(fabs(found - m2 * 0.9992e-4) < 1e-4 * (1 + m2 * 1e-4));
}

static void the_summary_as_json(void **state)
{
    struct terramis_options o = bench_options(*state);
    char *text;
    o.overwrite = o.json = true;
    assert_int_equal(printed(terramis_run, &o, &text), TERRAMIS_OK);
    char *last = strstr(text, "{\"event\":\"done\"");
    assert_non_null(last);
    json_object *root = json_tokener_parse(last), *list, *land, *row, *best;
    assert_non_null(root);
    assert_true(json_object_object_get_ex(root, "territories", &list));
    assert_int_equal(json_object_array_length(list), 1);
    json_object *t = json_object_array_get_idx(list, 0);
    is_ha(number(t, "area_ha"), 120000);
    is_ha(number(t, "marginal_ha"), 71200);
    assert_true(number(t, "parcels") == 12);
    assert_true(json_object_object_get_ex(t, "plantable_ha", &land));
    const double building = 500 + 3200 * sin(2 * M_PI / 64);
    assert_true(json_object_object_get_ex(land, "polluted_soil", &row));
    is_ha(number(row, "S1"), 60000 - 2000 - building);
    is_ha(number(row, "S2"), 0);
    assert_true(json_object_object_get_ex(land, "catchment", &row));
    is_ha(number(row, "S1"), 10000);
    is_ha(number(row, "S2"), 10000);
    assert_true(json_object_object_get_ex(land, "right_of_way", &row));
    is_ha(number(row, "S1"), 1200);
    is_ha(number(row, "S2"), 1200);
    assert_true(json_object_object_get_ex(land, "any", &row));
    is_ha(number(row, "S1"), 60000 - 2000 - building);
    is_ha(number(row, "S2"), 11200);
    assert_true(json_object_object_get_ex(t, "best", &best));
    assert_int_equal(json_object_array_length(best), 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(number(json_object_array_get_idx(best, i), "score") -
                         91.6667) < 1e-3);
    json_object_put(root);
    free(text);
}

static void results_stay_without_overwrite(void **state)
{
    struct scratch *s = *state;
    struct terramis_options o = bench_options(s);
    char *text;
    assert_int_equal(printed(terramis_run, &o, &text), TERRAMIS_OUTPUT);
    assert_string_equal(text, "");
    assert_true(has(terramis_message(), "holds results already"));
    free(text);
    assert_int_equal(access(scratch_path(s, "out/manifest.json"), R_OK), 0);
    assert_int_equal(access(scratch_path(s, "out/t/parcels.gpkg"), R_OK), 0);
    assert_int_equal(access(scratch_path(s, "out/t/class.tif"), R_OK), 0);
    /* not asked for */
    assert_int_not_equal(access(scratch_path(s, "out/t/atlas.pdf"), R_OK), 0);
    assert_int_not_equal(access(scratch_path(s, "out/summary.csv"), R_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_summary),
        cmocka_unit_test(the_summary_as_json),
        cmocka_unit_test(results_stay_without_overwrite),
    };
    return cmocka_run_group_tests(tests, project_set_up, bench_tear_down);
}
