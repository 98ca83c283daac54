#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_distance;

/* GEOS from the cell's centre to every feature. */
static void as_geos_measures(struct criterion_bench *b,
                             const struct criterion_source *source,
                             const struct grid *grid, const float *found)
{
    GEOSContextHandle_t c = b->geos->context;
    for (int row = 0; row < grid->ny; row++)
        for (int col = 0; col < grid->nx; col++) {
            GEOSGeometry *centre = GEOSGeom_createPointFromXY_r(
                c, grid_x(grid, col), grid_y(grid, row));
            double least = INFINITY, d;
            for (size_t i = 0; i < source->vector.count; i++) {
                GEOSGeometry *feature =
                    geometry_of(b->geos, vector_paths(&source->vector, i));
                GEOSDistance_r(c, centre, feature, &d);
                GEOSGeom_destroy_r(c, feature);
                least = fmin(least, d);
            }
            GEOSGeom_destroy_r(c, centre);
            double error =
                (double)found[(size_t)row * (size_t)grid->nx + (size_t)col] -
                least;
            assert_true(fabs(error) < 1e-3 + least * 1e-6);
        }
}

static void to_the_true_geometry(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        {"LINESTRING(3 3,40 33,60 2)", {NULL}},
        {"POINT(71.3 48.2)", {NULL}},
        {"POLYGON((10 60,40 60,40 90,10 90,10 60),(20 70,30 70,30 80,20 80,20 "
         "70))",
         {NULL}},
        {"MULTIPOLYGON(((80 80,95 80,95 95,80 95,80 80)),((70 70,85 70,85 "
         "85,70 85,70 70)))",
         {NULL}},
        {"MULTIPOINT((1 99),(-40 20))", {NULL}}, /* one is off the tile */
        {"GEOMETRYCOLLECTION(LINESTRING(90 10,99 10),POINT(90 20))", {NULL}}};
    struct criterion_source source =
        bench_source(b, &criterion_distance, features, 6);
    struct grid grid = {0, 100, 2, 50, 50};
    float *whole = bench_run(b, &criterion_distance, &source, &grid, 50);
    as_geos_measures(b, &source, &grid, whole);
    /* 0 inside polygons, but not in their holes */
    assert_true(whole[(50 - 33) * 50 + 7] == 0);
    assert_true(whole[(50 - 38) * 50 + 12] == 5); /* (25, 75): hole's middle */
    float *tiles = bench_run(b, &criterion_distance, &source, &grid, 13);
    assert_memory_equal(whole, tiles, 2500 * sizeof *whole);
    free(whole);
    free(tiles);
    criterion_source_release(&source);
}

static void features_far_away_count(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((30000 40000,30001 40000,30001 40001,30000 40000))", {NULL}}};
    struct criterion_source source =
        bench_source(b, &criterion_distance, features, 1);
    struct grid grid = {-2.5, 2.5, 5, 1, 1};
    float *out = bench_run(b, &criterion_distance, &source, &grid, 1);
    assert_true(fabs((double)out[0] - 50000) < 0.01);
    assert_true(criterion_distance.everywhere);
    free(out);
    criterion_source_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_the_true_geometry),
        cmocka_unit_test(features_far_away_count),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
