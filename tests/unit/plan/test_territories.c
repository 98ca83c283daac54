#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/geometry.h"
#include "unit/plan/project.h"

static const char one[] =
    "{id: t, name: Essai, source: v.gpkg, layer: territory}";

static void features_of_a_territory_are_one(void **state)
{
    /* the parcels as communes: twelve squares make one territory */
    struct small_project p;
    assert_int_equal(project_plan(&p, *state, one,
                                  "{id: t, source: v.gpkg, layer: parcels}"),
                     TERRAMIS_OK);
    const struct territory *t = &p.plan.territories[0];
    GEOSGeometry *all = geometry_of(&p.plan.geos, territory_range(t));
    assert_int_equal(GEOSGetNumGeometries_r(p.plan.geos.context, all), 1);
    assert_true(fabs(geometry_area(&p.plan.geos, all) - 120000) < 1e-6);
    GEOSGeom_destroy_r(p.plan.geos.context, all);
    assert_true(t->extent.xmin == PROJECT_X &&
                t->extent.ymax == PROJECT_Y + 300);
    assert_string_equal(t->config->name, "t"); /* the id, where none is given */
    project_close(&p);
}

static void several_territories(void **state)
{
    struct small_project p;
    assert_int_equal(
        project_plan(&p, *state, one,
                     "{id: a, source: v.gpkg, layer: parcels, where: \"id = "
                     "'P00'\"}\n"
                     "  - {id: b, source: v.gpkg, layer: parcels, where: \"id "
                     "IN ('P32', 'P31')\"}"),
        TERRAMIS_OK);
    assert_int_equal(p.plan.territory_count, 2);
    struct rect r = p.plan.territories[1].extent;
    assert_true(r.xmin == PROJECT_X + 300 && r.ymin == PROJECT_Y + 100);
    /* what lies in neither of them, but between, is read once for both */
    assert_true(p.plan.area.xmin == PROJECT_X);
    assert_true(p.plan.area.ymax == PROJECT_Y + 300);
    assert_int_equal(p.plan.parcels.count, 12);
    struct grid grid;
    assert_int_equal(analysis_grid(&p.plan, &p.plan.territories[1], &grid),
                     TERRAMIS_OK);
    assert_true(grid.nx == 20 && grid.ny == 40);
    p.plan.resolution = 1e-9;
    assert_int_equal(analysis_grid(&p.plan, &p.plan.territories[1], &grid),
                     TERRAMIS_PROJECT);
    assert_true(has(status_message(), "resolution: 1e-09 m gives territory b"));
    project_close(&p);
}

static void territories_must_have_land(void **state)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, *state, one,
                                  "{id: t, source: v.gpkg, layer: territory, "
                                  "where: \"id = 'x'\"}"),
                     TERRAMIS_INPUT);
    assert_true(has(status_message(), "no usable feature (1 in the layer, 0"));
    project_close(&p);
    assert_int_equal(
        project_plan(&p, *state, one, "{id: t, source: v.gpkg, layer: road}"),
        TERRAMIS_INPUT);
    assert_true(has(status_message(), "which has no area"));
    project_close(&p);
    assert_int_equal(
        project_plan(&p, *state, one, "{id: t, source: v.gpkg, layer: terr}"),
        TERRAMIS_PROJECT);
    assert_true(has(status_message(), "no such layer"));
    project_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_of_a_territory_are_one),
        cmocka_unit_test(several_territories),
        cmocka_unit_test(territories_must_have_land),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
