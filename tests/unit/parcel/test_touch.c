#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/touch.h"
#include "unit/geometry.h"

/* The parcel is a triangle of 100 m; its bounds are twice as large. */
static const char *const parcel = "POLYGON((0 0,0 100,100 0,0 0))";

static const struct {
    const char *wkt;
    enum touch_answer bounds;
    bool yes;
    double part; /* m2 */
} cases[] = {
    {"POLYGON((-9 -9,-9 200,200 200,200 -9,-9 -9))", TOUCH_WHOLE, true, 5000},
    {"POLYGON((100 0,100 100,200 100,200 0,100 0))", TOUCH_NO, false, 0},
    {"POLYGON((-50 0,-50 9,0.05 9,0.05 0,-50 0))", TOUCH_NO, false, 0},
    {"POLYGON((-50 0,-50 9,0.2 9,0.2 0,-50 0))", TOUCH_MAYBE, true, 1.8},
    {"POLYGON((80 80,80 90,90 90,90 80,80 80))", TOUCH_MAYBE, false, 0},
    {"POLYGON((10 10,10 20,20 20,20 10,10 10))", TOUCH_MAYBE, true, 100},
    /* bounds overlap, the diagonal passes by */
    {"POLYGON((90 300,300 90,301 90,91 300,90 300))", TOUCH_NO, false, 0},
    /* in a hole */
    {"POLYGON((-200 -200,-200 200,200 200,200 -200,-200 -200),"
     "(-100 -100,150 -100,150 150,-100 150,-100 -100))",
     TOUCH_NO, false, 0}};

static void answers_are_those_of_geos(void **state)
{
    struct geos *geos = *state;
    struct feature_of from[] = {{parcel, {NULL}}};
    struct vector parcels = vector_of(geos, from, 1, 0);
    struct touch touch = {.whole = NULL};
    touch_begin(&touch, vector_paths(&parcels, 0), parcels.features[0].extent);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct feature_of one[] = {{cases[i].wkt, {NULL}}};
        struct vector layer = vector_of(geos, one, 1, 0);
        struct path_range feature = vector_paths(&layer, 0);
        GEOSGeometry *part;
        bool yes;
        assert_int_equal(touch_bounds(&touch, feature), cases[i].bounds);
        assert_int_equal(touch_test(&touch, feature, &yes), TERRAMIS_OK);
        assert_int_equal(yes, cases[i].yes);
        assert_int_equal(touch_part(&touch, feature, &part), TERRAMIS_OK);
        assert_int_equal(part != NULL, cases[i].yes);
        assert_true(fabs(geometry_area(&touch.geos, part) - cases[i].part) <
                    1e-9);
        if (part)
            GEOSGeom_destroy_r(touch.geos.context, part);
        vector_release(&layer);
    }
    touch_close(&touch);
    vector_release(&parcels);
}

/* A parcel that is all rim is asked about as it is. */
static void slivers_are_parcels_too(void **state)
{
    struct geos *geos = *state;
    struct feature_of from[] = {
        {"POLYGON((0 0,0 50,0.1 50,0.1 0,0 0))", {NULL}},
        {"POLYGON((-9 20,-9 30,9 30,9 20,-9 20))", {NULL}}};
    struct vector v = vector_of(geos, from, 2, 0);
    struct touch touch = {.whole = NULL};
    bool yes = false;
    touch_begin(&touch, vector_paths(&v, 0), v.features[0].extent);
    assert_int_equal(touch_test(&touch, vector_paths(&v, 1), &yes),
                     TERRAMIS_OK);
    assert_true(yes);
    touch_close(&touch);
    vector_release(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_those_of_geos),
        cmocka_unit_test(slivers_are_parcels_too),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
