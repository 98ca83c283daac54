#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "overlay/distance.h"
#include "unit/overlay/shapes.h"

static const double west = 500000, north = 6930000; /* as in Lambert-93 */

enum {
    SIDE = 150
};

/* Distances of the cells of `tile` to n segments, into out. */
static void run(const double *ends, size_t n, const struct grid *tile,
                float *out)
{
    struct segments *s = NULL;
    struct distance *d = NULL;
    assert_int_equal(segments_new(&s, ends, n), TERRAMIS_OK);
    assert_int_equal(distance_new(&d), TERRAMIS_OK);
    assert_int_equal(distance_run(d, s, tile, NULL, out), TERRAMIS_OK);
    distance_free(d);
    segments_free(s);
}

static double to_segment(const double *e, double x, double y)
{
    double ux = e[2] - e[0], uy = e[3] - e[1], rx = x - e[0], ry = y - e[1];
    double l2 = ux * ux + uy * uy;
    double t = l2 > 0 ? fmin(fmax((rx * ux + ry * uy) / l2, 0), 1) : 0;
    return hypot(rx - t * ux, ry - t * uy);
}

/* 1 mm, or half of the last bit of the float that holds the result. */
static double tolerance(double distance)
{
    return 1e-3 + distance * 0x1p-24;
}

/* Every `step`th cell against every segment. */
static double check_brute_force(const double *ends, size_t n,
                                const struct grid *tile, const float *out,
                                size_t step)
{
    double worst = 0;
    for (size_t i = 0; i < grid_cells(tile); i += step) {
        double x = grid_x(tile, (int)(i % (size_t)tile->nx));
        double y = grid_y(tile, (int)(i / (size_t)tile->nx));
        double least = INFINITY;
        for (size_t k = 0; k < n; k++)
            least = fmin(least, to_segment(ends + 4 * k, x, y));
        double error = fabs((double)out[i] - least);
        if (error > tolerance(least))
            print_message("cell %zu: %.6f, true %.6f\n", i, (double)out[i],
                          least);
        assert_true(error <= tolerance(least));
        worst = fmax(worst, error - least * 0x1p-24);
    }
    return worst;
}

static void golden(void **state)
{
    (void)state;
    /* a horizontal segment through the centres of the middle row */
    const double line[] = {1.5, 2.5, 3.5, 2.5};
    struct grid tile = {0, 5, 1, 5, 5};
    float out[25];
    run(line, 1, &tile, out);
    const double expected[] = {1, 0, 0, 0, 1, 1.4142135, 1, 1, 1, 1.4142135};
    for (int i = 0; i < 10; i++)
        assert_true(fabs((double)out[10 + i] - expected[i]) < 1e-6);
    assert_true(fabs((double)out[0] - sqrt(5)) < 1e-6);
}

static void no_segments(void **state)
{
    (void)state;
    struct grid tile = {west, north, 5, 3, 3};
    float out[9];
    run(NULL, 0, &tile, out);
    for (int i = 0; i < 9; i++)
        assert_true(isinf(out[i]) && out[i] > 0);
    distance_free(NULL);
    segments_free(NULL);
}

static void refuses_what_is_no_number(void **state)
{
    (void)state;
    struct segments *s = NULL;
    double ends[] = {0, 0, 1, 1, 2, 2, NAN, 3};
    assert_int_equal(segments_new(&s, ends, 2), TERRAMIS_INPUT);
    ends[6] = -INFINITY;
    assert_int_equal(segments_new(&s, ends, 2), TERRAMIS_INPUT);
    ends[6] = 1e16;
    assert_int_equal(segments_new(&s, ends, 2), TERRAMIS_INPUT);
    assert_null(s);
}

/* n segments of up to `length` around the middle of a square of `extent`, some
 * of them points, some duplicates, some turned round, some in chains. */
static void random_segments(double *ends, size_t n, uint64_t *seed,
                            double extent, double length)
{
    for (size_t i = 0; i < n; i++) {
        double *e = ends + 4 * i;
        double a = between(seed, 0, 6.2831853), l = length * uniform(seed);
        int kind = below(seed, 10);
        e[0] = west + between(seed, -0.5, 0.5) * extent;
        e[1] = north + between(seed, -0.5, 0.5) * extent;
        if (i > 0 && kind < 4)
            memcpy(e, e - 2, 2 * sizeof *e);
        e[2] = e[0] + l * cos(a);
        e[3] = e[1] + l * sin(a);
        if (kind == 4)
            memcpy(e + 2, e, 2 * sizeof *e);
        if (i > 0 && kind == 5)
            memcpy(e, e - 4, 4 * sizeof *e);
        if (i > 0 && kind == 6) {
            memcpy(e, e - 2, 2 * sizeof *e);
            memcpy(e + 2, e - 4, 2 * sizeof *e);
        }
    }
}

static void equals_brute_force(void **state)
{
    (void)state;
    static double ends[4 * 1000];
    static float out[SIDE * SIDE];
    uint64_t seed = 21;
    double worst = 0;
    for (int i = 0; i < 1500 / SLOWER; i++) {
        size_t n = (size_t)pow(10, between(&seed, 0, 3));
        double extent = pow(10, between(&seed, 1, 4.7));
        double length = extent * pow(10, between(&seed, -4, 0));
        double cell = i % 3 ? 5 : between(&seed, 0.1, 20);
        struct grid tile = {west - between(&seed, 0, 1000),
                            north + between(&seed, 0, 1000), cell,
                            1 + below(&seed, SIDE), 1 + below(&seed, SIDE)};
        random_segments(ends, n, &seed, extent, length);
        run(ends, n, &tile, out);
        double error = check_brute_force(ends, n, &tile, out, 97);
        worst = fmax(worst, error);
    }
    print_message("largest error: %.3f mm\n", worst * 1e3);
}

/* 50 km: tiles and segments anywhere in it, blocks near and far. */
static void equals_geos(void **state)
{
    (void)state;
    enum {
        N = 300,
        SAMPLES = 1200
    };
    static double ends[4 * N];
    static float out[SIDE * SIDE];
    GEOSContextHandle_t geos = GEOS_init_r();
    uint64_t seed = 22;
    double worst = 0;
    for (int i = 0; i < 100 / SLOWER; i++) {
        size_t n = (size_t)pow(10, between(&seed, 0, 2.4));
        GEOSGeometry *lines[N];
        random_segments(ends, n, &seed, 50000, i % 2 ? 50000 : 50);
        for (size_t k = 0; k < n; k++)
            lines[k] = GEOSGeom_createLineString_r(
                geos,
                GEOSCoordSeq_copyFromBuffer_r(geos, ends + 4 * k, 2, 0, 0));
        GEOSGeometry *all = GEOSGeom_createCollection_r(
            geos, GEOS_MULTILINESTRING, lines, (unsigned)n);
        struct grid tile = {west + between(&seed, -25000, 25000),
                            north + between(&seed, -25000, 25000), 5, SIDE,
                            SIDE};
        run(ends, n, &tile, out);
        for (int k = 0; k < SAMPLES; k++) {
            int col = below(&seed, SIDE), row = below(&seed, SIDE);
            double true_distance = 0, is = (double)out[row * SIDE + col];
            GEOSGeometry *p = GEOSGeom_createPointFromXY_r(
                geos, grid_x(&tile, col), grid_y(&tile, row));
            GEOSDistance_r(geos, p, all, &true_distance);
            GEOSGeom_destroy_r(geos, p);
            double error = fabs(is - true_distance);
            assert_true(error <= tolerance(true_distance));
            worst = fmax(worst, error - true_distance * 0x1p-24);
        }
        GEOSGeom_destroy_r(geos, all);
    }
    print_message("largest difference from GEOS: %.3f mm\n", worst * 1e3);
    GEOS_finish_r(geos);
}

static void one_far_segment(void **state)
{
    (void)state;
    static float out[SIDE * SIDE];
    const double shapes[][4] = {
        {west + 50000, north, west + 50000, north},         /* a point */
        {west + 50000, north, west + 50000, north + 30000}, /* across */
        {west + 30000, north, west + 80000, north + 10},    /* away */
        {west - 40000, north - 100, west + 90000, north},   /* through */
        {west - 4e6, north - 2000, west + 4e6, north + 7e3} /* very long */
    };
    struct grid tile = {west, north, 5, SIDE, SIDE};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        run(shapes[i], 1, &tile, out);
        check_brute_force(shapes[i], 1, &tile, out, 1);
    }
}

static void dense_in_one_block(void **state)
{
    (void)state;
    enum {
        N = 3000
    };
    static double ends[4 * N];
    static float out[SIDE * SIDE];
    struct grid tile = {west - 375, north + 375, 5, SIDE, SIDE};
    for (int scale = 0; scale < 3; scale++) { /* also less than a cell */
        uint64_t seed = 23;
        random_segments(ends, N, &seed, pow(10, scale), 0.5);
        run(ends, N, &tile, out);
        check_brute_force(ends, N, &tile, out, 31);
    }
    /* a circle around the tile's middle: all equally near to it */
    for (int i = 0; i < N; i++) {
        double a = 6.283185307179586 * i / N;
        ends[4 * i] = ends[4 * i + 2] = west + 300 * cos(a);
        ends[4 * i + 1] = ends[4 * i + 3] = north + 300 * sin(a);
    }
    run(ends, N, &tile, out);
    check_brute_force(ends, N, &tile, out, 31);
}

static void same_bits_in_every_tiling(void **state)
{
    (void)state;
    enum {
        N = 2000
    };
    static double ends[4 * N];
    static float whole[SIDE * SIDE], part[SIDE * SIDE];
    const double sizes[] = {5, 0.1, 2.5, 7};
    uint64_t seed = 24;
    for (int i = 0; i < 200 / SLOWER; i++) {
        double cell = sizes[i % 4];
        struct grid all;
        struct rect r = {west, north - (SIDE - 1) * cell,
                         west + (SIDE - 1) * cell, north};
        assert_true(grid_cover(r, cell, &all));
        all.nx = all.ny = SIDE;
        random_segments(ends, N, &seed, pow(10, between(&seed, 2, 5)), 100);
        run(ends, N, &all, whole);
        int col = 1 + below(&seed, SIDE - 1), row = 1 + below(&seed, SIDE - 1);
        struct window quarters[] = {{0, 0, col, row},
                                    {col, 0, SIDE - col, row},
                                    {0, row, col, SIDE - row},
                                    {col, row, SIDE - col, SIDE - row}};
        for (int q = 0; q < 4; q++) {
            struct window w = quarters[q];
            struct grid tile = grid_part(&all, w);
            run(ends, N, &tile, part);
            for (int k = 0; k < w.ny; k++)
                assert_memory_equal(part + k * w.nx,
                                    whole + (w.row + k) * SIDE + w.col,
                                    (size_t)w.nx * sizeof *part);
        }
    }
}

static void same_bits_in_any_order(void **state)
{
    (void)state;
    enum {
        N = 2000
    };
    static double ends[4 * N];
    static float first[SIDE * SIDE], second[SIDE * SIDE];
    uint64_t seed = 25;
    for (int i = 0; i < 100 / SLOWER; i++) {
        struct grid tile = {west - 300, north + 300, 5, SIDE, SIDE};
        random_segments(ends, N, &seed, pow(10, between(&seed, 2, 5)), 100);
        run(ends, N, &tile, first);
        for (int k = N - 1; k > 0; k--) { /* Fisher-Yates */
            double swap[4], *a = ends + 4 * k,
                            *b = ends + 4 * below(&seed, k + 1);
            memcpy(swap, a, sizeof swap);
            memcpy(a, b, sizeof swap);
            memcpy(b, swap, sizeof swap);
            if (k % 2) {
                memcpy(swap, a + 2, 2 * sizeof *a);
                memcpy(swap + 2, a, 2 * sizeof *a);
                memcpy(a, swap, sizeof swap);
            }
        }
        run(ends, N, &tile, second);
        assert_memory_equal(first, second, sizeof first);
    }
}

/* A scratch that has been elsewhere gives the same bits. */
static void scratch_leaves_no_trace(void **state)
{
    (void)state;
    enum {
        N = 500
    };
    static double ends[4 * N];
    static float first[SIDE * SIDE], second[SIDE * SIDE];
    uint64_t seed = 26;
    struct grid here = {west, north, 5, SIDE, SIDE};
    struct grid there = {west - 9000, north + 12000, 5, 10, 300};
    struct segments *s = NULL, *other = NULL;
    struct distance *d = NULL;
    random_segments(ends, N, &seed, 5000, 200);
    assert_int_equal(segments_new(&s, ends, N), TERRAMIS_OK);
    assert_int_equal(segments_new(&other, ends, 3), TERRAMIS_OK);
    assert_true(segments_count(s) > segments_count(other));
    run(ends, N, &here, first);
    assert_int_equal(distance_new(&d), TERRAMIS_OK);
    assert_int_equal(distance_run(d, s, &there, NULL, second), TERRAMIS_OK);
    assert_int_equal(distance_run(d, other, &here, NULL, second), TERRAMIS_OK);
    assert_int_equal(distance_run(d, s, &here, NULL, second), TERRAMIS_OK);
    assert_memory_equal(first, second, sizeof first);
    distance_free(d);
    segments_free(s);
    segments_free(other);
}

/* Wanted cells have the bits that they have where all are wanted; others those
 * too, or INFINITY. Few wanted ones, many, none; far segments and dense ones.
 */
static void only_where_it_is_wanted(void **state)
{
    (void)state;
    enum {
        N = 400
    };
    static double ends[4 * N];
    static float whole[SIDE * SIDE], part[SIDE * SIDE], wanted[SIDE * SIDE];
    uint64_t seed = 27;
    size_t infinite = 0;
    for (int i = 0; i < 60; i++) {
        struct grid tile = {west + 5 * i, north - 15 * i, 5, SIDE, SIDE};
        struct segments *s = NULL;
        struct distance *d = NULL;
        double share = i % 6 == 5 ? 0 : pow(10, -(i % 6));
        random_segments(ends, N, &seed, pow(10, between(&seed, 2, 5)), 100);
        for (size_t c = 0; c < SIDE * SIDE; c++)
            wanted[c] = between(&seed, 0, 1) < share ? 0.25F : 0;
        assert_int_equal(segments_new(&s, ends, i % 2 ? N : 3), TERRAMIS_OK);
        assert_int_equal(distance_new(&d), TERRAMIS_OK);
        assert_int_equal(distance_run(d, s, &tile, wanted, part), TERRAMIS_OK);
        assert_int_equal(distance_run(d, s, &tile, NULL, whole), TERRAMIS_OK);
        for (size_t c = 0; c < SIDE * SIDE; c++) {
            bool none = part[c] == INFINITY;
            infinite += none;
            assert_true(part[c] == whole[c] || (none && wanted[c] == 0));
        }
        distance_free(d);
        segments_free(s);
    }
    assert_true(infinite > 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(no_segments),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(equals_brute_force),
        cmocka_unit_test(equals_geos),
        cmocka_unit_test(one_far_segment),
        cmocka_unit_test(dense_in_one_block),
        cmocka_unit_test(same_bits_in_every_tiling),
        cmocka_unit_test(same_bits_in_any_order),
        cmocka_unit_test(scratch_leaves_no_trace),
        cmocka_unit_test(only_where_it_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
