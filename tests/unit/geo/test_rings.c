#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "geo/rings.h"
#include "unit/geometry.h"

/* Twice the signed area. */
static double turn(const double *xy, size_t points)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < points; i++)
        sum += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
    return sum;
}

static void shells_one_way_holes_the_other(void **state)
{
    (void)state;
    /* near Lambert-93 coordinates, where products lose digits */
    static const double ring[] = {490000,  6930000, 490001,  6930000, 490001,
                                  6930001, 490000,  6930001, 490000,  6930000};
    for (int reversed = 0; reversed < 2; reversed++)
        for (int shell = 0; shell < 2; shell++) {
            double xy[10];
            for (int i = 0; i < 5; i++)
                memcpy(xy + 2 * i, ring + 2 * (reversed ? 4 - i : i),
                       2 * sizeof(double));
            rings_orient(xy, 5, shell);
            double moved[10];
            for (int i = 0; i < 10; i++)
                moved[i] = xy[i] - (i % 2 ? 6930000 : 490000);
            assert_true(turn(moved, 5) == (shell ? -2 : 2));
            assert_memory_equal(xy, xy + 8, 2 * sizeof(double)); /* closed */
            double again[10];
            memcpy(again, xy, sizeof xy);
            rings_orient(again, 5, shell);
            assert_memory_equal(again, xy, sizeof xy);
        }
    double flat[] = {0, 0, 5, 5, 9, 9, 0, 0}, same[8];
    memcpy(same, flat, sizeof flat);
    rings_orient(flat, 4, true);
    assert_memory_equal(flat, same, sizeof flat);
}

static void bounds(void **state)
{
    (void)state;
    double xy[] = {1, 2, 5, 2, 5, 7, 1, 2, -3, 0, -2, 0, -2, 1, -3, 0};
    const size_t start[] = {0, 4, 8};
    struct rings rings = {xy, start, 2};
    struct rect r = rings_bounds(&rings);
    assert_true(r.xmin == -3 && r.ymin == 0 && r.xmax == 5 && r.ymax == 7);
    rings.count = 1;
    assert_true(rings_bounds(&rings).xmin == 1);
    rings.count = 0;
    assert_true(rect_is_empty(rings_bounds(&rings)));
    static const double bad[] = {NAN, INFINITY, -INFINITY, 2e15};
    for (int i = 0; i < 4; i++) {
        rings.count = 2;
        xy[9] = bad[i];
        assert_true(rect_is_empty(rings_bounds(&rings)));
    }
}

/* Corners on a small grid, so that touching, crossing, straight and repeated
 * ones are frequent; far from the origin, so that rounding may matter. */
static size_t random_ring(double *xy, double size, double x, double y)
{
    size_t points = 3 + (size_t)(rand() % 9);
    for (size_t i = 0; i < points; i++) {
        xy[2 * i] = x + (rand() % 6) * size;
        xy[2 * i + 1] = y + (rand() % 6) * size;
    }
    xy[2 * points] = xy[0];
    xy[2 * points + 1] = xy[1];
    return points + 1;
}

static bool valid_for_geos(struct geos *g, const double *xy, size_t points)
{
    GEOSCoordSequence *s =
        GEOSCoordSeq_copyFromBuffer_r(g->context, xy, (unsigned)points, 0, 0);
    GEOSGeometry *polygon = GEOSGeom_createPolygon_r(
        g->context, GEOSGeom_createLinearRing_r(g->context, s), NULL, 0);
    bool valid = GEOSisValid_r(g->context, polygon) == 1;
    GEOSGeom_destroy_r(g->context, polygon);
    return valid;
}

/* What is surely simple is valid for GEOS, in every case; and few valid rings
 * are not seen to be. */
static void surely_simple_is_valid(void **state)
{
    static const double sizes[] = {1, 0.1, 1.0 / 3, 1e-7};
    struct geos *g = *state;
    int sure = 0, valid = 0;
    srand(20261124);
    for (int i = 0; i < 200000; i++) {
        double xy[32];
        double far = i % 3 ? 6930000.3 : 0;
        size_t points = random_ring(xy, sizes[i % 4], far / 7, far);
        bool is_sure = rings_surely_simple(xy, points);
        bool is_valid = valid_for_geos(g, xy, points);
        assert_true(is_valid || !is_sure);
        sure += is_sure;
        valid += is_valid;
    }
    assert_true(valid > 10000);
    assert_true(sure > valid * 3 / 4 && sure <= valid);
}

static void not_surely_simple(void **state)
{
    (void)state;
    static const double square[] = {0, 0, 0, 9, 9, 9, 9, 0, 0, 0};
    static const double straight[] = {0, 0, 0, 5, 0, 9, 9, 9, 9, 0, 0, 0};
    static const double bow[] = {0, 0, 9, 9, 9, 0, 0, 9, 0, 0};
    static const double spike[] = {0, 0, 0, 9, 9, 9, 9, 12, 9, 0, 0, 0};
    static const double twice[] = {0, 0, 0, 9, 0, 9, 9, 9, 9, 0, 0, 0};
    static const double flat[] = {0, 0, 5, 5, 9, 9, 0, 0};
    assert_true(rings_surely_simple(square, 5));
    assert_true(rings_surely_simple(straight, 6));
    assert_false(rings_surely_simple(bow, 5));
    assert_false(rings_surely_simple(spike, 6));
    assert_false(rings_surely_simple(twice, 6));
    assert_false(rings_surely_simple(flat, 4));
    assert_false(rings_surely_simple(flat, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shells_one_way_holes_the_other),
        cmocka_unit_test(bounds),
        cmocka_unit_test(surely_simple_is_valid),
        cmocka_unit_test(not_surely_simple),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
