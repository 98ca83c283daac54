#include "output/reduce.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

enum {
    N = REDUCE_CELLS
};

/* By counting, cell after cell. */
static uint8_t mode_of(const uint8_t four[4], uint8_t nodata)
{
    uint8_t best = nodata;
    int most = 0;
    for (int i = 0; i < 4; i++) {
        int count = 0;
        for (int k = 0; k < 4; k++)
            count += four[k] == four[i];
        if (four[i] != nodata && count > most) {
            most = count;
            best = four[i];
        }
    }
    return best;
}

static uint8_t mean_of(const uint8_t four[4], uint8_t nodata)
{
    int sum = 0, count = 0;
    for (int i = 0; i < 4; i++)
        if (four[i] != nodata) {
            sum += four[i];
            count++;
        }
    double mean = count ? (double)sum / count : nodata;
    return (uint8_t)(mean + 0.5);
}

/* All fours of `count` values, N at a time, against the plain functions. */
static void check_values(const uint8_t *values, int count, uint8_t nodata)
{
    uint8_t north[2 * N], south[2 * N], mode[N], mean[N];
    int fours = count * count * count * count;
    for (int first = 0; first < fours; first += N) {
        for (int i = 0; i < N; i++) {
            int f = (first + i) % fours;
            north[2 * i] = values[f % count];
            north[2 * i + 1] = values[f / count % count];
            south[2 * i] = values[f / count / count % count];
            south[2 * i + 1] = values[f / count / count / count];
        }
        reduce_mode(north, south, nodata, mode);
        reduce_mean(north, south, nodata, mean);
        for (int i = 0; i < N; i++) {
            uint8_t four[] = {north[2 * i], north[2 * i + 1], south[2 * i],
                              south[2 * i + 1]};
            assert_int_equal(mode[i], mode_of(four, nodata));
            assert_int_equal(mean[i], mean_of(four, nodata));
        }
    }
}

static void every_pattern(void **state)
{
    static const uint8_t values[] = {0, 1, 2, 7, 100, 255};
    (void)state;
    check_values(values, 6, 0);
    check_values(values, 6, 255);
    check_values(values, 6, 7);
}

static void every_sum(void **state)
{
    (void)state;
    uint8_t values[20];
    for (int i = 0; i < 20; i++)
        values[i] = (uint8_t)(i < 10 ? i * 25 : 246 + (i - 10));
    check_values(values, 20, 255);
}

static void first_of_a_tie(void **state)
{
    (void)state;
    uint8_t north[2 * N] = {1, 2, 0, 2, 0, 0, 3, 2, 5, 5};
    uint8_t south[2 * N] = {2, 1, 3, 0, 0, 4, 3, 2, 6, 6};
    uint8_t out[N];
    reduce_mode(north, south, 0, out);
    assert_int_equal(out[0], 1);
    assert_int_equal(out[1], 2);
    assert_int_equal(out[2], 4); /* no data never wins */
    assert_int_equal(out[3], 3);
    assert_int_equal(out[4], 5);
    assert_int_equal(out[5], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_pattern),
                                       cmocka_unit_test(every_sum),
                                       cmocka_unit_test(first_of_a_tie)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
