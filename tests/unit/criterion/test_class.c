#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_class;

static void texts_become_codes(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((0 0,1 0,1 1,0 0))", {"Sable"}},
        {"POLYGON((2 0,3 0,3 1,2 0))", {"Argile"}},
        {"POLYGON((4 0,5 0,5 1,4 0))", {NULL}},
        {"POLYGON((6 0,7 0,7 1,6 0))", {"Sable"}},
        {"POLYGON((8 0,9 0,9 1,8 0))", {"Limon"}}};
    struct criterion_source s = bench_source(b, &criterion_class, features, 5);
    assert_int_equal(s.class_count, 3); /* alphabetic, once each */
    assert_string_equal(s.classes[0], "Argile");
    assert_string_equal(s.classes[1], "Limon");
    assert_string_equal(s.classes[2], "Sable");
    const int codes[] = {2, 0, -1, 2, 1};
    assert_memory_equal(s.feature_class, codes, sizeof codes);
    criterion_source_release(&s);
    s = bench_source(b, &criterion_class, NULL, 0);
    assert_int_equal(s.class_count, 0);
    struct grid grid = {0, 10, 10, 1, 1};
    float *out = bench_run(b, &criterion_class, &s, &grid, 1);
    assert_true(isnan(out[0]));
    free(out);
    criterion_source_release(&s);
}

/* The majority of what is covered, however little that is. */
static void most_of_the_cell_wins(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        /* cell 0: B 60 %, A 40 % */
        {"POLYGON((0 0,4 0,4 10,0 10,0 0))", {"A"}},
        {"POLYGON((4 0,10 0,10 10,4 10,4 0))", {"B"}},
        /* cell 1: half and half, the first in the alphabet */
        {"POLYGON((15 0,20 0,20 10,15 10,15 0))", {"B"}},
        {"POLYGON((10 0,15 0,15 10,10 10,10 0))", {"C"}},
        /* cell 2: A in two parts of 30 % beats B with 40 % */
        {"POLYGON((20 0,23 0,23 10,20 10,20 0))", {"A"}},
        {"POLYGON((23 0,27 0,27 10,23 10,23 0))", {"B"}},
        {"POLYGON((27 0,30 0,30 10,27 10,27 0))", {"A"}},
        /* cell 3: only 1 % is C; cell 4: nothing; cell 5: no class */
        {"POLYGON((30 0,31 0,31 1,30 1,30 0))", {"C"}},
        {"POLYGON((50 0,60 0,60 10,50 10,50 0))", {NULL}}};
    struct criterion_source s = bench_source(b, &criterion_class, features, 9);
    struct grid grid = {0, 10, 10, 6, 1};
    for (int size = 1; size <= 6; size++) {
        float *out = bench_run(b, &criterion_class, &s, &grid, size);
        assert_true(out[0] == 1 && out[1] == 1 && out[2] == 0 && out[3] == 2);
        assert_true(isnan(out[4]) && isnan(out[5]));
        free(out);
    }
    criterion_source_release(&s);
}

/* The same polygon twice in the layer covers no more than once. */
static void overlapping_polygons_of_a_class_count_once(void **state)
{
    struct criterion_bench *b = *state;
    static const struct feature_of features[] = {
        {"POLYGON((0 0,4 0,4 10,0 10,0 0))", {"A"}},
        {"POLYGON((0 0,4 0,4 10,0 10,0 0))", {"A"}},
        {"POLYGON((4 0,10 0,10 10,4 10,4 0))", {"B"}}};
    struct criterion_source s = bench_source(b, &criterion_class, features, 3);
    struct grid grid = {0, 10, 10, 1, 1};
    float *out = bench_run(b, &criterion_class, &s, &grid, 1);
    assert_true(out[0] == 1);
    free(out);
    criterion_source_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_codes),
        cmocka_unit_test(most_of_the_cell_wins),
        cmocka_unit_test(overlapping_polygons_of_a_class_count_once),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
