#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "unit/run/bench.h"

static void layers_as_text(void **state)
{
    struct terramis_options o = bench_options(*state);
    char *text;
    assert_int_equal(printed(terramis_check, &o, &text), TERRAMIS_OK);
    static const char *const parts[] = {
        "CRS EPSG:2154 (RGF93 v1 / Lambert-93), cells of 5 m\n",
        "  territory t: v.gpkg, layer territory\n",
        "  parcels: v.gpkg, layer parcels\n    12 features: 12 used, 0 outside",
        "  right_of_way: v.gpkg, layer road, profile bdtopo-route\n",
        "    fields found: nature",
        "    fields missing: ",
        "    geometry: ",
        "rights-of-way of 1 lines; 0 on bridges or in tunnels, 0 fictitious, 1 "
        "without a corridor\n",
        "licence: Licence Ouverte 2.0; date: not given\n",
        "  constraint bati: ",
        "  factor slope: dem.tif\n    24 x 20 cells of 25, nodata -9999\n",
        "    CRS EPSG:2154; operation: none (same CRS)\n",
        "  everything could be read\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(has(text, parts[i]));
    free(text);
    assert_int_not_equal(access(o.out, F_OK), 0); /* nothing is written */
}

static void layers_as_json(void **state)
{
    struct terramis_options o = bench_options(*state);
    char *text;
    o.json = true;
    assert_int_equal(printed(terramis_check, &o, &text), TERRAMIS_OK);
    json_object *root = json_tokener_parse(text), *layers, *used;
    assert_non_null(root);
    assert_true(json_object_object_get_ex(root, "layers", &layers));
    assert_int_equal(json_object_array_length(layers), 8);
    json_object *parcels = json_object_array_get_idx(layers, 1);
    assert_true(json_object_object_get_ex(parcels, "used", &used));
    assert_int_equal(json_object_get_int(used), 12);
    static const char *const keys[] = {
        "profile",  "date",     "licence",      "accuracy_m",     "filtered",
        "left_out", "geometry", "fields_found", "fields_missing", "suspicious"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_true(json_object_object_get_ex(parcels, keys[i], &used));
    json_object_put(root);
    free(text);
}

static void what_is_wrong_is_said(void **state)
{
    struct scratch *s = *state;
    struct terramis_options o = bench_options(s);
    char *text, hidden[400];
    snprintf(hidden, sizeof hidden, "%s", scratch_path(s, "hidden.tif"));
    assert_int_equal(rename(scratch_path(s, "dem.tif"), hidden), 0);
    assert_int_equal(printed(terramis_check, &o, &text), TERRAMIS_PROJECT);
    assert_string_equal(text, "");
    assert_true(has(terramis_message(), "p.yaml:15:"));
    assert_true(has(terramis_message(), "dem.tif"));
    free(text);
    assert_int_equal(rename(hidden, scratch_path(s, "dem.tif")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_as_text),
        cmocka_unit_test(layers_as_json),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, project_set_up, bench_tear_down);
}
