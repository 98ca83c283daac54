#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "overlay/inside.h"
#include "unit/overlay/shapes.h"

static const double west = 500000, north = 6930000; /* as in Lambert-93 */

static void golden(void **state)
{
    (void)state;
    struct shape s;
    struct grid grid = {0, 4, 1, 4, 4};
    unsigned char mark[16];
    const unsigned char expected[16] = {0, 0, 0, 0, 0, 1, 1, 1,
                                        0, 1, 0, 1, 0, 1, 1, 1};
    shape_clear(&s);
    shape_box(&s, 0.75, -3, 9, 3, false);
    shape_box(&s, 1.9, 1.1, 2.9, 1.9, true);
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    assert_memory_equal(mark, expected, 16);
    inside_mark(&s.rings, &grid, INSIDE_EVEN_ODD, mark);
    assert_memory_equal(mark, expected, 16);
}

static void centres_on_edges(void **state)
{
    (void)state;
    /* half-open: west and north edges belong, east and south ones do not */
    struct shape s;
    struct grid grid = {0, 3, 1, 3, 3};
    unsigned char mark[9];
    const unsigned char expected[9] = {1, 1, 0, 1, 1, 0, 0, 0, 0};
    shape_clear(&s);
    shape_box(&s, 0.5, 0.5, 2.5, 2.5, false);
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    assert_memory_equal(mark, expected, 9);
}

static void overlapping_shells(void **state)
{
    (void)state;
    struct shape s;
    struct grid grid = {0, 1, 1, 4, 1};
    unsigned char mark[4];
    shape_clear(&s);
    shape_box(&s, 0, 0, 3, 1, false);
    shape_box(&s, 1, 0, 4, 1, false);
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    assert_memory_equal(mark, "\1\1\1\1", 4);
    inside_mark(&s.rings, &grid, INSIDE_EVEN_ODD, mark);
    assert_memory_equal(mark, "\1\0\0\1", 4);
}

static void nothing_and_everything(void **state)
{
    (void)state;
    struct shape s;
    struct grid grid = {west, north, 5, 8, 8};
    unsigned char mark[64];
    shape_clear(&s);
    memset(mark, 7, sizeof mark);
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    for (int i = 0; i < 64; i++)
        assert_int_equal(mark[i], 0);
    shape_box(&s, west - 1e5, north - 1e5, west - 5, north + 1e5, false);
    shape_box(&s, west - 1e5, north + 5, west + 1e5, north + 1e5, false);
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    for (int i = 0; i < 64; i++)
        assert_int_equal(mark[i], 0);
    shape_clear(&s);
    shape_box(&s, west - 1e5, north - 1e5, west + 1e5, north + 1e5, false);
    inside_mark(&s.rings, &grid, INSIDE_EVEN_ODD, mark);
    for (int i = 0; i < 64; i++)
        assert_int_equal(mark[i], 1);
    s.xy[3] = INFINITY;
    inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
    for (int i = 0; i < 64; i++)
        assert_int_equal(mark[i], 0);
}

static void random_star(struct shape *s, uint64_t *seed, double snap)
{
    double x = west + between(seed, -20, 120);
    double y = north - between(seed, -20, 120);
    double size = pow(10, between(seed, 0, 2.5));
    shape_clear(s);
    shape_star(s, seed, x, y, 0.6 * size, size, 3 + below(seed, 20), snap,
               false);
    shape_star(s, seed, x, y, 0.05 * size, 0.29 * size, 3 + below(seed, 9),
               snap, true);
}

static void equals_geos(void **state)
{
    (void)state;
    GEOSContextHandle_t geos = GEOS_init_r();
    struct grid grid = {west, north, 5, 20, 20};
    uint64_t seed = 11;
    int near_edge = 0;
    for (int cells = 0; cells < 200000 / SLOWER;) {
        struct shape s;
        unsigned char mark[400];
        random_star(&s, &seed, 0);
        GEOSGeometry *g = shape_geos(geos, &s);
        if (GEOSisValid_r(geos, g) == 1) {
            inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
            const GEOSPreparedGeometry *p = GEOSPrepare_r(geos, g);
            for (int i = 0; i < 400; i++, cells++) {
                GEOSGeometry *centre = GEOSGeom_createPointFromXY_r(
                    geos, grid_x(&grid, i % 20), grid_y(&grid, i / 20));
                int in = GEOSPreparedContains_r(geos, p, centre);
                double gap = 1;
                if (in != mark[i]) { /* only within the lattice's rounding */
                    GEOSGeometry *edge = GEOSBoundary_r(geos, g);
                    GEOSDistance_r(geos, edge, centre, &gap);
                    GEOSGeom_destroy_r(geos, edge);
                    assert_true(gap < 1e-7);
                    near_edge++;
                }
                GEOSGeom_destroy_r(geos, centre);
            }
            GEOSPreparedGeom_destroy_r(geos, p);
        }
        GEOSGeom_destroy_r(geos, g);
    }
    assert_true(near_edge < 3);
    GEOS_finish_r(geos);
}

/* A fan of triangles around a point: each centre lies in exactly one, also
 * where vertices and edges run through centres. */
static void partition_shares_centres(void **state)
{
    (void)state;
    enum {
        N = 12,
        SIDE = 30
    };
    struct grid grid = {west, north, 5, SIDE, SIDE};
    uint64_t seed = 12;
    for (int i = 0; i < 2000 / SLOWER; i++) {
        int count[SIDE * SIDE] = {0};
        double snap = i % 2 ? 2.5 : 0;
        struct shape rim;
        shape_clear(&rim);
        shape_star(&rim, &seed, west + 75, north - 75, 1e3, 2e3, N, snap,
                   false);
        double x = west + between(&seed, 50, 100);
        double y = north - between(&seed, 50, 100);
        if (i % 2) {
            x = nearbyint(x / 2.5) * 2.5;
            y = nearbyint(y / 2.5) * 2.5;
        }
        for (int k = 0; k < N; k++) {
            struct shape s;
            unsigned char mark[SIDE * SIDE];
            const double *p = rim.xy + 2 * k;
            const double xy[] = {x, y, p[0], p[1], p[2], p[3]};
            shape_clear(&s);
            shape_ring(&s, xy, 3, false);
            inside_mark(&s.rings, &grid, INSIDE_NON_ZERO, mark);
            for (int j = 0; j < SIDE * SIDE; j++)
                count[j] += mark[j];
        }
        for (int j = 0; j < SIDE * SIDE; j++)
            assert_int_equal(count[j], 1);
    }
}

static void same_in_every_tiling(void **state)
{
    (void)state;
    enum {
        SIDE = 40
    };
    uint64_t seed = 13;
    struct grid all = {west, north, 5, SIDE, SIDE};
    for (int i = 0; i < 3000 / SLOWER; i++) {
        struct shape s;
        unsigned char mark[SIDE * SIDE], part[SIDE * SIDE];
        random_star(&s, &seed, i % 2 ? 2.5 : 0);
        inside_mark(&s.rings, &all, INSIDE_NON_ZERO, mark);
        int col = below(&seed, 30), row = below(&seed, 30);
        struct window w = {col, row, 1 + below(&seed, SIDE - col),
                           1 + below(&seed, SIDE - row)};
        struct grid tile = grid_part(&all, w);
        inside_mark(&s.rings, &tile, INSIDE_NON_ZERO, part);
        for (int r = 0; r < w.ny; r++)
            assert_memory_equal(part + r * w.nx, mark + (row + r) * SIDE + col,
                                (size_t)w.nx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(centres_on_edges),
        cmocka_unit_test(overlapping_shells),
        cmocka_unit_test(nothing_and_everything),
        cmocka_unit_test(equals_geos),
        cmocka_unit_test(partition_shares_centres),
        cmocka_unit_test(same_in_every_tiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
