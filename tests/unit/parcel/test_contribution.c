#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parcel/parcel.h"

enum {
    MOST = 9
};

static double weight[MOST];
static int64_t area[MOST], sum[MOST];

static struct parcel parcel_of(const double *m, size_t n)
{
    struct parcel p = {.factor_area = area, .factor_sum = sum, .score = 0};
    double all = 0;
    for (size_t f = 0; f < n; f++)
        all += weight[f];
    for (size_t f = 0; f < n; f++) {
        weight[f] /= all;
        area[f] = m[f] == m[f] ? 1000 : 0;
        sum[f] = area[f] ? llround(m[f] * 1000 * (double)MEMBERSHIP_STEPS) : 0;
        p.score += m[f] == m[f] ? 100 * weight[f] * m[f] : 0;
    }
    return p;
}

static double contribution(const struct parcel *p, size_t n, size_t f)
{
    double all[MOST];
    parcel_contributions(p, weight, n, all);
    return all[f];
}

/* Three equal thirds of 100: 33.34 + 33.33 + 33.33. */
static void thirds(void **state)
{
    (void)state;
    weight[0] = weight[1] = weight[2] = 1;
    struct parcel p = parcel_of((const double[]){1, 1, 1}, 3);
    assert_true(contribution(&p, 3, 0) == 33.34);
    assert_true(contribution(&p, 3, 1) == 33.33);
    assert_true(contribution(&p, 3, 2) == 33.33);
}

/* Whatever the numbers: the sum is the score, each part within 0.015 of weight
 * x membership. */
static void always_add_up(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        size_t n = 1 + (size_t)rand() % MOST;
        double m[MOST];
        for (size_t f = 0; f < n; f++) {
            weight[f] = 0.01 + (double)rand() / RAND_MAX;
            m[f] = rand() % 4 ? (double)rand() / RAND_MAX : rand() % 2;
        }
        struct parcel p = parcel_of(m, n);
        long long cents = 0;
        for (size_t f = 0; f < n; f++) {
            double c = contribution(&p, n, f);
            cents += llround(100 * c);
            assert_true(c >= 0 && fabs(c - 100 * weight[f] * m[f]) < 0.0151);
        }
        assert_true(cents == llround(100 * p.score));
    }
}

/* Weights scaled up where a factor has no data: its share goes to the others.
 */
static void without_data(void **state)
{
    (void)state;
    weight[0] = 0.5, weight[1] = 0.3, weight[2] = 0.2;
    struct parcel p = parcel_of((const double[]){0.5, 0.5, NAN}, 3);
    p.score = 50;
    assert_true(fabs(contribution(&p, 3, 0) - 31.25) < 1e-9);
    assert_true(fabs(contribution(&p, 3, 1) - 18.75) < 1e-9);
    assert_true(isnan(contribution(&p, 3, 2)));
    p.score = NAN;
    assert_true(isnan(contribution(&p, 3, 0)));
}

static void all_zero(void **state)
{
    (void)state;
    weight[0] = weight[1] = 1;
    struct parcel p = parcel_of((const double[]){0, 0}, 2);
    assert_true(contribution(&p, 2, 0) == 0);
    assert_true(contribution(&p, 2, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirds),
        cmocka_unit_test(always_add_up),
        cmocka_unit_test(without_data),
        cmocka_unit_test(all_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
