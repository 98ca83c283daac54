#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score/score.h"

extern const struct combiner_op combiner_wlc;

static float score_of(const float *x, const double *weight, size_t factors)
{
    const float *rows[8];
    float score;
    for (size_t f = 0; f < factors; f++)
        rows[f] = &x[f];
    combiner_wlc.run(NULL, rows, weight, factors, 1, &score);
    return score;
}

static void weighted_means(void **state)
{
    (void)state;
    const double half[] = {0.5, 0.5}, three[] = {0.5, 0.3, 0.2};
    assert_true(score_of((float[]){1, 0}, half, 2) == 50);
    assert_true(score_of((float[]){0.25F, 0.75F}, half, 2) == 50);
    assert_true(fabsf(score_of((float[]){1, 0.5F, 0}, three, 3) - 65) < 1e-4F);
    assert_true(score_of((float[]){1, 1, 1}, three, 3) == 100);
    assert_true(score_of((float[]){0, 0, 0}, three, 3) == 0);
    assert_true(score_of((float[]){0.25F}, (double[]){1}, 1) == 25);
}

/* Without data a factor leaves its weight to the others. */
static void weights_are_shared_out(void **state)
{
    (void)state;
    const double three[] = {0.5, 0.3, 0.2};
    assert_true(fabsf(score_of((float[]){NAN, 1, 0}, three, 3) - 60) < 1e-4F);
    assert_true(fabsf(score_of((float[]){0.4F, NAN, NAN}, three, 3) - 40) <
                1e-4F);
    assert_true(isnan(score_of((float[]){NAN, NAN, NAN}, three, 3)));
    /* a factor of weight 0 has nothing to say, even alone */
    const double none[] = {1, 0};
    assert_true(isnan(score_of((float[]){NAN, 1}, none, 2)));
    assert_true(score_of((float[]){0.5F, 1}, none, 2) == 50);
}

/* Only the proportions of the weights count. */
static void scaled_weights_change_nothing(void **state)
{
    (void)state;
    const float x[] = {0.17F, 0.93F, 0.41F};
    const double one[] = {0.5, 0.3, 0.2}, twice[] = {1, 0.6, 0.4};
    assert_true(score_of(x, one, 3) == score_of(x, twice, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_means),
        cmocka_unit_test(weights_are_shared_out),
        cmocka_unit_test(scaled_weights_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
