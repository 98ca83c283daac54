#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/plan/project.h"

static void refused(struct scratch *s, const char *from, const char *to,
                    enum terramis_status code, const char *part)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, s, from, to), code);
    assert_true(has(status_message(), part));
    assert_true(has(status_message(), "p.yaml:"));
    project_close(&p);
}

static void layers_and_tables_are_bound(void **state)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    const struct factor *slope = &p.plan.factors[0];
    const struct factor *soil = &p.plan.factors[1];
    assert_int_equal(slope->source.input, INPUT_RASTER);
    assert_int_equal(soil->source.input, INPUT_VECTOR);
    assert_int_equal(soil->source.class_count, 2);
    assert_true(soil->bound.values[0] == 1 && soil->bound.values[1] == 0.5F);
    assert_int_equal(slope->nodata, NODATA_FAIL); /* the project's */
    assert_true(slope->weight == 0.5);
    project_close(&p);
}

static void classes_of_a_raster(void **state)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, *state,
                                  "source: v.gpkg, layer: soil,\n"
                                  "     attribute: nature, weight: 2,\n"
                                  "     membership: {kind: table, table: {A: 1"
                                  ", B: 0.5}}",
                                  "source: class.tif, weight: 6, nodata: "
                                  "exclude,\n"
                                  "     membership: {kind: table, table: {2: 1"
                                  ", 1: 0.5}}"),
                     TERRAMIS_OK);
    const struct factor *soil = &p.plan.factors[1];
    assert_int_equal(soil->source.input, INPUT_RASTER);
    assert_int_equal(soil->nodata, NODATA_EXCLUDE);
    assert_int_equal(soil->bound.count, 2);
    assert_true(soil->bound.keys[0] == 1 && soil->bound.values[0] == 0.5F);
    assert_true(soil->weight == 0.75 && p.plan.factors[0].weight == 0.25);
    project_close(&p);
}

static void what_does_not_fit_together(void **state)
{
    refused(*state, "{kind: table, table: {A: 1, B: 0.5}}",
            "{kind: linear, points: [[0, 0], [1, 1]]}", TERRAMIS_PROJECT,
            "factor soil: classes need membership {kind: table");
    refused(*state, "{kind: linear, points: [[8, 1], [20, 0]]}",
            "{kind: table, table: {1: 1}}", TERRAMIS_PROJECT,
            "factor slope: membership table is for criterion class");
    refused(*state, "     attribute: nature, weight", "     weight",
            TERRAMIS_PROJECT, "factor soil: a vector layer needs attribute:");
    refused(*state, "attribute: nature", "attribute: natur", TERRAMIS_PROJECT,
            "did you mean 'nature'?");
    refused(*state, "table: {A: 1, B: 0.5}", "table: {A: 1}", TERRAMIS_INPUT,
            "factor soil: the layer has classes that table: lacks: 'B' (1 "
            "polygons)");
    refused(*state, "[[8, 1], [20, 0]]", "[[8, 5], [20, 0]]", TERRAMIS_PROJECT,
            "points");
    refused(*state, "source: dem.tif", "source: v.gpkg", TERRAMIS_INPUT,
            "v.gpkg");
}

/* The first is found out when the second has been read, or not yet. */
static void the_first_that_fails_is_named(void **state)
{
    for (int i = 0; i < 4; i++)
        refused(*state,
                "{kind: linear, points: [[8, 1], [20, 0]]}}\n"
                "  - {id: soil, criterion: class, source: v.gpkg, layer: soil",
                "{kind: table, table: {1: 1}}}\n"
                "  - {id: soil, criterion: class, source: v.gpkg, layer: none",
                TERRAMIS_PROJECT,
                "factor slope: membership table is for criterion class");
}

/* Road beyond every territory: distance wants it all the same. */
static void distance_looks_everywhere(void **state)
{
    struct scratch *s = *state;
    struct wkt_row far = {"LINESTRING(590000 6930000,590100 6930000)", {"x"}};
    struct wkt_layer layer = {"GPKG", "far", "EPSG:2154", wkbLineString, {"id"},
                              &far,   1};
    write_layers(scratch_path(s, "far.gpkg"), &layer, 1);
    struct small_project p;
    assert_int_equal(project_plan(&p, s, "criterion: slope, source: dem.tif",
                                  "criterion: distance, source: far.gpkg"),
                     TERRAMIS_OK);
    assert_non_null(p.plan.factors[0].source.segments);
    assert_int_equal(segments_count(p.plan.factors[0].source.segments), 1);
    project_close(&p);
    refused(s, "criterion: slope, source: dem.tif",
            "criterion: distance, source: far.gpkg, where: \"id = 'no'\"",
            TERRAMIS_INPUT, "no usable feature");
    refused(s, "criterion: slope, source: dem.tif",
            "criterion: coverage, source: far.gpkg, buffer: 2", TERRAMIS_INPUT,
            "does not overlap any territory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_and_tables_are_bound),
        cmocka_unit_test(classes_of_a_raster),
        cmocka_unit_test(what_does_not_fit_together),
        cmocka_unit_test(the_first_that_fails_is_named),
        cmocka_unit_test(distance_looks_everywhere),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
