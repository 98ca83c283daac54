#include "demo/noise.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void splitmix_is_the_published_one(void **state)
{
    (void)state;
    /* first outputs of splitmix64 from state 0 and 1234567 */
    struct rng zero = {0}, other = {1234567};
    assert_true(rng_next(&zero) == UINT64_C(0xe220a8397b1dcdaf));
    assert_true(rng_next(&zero) == UINT64_C(0x6e789e6aa1b965f4));
    assert_true(rng_next(&other) == UINT64_C(6457827717110365317));
    assert_true(rng_next(&other) == UINT64_C(3203168211198807973));
}

static void numbers_stay_in_range(void **state)
{
    (void)state;
    struct rng rng = {7};
    double sum = 0;
    int counts[5] = {0};
    for (int i = 0; i < 10000; i++) {
        double x = rng_real(&rng, -2, 6);
        assert_true(x >= -2 && x < 6);
        sum += x;
        counts[rng_int(&rng, 5)]++;
    }
    assert_true(fabs(sum / 10000 - 2) < 0.1);
    for (int i = 0; i < 5; i++)
        assert_true(counts[i] > 1800 && counts[i] < 2200);
}

static void noise_is_smooth_and_bounded(void **state)
{
    (void)state;
    double low = 0, high = 0;
    for (int i = 0; i < 4000; i++) {
        double x = i * 0.37 - 700, y = i * 0.11;
        double here = noise_at(3, x, y);
        low = fmin(low, here);
        high = fmax(high, here);
        assert_true(fabs(here - noise_at(3, x + 1e-4, y)) < 1e-3);
        assert_true(fabs(noise_fbm(3, x, y, 1, 6)) < 2);
    }
    assert_true(low > -1 && low < -0.4);
    assert_true(high < 1 && high > 0.4);
    /* zero on the lattice, whatever the seed */
    assert_true(noise_at(3, -5, 17) == 0);
    assert_true(noise_at(3, 0.5, 0.5) != noise_at(4, 0.5, 0.5));
}

static void ramp_rises_once(void **state)
{
    (void)state;
    assert_true(noise_ramp(-1, 0, 10) == 0);
    assert_true(noise_ramp(5, 0, 10) == 0.5);
    assert_true(noise_ramp(11, 0, 10) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitmix_is_the_published_one),
        cmocka_unit_test(numbers_stay_in_range),
        cmocka_unit_test(noise_is_smooth_and_bounded),
        cmocka_unit_test(ramp_rises_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
