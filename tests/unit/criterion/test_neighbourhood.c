#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_neighbourhood;

/* As struct neighbourhood begins. */
struct radius {
    double metres;
};

/* A territory, of it what is polluted, of that what is built on. */
struct land {
    struct vector vectors[3];
    const struct vector *sets[2];
    struct overlay overlay;
};

static void make_land(struct criterion_bench *b, struct land *land)
{
    static const struct feature_of features[] = {
        {"POLYGON((0 0,640 0,640 600,0 600,0 0))", {NULL}},
        {"MULTIPOLYGON(((33 41,205 47,180 230,33 200,33 41)),((300 300,900 "
         "300,900 560,300 560,300 300)))",
         {NULL}},
        {"POLYGON((100 80,150 80,150 133,100 133,100 80))", {NULL}}};
    for (int i = 0; i < 3; i++)
        land->vectors[i] = vector_of(b->geos, &features[i], 1, 0);
    land->sets[0] = &land->vectors[1];
    land->sets[1] = &land->vectors[2];
    land->overlay = (struct overlay){
        .territory = vector_paths(&land->vectors[0], 0),
        .kinds = {{.vectors = &land->sets[0], .count = 1}},
        .constraints = {{.vectors = &land->sets[1], .count = 1}},
        .constraint_count = 1,
        .rule = {.territory = 1,
                 .kinds = {1 << LAND_KINDS},
                 .kind_count = 1,
                 .first_constraint = LAND_CONSTRAINTS,
                 .constraint_count = 1}};
    b->tools.overlay = &land->overlay;
}

static void release_land(struct land *land)
{
    for (int i = 0; i < 3; i++)
        vector_release(&land->vectors[i]);
}

/* Plantable share of a cell by GEOS. */
static double share_of(struct criterion_bench *b, const struct land *land,
                       double west, double north, double cell)
{
    GEOSContextHandle_t c = b->geos->context;
    GEOSGeometry *all[3], *part, *next;
    double area;
    part =
        GEOSGeom_createRectangle_r(c, west, north - cell, west + cell, north);
    for (int i = 0; i < 3; i++) {
        all[i] = geometry_of(b->geos, vector_paths(&land->vectors[i], 0));
        next = i < 2 ? GEOSIntersection_r(c, part, all[i])
                     : GEOSDifference_r(c, part, all[i]);
        GEOSGeom_destroy_r(c, part);
        GEOSGeom_destroy_r(c, all[i]);
        part = next;
    }
    GEOSArea_r(c, part, &area);
    GEOSGeom_destroy_r(c, part);
    return area;
}

static void hectares_around(void **state)
{
    struct criterion_bench *b = *state;
    struct land land;
    make_land(b, &land);
    const struct radius radius = {125};
    const struct criterion_source source = {.params = &radius};
    struct grid grid = {0, 600, 20, 32, 30};
    float *out = bench_run(b, &criterion_neighbourhood, &source, &grid, 64);
    double shares[30][32];
    for (int row = 0; row < 30; row++)
        for (int col = 0; col < 32; col++)
            shares[row][col] =
                share_of(b, &land, col * 20.0, 600 - row * 20.0, 20);
    for (int row = 0; row < 30; row++)
        for (int col = 0; col < 32; col++) {
            double sum = 0;
            for (int r = 0; r < 30; r++)
                for (int k = 0; k < 32; k++)
                    if (hypot(r - row, k - col) * 20 <= 125)
                        sum += shares[r][k];
            assert_true(fabs((double)out[row * 32 + col] - sum * 1e-4) < 1e-4);
        }
    free(out);
    release_land(&land);
}

static void every_tiling_gives_the_same_bits(void **state)
{
    struct criterion_bench *b = *state;
    struct land land;
    make_land(b, &land);
    const struct radius radius = {317};
    const struct criterion_source source = {.params = &radius};
    struct grid grid = {0, 600, 10, 64, 60};
    float *whole = bench_run(b, &criterion_neighbourhood, &source, &grid, 64);
    for (int size = 7; size < 64; size += 19) {
        float *out =
            bench_run(b, &criterion_neighbourhood, &source, &grid, size);
        assert_memory_equal(out, whole, grid_cells(&grid) * sizeof *out);
        free(out);
    }
    free(whole);
    release_land(&land);
}

static void a_radius_of_too_many_cells(void **state)
{
    (void)state;
    const struct radius radius = {1000};
    struct criterion_source source = {.params = &radius, .resolution = 2};
    assert_int_equal(criterion_neighbourhood.prepare(&source), TERRAMIS_OK);
    source.resolution = 1.9;
    assert_int_equal(criterion_neighbourhood.prepare(&source),
                     TERRAMIS_PROJECT);
    assert_true(criterion_neighbourhood.scratch(&radius, 10, 100) ==
                8.0 * (301 * 300 + 100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hectares_around),
        cmocka_unit_test(every_tiling_gives_the_same_bits),
        cmocka_unit_test(a_radius_of_too_many_cells),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
