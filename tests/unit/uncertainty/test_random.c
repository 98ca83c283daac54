#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "uncertainty/random.h"

/* kat_vectors of Random123, the authors' library (Salmon et al. 2011). */
static void known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {{{0, 0, 0, 0},
                  {0, 0},
                  {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                 {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                  {0xffffffff, 0xffffffff},
                  {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                 {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                  {0xa4093822, 0x299f31d0},
                  {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t out[4];
        random_philox(cases[i].counter, cases[i].key, out);
        assert_memory_equal(out, cases[i].out, sizeof out);
    }
}

/* The many at once are those of random_philox(), one by one. */
static void normals_come_from_the_counter(void **state)
{
    (void)state;
    static float quantiles[RANDOM_QUANTILES], z[RANDOM_BLOCK];
    struct random_stream stream = {7, 3, 12, 5, 2};
    random_make_quantiles(quantiles);
    for (uint32_t block = 0; block < 3; block++) {
        random_normals(&stream, quantiles, block, z);
        for (uint32_t g = 0; g < RANDOM_BLOCK / 8; g++) {
            uint32_t out[4];
            random_philox(
                (const uint32_t[]){block * (RANDOM_BLOCK / 8) + g, 12, 5, 2},
                (const uint32_t[]){7, 3}, out);
            for (int w = 0; w < 4; w++) {
                int at = 2 * w * (RANDOM_BLOCK / 8) + (int)g;
                assert_true(z[at] == quantiles[out[w] / 1048576]);
                assert_true(z[at + RANDOM_BLOCK / 8] ==
                            quantiles[out[w] / 256 % 4096]);
            }
        }
    }
}

static void quantiles_are_those_of_the_normal(void **state)
{
    (void)state;
    static float q[RANDOM_QUANTILES];
    double mean = 0, variance = 0, fourth = 0;
    random_make_quantiles(q);
    for (int i = 0; i < RANDOM_QUANTILES; i++) {
        double z = (double)q[i];
        assert_true(i == 0 || q[i] > q[i - 1]);
        mean += z / RANDOM_QUANTILES;
        variance += z * z / RANDOM_QUANTILES;
        fourth += z * z * z * z / RANDOM_QUANTILES;
        /* the distribution function at the quantile */
        assert_true(fabs(erfc(-z * M_SQRT1_2) / 2 -
                         (i + 0.5) / RANDOM_QUANTILES) < 1e-4);
    }
    assert_true(fabs(mean) < 1e-9);
    assert_true(fabs(variance - 1) < 1e-6);
    assert_true(fabs(fourth - 3) < 0.02);
    assert_true(fabs((double)q[RANDOM_QUANTILES - 1] - 3.67) < 0.01);
}

static void uniform_and_normal(void **state)
{
    (void)state;
    enum {
        N = 200000
    };
    struct random_stream stream = {1, 1, 0, 0, 0};
    double sum = 0, squares = 0, z_sum = 0, z_squares = 0;
    for (uint32_t i = 0; i < N; i++) {
        double u = random_uniform(&stream, i);
        double z = random_normal(&stream, i);
        assert_true(u > 0 && u < 1);
        sum += u / N, squares += u * u / N;
        z_sum += z / N, z_squares += z * z / N;
    }
    assert_true(fabs(sum - 0.5) < 0.003);
    assert_true(fabs(squares - 1.0 / 3) < 0.003);
    assert_true(fabs(z_sum) < 0.01 && fabs(z_squares - 1) < 0.015);
}

/* Mean and variance of a gamma variate are its shape; the third central moment
 * is twice that. */
static void gamma_moments(void **state)
{
    (void)state;
    enum {
        N = 100000
    };
    static const double shapes[] = {0.2, 1, 3.5, 40};
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        double a = shapes[k], sum = 0, squares = 0, cubes = 0;
        for (uint32_t i = 0; i < N; i++) {
            struct random_stream stream = {5, 0, i, (uint32_t)k, 0};
            double d = random_gamma(&stream, a) - a;
            assert_true(d >= -a);
            sum += d / N, squares += d * d / N, cubes += d * d * d / N;
        }
        assert_true(fabs(sum) < 5 * sqrt(a / N));
        assert_true(fabs(squares / a - 1) < 0.06);
        assert_true(fabs(cubes / (2 * a) - 1) < 0.4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(normals_come_from_the_counter),
        cmocka_unit_test(quantiles_are_those_of_the_normal),
        cmocka_unit_test(uniform_and_normal),
        cmocka_unit_test(gamma_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
