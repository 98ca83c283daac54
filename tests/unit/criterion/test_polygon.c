#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_area, criterion_compactness;

/* Cells of 10 m: a square of 30 m, a strip of 20 x 4 m, nothing. */
static const struct feature_of features[] = {
    {"POLYGON((0 0,30 0,30 30,0 30,0 0))", {NULL}},
    {"POLYGON((30 0,50 0,50 4,30 4,30 0))", {NULL}}};
static const struct grid grid = {0, 30, 10, 6, 3};

static void check(struct criterion_bench *b, const struct criterion_op *op,
                  double square, double strip)
{
    struct criterion_source source = bench_source(b, op, features, 2);
    for (int size = 1; size <= 6; size++) {
        float *out = bench_run(b, op, &source, &grid, size);
        for (int row = 0; row < 3; row++)
            for (int col = 0; col < 6; col++) {
                double x = (double)out[row * 6 + col];
                if (col < 3)
                    assert_true(fabs(x - square) < 1e-6);
                else if (row == 2 && col < 5)
                    assert_true(fabs(x - strip) < 1e-6);
                else
                    assert_true(isnan(x));
            }
        free(out);
    }
    criterion_source_release(&source);
}

static void areas(void **state)
{
    check(*state, &criterion_area, 0.09, 0.008);
}

/* A square has pi / 4 (Polsby and Popper 1991). */
static void compactness(void **state)
{
    check(*state, &criterion_compactness, M_PI / 4,
          4 * M_PI * 80 / (48.0 * 48.0));
}

/* Holes and parts, far from the origin. */
static void measures_are_those_of_geos(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of one[] = {
        {"MULTIPOLYGON(((700000 7000000,700090 7000010,700050 7000080,700000 "
         "7000000),(700040 7000020,700050 7000020,700050 7000040,700040 "
         "7000020)),((700200 7000000,700230 7000000,700230 "
         "7000030,700200 7000000)))",
         {NULL}}};
    struct criterion_source source =
        bench_source(b, &criterion_compactness, one, 1);
    GEOSGeometry *shape = wkt(b->geos, one[0].wkt);
    double length, area = geometry_area(b->geos, shape);
    GEOSLength_r(b->geos->context, shape, &length);
    assert_true(fabs((double)source.values[0] -
                     4 * M_PI * area / (length * length)) < 1e-6);
    GEOSGeom_destroy_r(b->geos->context, shape);
    criterion_source_release(&source);
}

/* A line beside a polygon in one feature has no area and bounds none. */
static void lines_count_for_nothing(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of mixed[] = {
        {"GEOMETRYCOLLECTION(LINESTRING(0 0,500 0),POLYGON((0 0,30 0,30 30,0 "
         "30,0 0)),POINT(5 5))",
         {NULL}}};
    struct criterion_source source = bench_source(b, &criterion_area, mixed, 1);
    assert_true(fabs((double)source.values[0] - 0.09) < 1e-7);
    criterion_source_release(&source);
    source = bench_source(b, &criterion_compactness, mixed, 1);
    assert_true(fabs((double)source.values[0] - M_PI / 4) < 1e-6);
    criterion_source_release(&source);
}

/* The larger share wins; of equal shares the first feature. */
static void the_larger_share_wins(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of two[] = {
        {"POLYGON((0 0,4 0,4 10,0 10,0 0))", {NULL}},
        {"POLYGON((4 0,15 0,15 10,4 10,4 0))", {NULL}},
        {"POLYGON((15 0,20 0,20 10,15 10,15 0))", {NULL}}};
    struct grid line = {0, 10, 10, 2, 1};
    struct criterion_source source = bench_source(b, &criterion_area, two, 3);
    float *out = bench_run(b, &criterion_area, &source, &line, 2);
    assert_true(fabs((double)out[0] - 0.011) < 1e-7);
    assert_true(fabs((double)out[1] - 0.011) < 1e-7);
    free(out);
    criterion_source_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas),
        cmocka_unit_test(compactness),
        cmocka_unit_test(lines_count_for_nothing),
        cmocka_unit_test(the_larger_share_wins),
        cmocka_unit_test(measures_are_those_of_geos),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
