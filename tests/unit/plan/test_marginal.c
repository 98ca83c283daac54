#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/geometry.h"
#include "unit/plan/project.h"

static const char road[] =
    "{source: v.gpkg, layer: road, profile: bdtopo-route}";

static double area_of(struct plan *plan, const struct area_set *set)
{
    GEOSGeometry *area;
    assert_int_equal(area_set_union(set, &plan->geos, plan->area, &area),
                     TERRAMIS_OK);
    double found = geometry_area(&plan->geos, area);
    GEOSGeom_destroy_r(plan->geos.context, area);
    return found;
}

static void sets_of_the_overlay(void **state)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    const struct overlay *o = &p.plan.overlay;
    for (int k = 0; k < KIND_COUNT; k++)
        assert_int_equal(o->kinds[k].count, 1);
    assert_true(fabs(area_of(&p.plan, &o->kinds[KIND_POLLUTED_SOIL]) - 60000) <
                1e-6);
    assert_true(fabs(area_of(&p.plan, &o->kinds[KIND_CATCHMENT]) - 20000) <
                1e-6);
    /* the road's corridor is 16 m wide, 10 m of it are kept free */
    assert_true(
        fabs(area_of(&p.plan, &o->kinds[KIND_RIGHT_OF_WAY]) - 400 * 16) < 1e-6);
    /* the project's constraint with its setback, then what is kept free */
    assert_int_equal(o->constraint_count, 2);
    assert_true(fabs(area_of(&p.plan, &o->constraints[0]) -
                     (500 + 3200 * sin(2 * M_PI / 64))) < 1e-6);
    assert_true(fabs(area_of(&p.plan, &o->constraints[1]) - 4000) < 1e-6);
    /* and what is kept free is no right-of-way, but may be another kind */
    const struct mosaic_rule *rule = &o->rule;
    assert_true(rule->territory == 1U << LAND_TERRITORY);
    assert_int_equal(rule->kind_count, KIND_COUNT);
    assert_int_equal(rule->first_constraint, LAND_CONSTRAINTS);
    assert_int_equal(rule->constraint_count, 2);
    assert_true(rule->holes[KIND_RIGHT_OF_WAY] == 1U << (LAND_CONSTRAINTS + 1));
    assert_true(rule->holes[KIND_POLLUTED_SOIL] == 0 &&
                rule->holes[KIND_CATCHMENT] == 0);
    for (int k = 0; k < KIND_COUNT; k++)
        assert_true(rule->kinds[k] == 1U << (LAND_KINDS + k));
    const struct marginal_layer *m = &p.plan.marginal[2];
    assert_true(m->is_network && m->kind == KIND_RIGHT_OF_WAY);
    assert_int_equal(m->rights.used, 1);
    assert_int_equal(m->rights.unknown, 1); /* the path */
    project_close(&p);
}

/* With a buffer of its own a network is areas, nothing is kept free. */
static void a_buffer_instead_of_a_profile(void **state)
{
    struct small_project p;
    assert_int_equal(
        project_plan(&p, *state, road,
                     "{source: v.gpkg, layer: road, profile: bdtopo-route, "
                     "buffer: 4}"),
        TERRAMIS_OK);
    assert_false(p.plan.marginal[2].is_network);
    assert_true(
        fabs(area_of(&p.plan, &p.plan.overlay.kinds[KIND_RIGHT_OF_WAY]) -
             2 * 400 * 8) < 1e-6); /* the path too */
    assert_int_equal(p.plan.overlay.constraints[1].count, 0);
    project_close(&p);
}

static void lines_without_either(void **state)
{
    struct small_project p;
    assert_int_equal(
        project_plan(&p, *state, road, "{source: v.gpkg, layer: road}"),
        TERRAMIS_INPUT);
    assert_true(has(status_message(), "Give the layer a buffer"));
    project_close(&p);
    assert_int_equal(project_plan(&p, *state, road,
                                  "{source: v.gpkg, layer: road, profile: "
                                  "osm-roads}"),
                     TERRAMIS_PROJECT);
    assert_true(has(status_message(), "no field fclass|highway"));
    project_close(&p);
}

/* Two layers of a kind count together, whatever they share. */
static void layers_of_a_kind(void **state)
{
    struct small_project p;
    assert_int_equal(
        project_plan(&p, *state, "[{source: v.gpkg, layer: polluted}]",
                     "[{source: v.gpkg, layer: polluted}, {source: v.gpkg, "
                     "layer: catchment}]"),
        TERRAMIS_OK);
    assert_int_equal(p.plan.marginal_count, 4);
    assert_int_equal(p.plan.overlay.kinds[KIND_POLLUTED_SOIL].count, 2);
    assert_true(
        fabs(area_of(&p.plan, &p.plan.overlay.kinds[KIND_POLLUTED_SOIL]) -
             70000) < 1e-6);
    project_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_of_the_overlay),
        cmocka_unit_test(a_buffer_instead_of_a_profile),
        cmocka_unit_test(lines_without_either),
        cmocka_unit_test(layers_of_a_kind),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
