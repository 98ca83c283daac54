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

static void everything_is_read(void **state)
{
    struct small_project p;
    assert_int_equal(project_plan(&p, *state, NULL, NULL), TERRAMIS_OK);
    const struct plan *plan = &p.plan;
    assert_true(plan->resolution == 5);
    assert_int_equal(plan->territory_count, 1);
    assert_int_equal(plan->parcels.count, 12);
    assert_int_equal(plan->marginal_count, 3);
    assert_int_equal(plan->constraint_count, 1);
    assert_int_equal(plan->factor_count, 2);
    assert_false(plan->synthetic);
    static const char *const roles[] = {
        "territory",    "parcels",    "polluted_soil", "catchment",
        "right_of_way", "constraint", "factor",        "factor"};
    static const char *const ids[] = {"t",  NULL,   NULL,    NULL,
                                      NULL, "bati", "slope", "soil"};
    assert_int_equal(plan->layer_count, 8);
    for (size_t i = 0; i < 8; i++) {
        const struct plan_layer *layer = &plan->layers[i];
        assert_string_equal(layer->role, roles[i]);
        assert_int_equal(layer->id != NULL, ids[i] != NULL);
        if (ids[i])
            assert_string_equal(layer->id, ids[i]);
        assert_int_equal(layer->raster != NULL, i == 6);
        assert_int_equal(layer->rights != NULL, i == 4);
        assert_int_equal(layer->vector != NULL, i != 6);
        assert_non_null(layer->config);
    }
    double *weights;
    assert_int_equal(plan_weights(plan, &weights), TERRAMIS_OK);
    assert_true(weights[0] == 0.5 && weights[1] == 0.5);
    free(weights);
    project_close(&p);
    plan_release(&p.plan); /* again */
}

static void the_resolution_may_be_another(void **state)
{
    struct small_project p;
    assert_int_equal(project_read(&p, *state, NULL, NULL), TERRAMIS_OK);
    assert_int_equal(plan_open(&p.plan, &p.config, 25, 2), TERRAMIS_OK);
    assert_true(p.plan.resolution == 25);
    project_close(&p);
}

static void crs_of_the_project(void **state)
{
    refused(*state, "crs: EPSG:2154", "crs: EPSG:4326", TERRAMIS_PROJECT,
            "p.yaml:2:6: crs: 'WGS 84' does not measure in metres");
    refused(*state, "crs: EPSG:2154", "crs: EPSG:2263", TERRAMIS_PROJECT,
            "does not measure in metres");
    refused(*state, "crs: EPSG:2154", "crs: EPSG:99999", TERRAMIS_PROJECT,
            "p.yaml:2:6: crs: CRS 'EPSG:99999' is not known");
    struct small_project p; /* another metric one does, with heights too */
    assert_int_equal(
        project_plan(&p, *state, "crs: EPSG:2154", "crs: EPSG:32631"),
        TERRAMIS_OK);
    assert_true(has(p.plan.parcels.operation, "UTM zone 31N"));
    project_close(&p);
    assert_int_equal(
        project_plan(&p, *state, "crs: EPSG:2154", "crs: EPSG:5698"),
        TERRAMIS_OK);
    assert_string_equal(p.plan.parcels.operation, "none (same CRS)");
    project_close(&p);
}

static void parcels_of_the_project(void **state)
{
    refused(*state, "id: ID}", "id: idu}", TERRAMIS_PROJECT,
            "has no field 'idu'; did you mean 'id'?");
    refused(*state, "layer: parcels, id",
            "layer: parcels, where: \"id='x'\", id", TERRAMIS_INPUT,
            "no usable feature (12 in the layer, 0 after");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(the_resolution_may_be_another),
        cmocka_unit_test(crs_of_the_project),
        cmocka_unit_test(parcels_of_the_project),
    };
    return cmocka_run_group_tests(tests, project_set_up, project_tear_down);
}
