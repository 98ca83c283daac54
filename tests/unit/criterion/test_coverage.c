#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_coverage;

static void shares_by_hand(void **state)
{
    struct criterion_bench *b = *state;
    /* cells of 10 m, 4 x 3 from (0, 30); two that overlap count once */
    static const struct feature_of features[] = {
        {"POLYGON((5 5,25 5,25 15,5 15,5 5))", {NULL}},
        {"POLYGON((15 5,35 5,35 15,15 15,15 5))", {NULL}},
        {"POLYGON((10 20,20 20,20 30,10 30,10 20))", {NULL}}};
    struct criterion_source source =
        bench_source(b, &criterion_coverage, features, 3);
    struct grid grid = {0, 30, 10, 4, 3};
    const float expected[] = {0,    1,     0,     0,    0.25F, 0.5F,
                              0.5F, 0.25F, 0.25F, 0.5F, 0.5F,  0.25F};
    for (int size = 1; size <= 4; size++) { /* any tiling: the same bits */
        float *out = bench_run(b, &criterion_coverage, &source, &grid, size);
        assert_memory_equal(out, expected, sizeof expected);
        free(out);
    }
    struct grid away = {1000, 30, 10, 4, 3};
    float *out = bench_run(b, &criterion_coverage, &source, &away, 4);
    for (int i = 0; i < 12; i++)
        assert_true(out[i] == 0); /* nothing is 0, not no data */
    free(out);
    criterion_source_release(&source);
}

static void shares_add_up_to_the_area(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((3.3 3.1,61.7 8.9,57.2 49.3,31.1 20.4,8.8 55.6,3.3 3.1),(20 "
         "12,24 12,24 16,20 16,20 12))",
         {NULL}}};
    struct criterion_source source =
        bench_source(b, &criterion_coverage, features, 1);
    struct grid grid = {0, 60, 1, 64, 60};
    float *out = bench_run(b, &criterion_coverage, &source, &grid, 64);
    double sum = 0;
    for (size_t i = 0; i < grid_cells(&grid); i++) {
        assert_true(out[i] >= 0 && out[i] <= 1);
        sum += (double)out[i];
    }
    double area = paths_area(b->geos, vector_paths(&source.vector, 0));
    assert_true(fabs(sum - area) < 1e-4);
    free(out);
    criterion_source_release(&source);
}

static void no_feature_covers_nothing(void **state)
{
    struct criterion_bench *b = *state;
    struct criterion_source source =
        bench_source(b, &criterion_coverage, NULL, 0);
    struct grid grid = {0, 30, 10, 4, 3};
    float *out = bench_run(b, &criterion_coverage, &source, &grid, 4);
    for (int i = 0; i < 12; i++)
        assert_true(out[i] == 0);
    free(out);
    criterion_source_release(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_by_hand),
        cmocka_unit_test(shares_add_up_to_the_area),
        cmocka_unit_test(no_feature_covers_nothing),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
