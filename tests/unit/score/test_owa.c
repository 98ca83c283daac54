#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/score/combine.h"

static const double same[] = {1. / 3, 1. / 3, 1. / 3};
static const float x[] = {0.5F, 0.9F, 0.2F};

/* End points: the worst decides (and), the best decides (or). */
static void end_points(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.3, 0.2};
    assert_true(
        near(combine("kind: owa, order_weights: [1, 0, 0]", 3, x, weight), 20));
    assert_true(
        near(combine("kind: owa, order_weights: [0, 0, 1]", 3, x, weight), 90));
    assert_true(
        near(combine("kind: owa, order_weights: [0, 1, 0]", 3, x, weight), 50));
    assert_true(
        near(combine("kind: owa, risk: 0, trade_off: 0", 3, x, weight), 20));
    assert_true(
        near(combine("kind: owa, risk: 1, trade_off: 0", 3, x, weight), 90));
}

/* .6 .2 + .3 .5 + .1 .9; with criterion weights, sum(w v x) / sum(w v). */
static void order_weights(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.3, 0.2};
    const char *settings = "kind: owa, order_weights: [6, 3, 1]";
    assert_true(near(combine(settings, 3, x, same), 36));
    double sum = .2 * .6 * .2 + .5 * .3 * .5 + .3 * .1 * .9;
    double all = .2 * .6 + .5 * .3 + .3 * .1;
    assert_true(near(combine(settings, 3, x, weight), 100 * sum / all));
}

/* Yager 1988: W = (.4 .3 .2 .1) from the greatest of (.7 1 .3 .6) is .76. */
static void yagers_example(void **state)
{
    (void)state;
    const double quarter[] = {.25, .25, .25, .25};
    assert_true(near(combine("kind: owa, order_weights: [1, 2, 3, 4]", 4,
                             (float[]){0.7F, 1, 0.3F, 0.6F}, quarter),
                     76));
}

static void equal_order_weights_are_wlc_to_the_bit(void **state)
{
    (void)state;
    srand(21);
    for (int round = 0; round < 1000; round++) {
        float values[5];
        double weight[5];
        for (int f = 0; f < 5; f++) {
            values[f] = rand() % 9 ? (float)rand() / (float)RAND_MAX : NAN;
            weight[f] = (double)rand() / RAND_MAX;
        }
        double wlc = combine("kind: wlc", 5, values, weight);
        double owa[] = {
            combine("kind: owa, order_weights: [2, 2, 2, 2, 2]", 5, values,
                    weight),
            combine("kind: owa, risk: 0.5, trade_off: 1", 5, values, weight),
            combine("kind: wowa, alpha: 1", 5, values, weight)};
        for (int k = 0; k < 3; k++)
            assert_true(memcmp(&owa[k], &wlc, sizeof wlc) == 0 ||
                        (isnan(wlc) && isnan(owa[k])));
    }
}

/* Equal memberships share their ranks. */
static void ties_do_not_depend_on_the_order(void **state)
{
    (void)state;
    const char *settings = "kind: owa, order_weights: [7, 1, 2]";
    double one = combine(settings, 3, (float[]){0.5F, 0.5F, 1},
                         (double[]){0.8, 0.1, 0.1});
    double two = combine(settings, 3, (float[]){0.5F, 1, 0.5F},
                         (double[]){0.1, 0.1, 0.8});
    assert_true(near(one, two));
    assert_true(near(one, 100 * (.9 * .4 * .5 + .1 * .2) / (.9 * .4 + .02)));
}

static void without_data_ranks_are_shared_out(void **state)
{
    (void)state;
    /* halves of [.6 .3 .1]: .75 and .25 */
    assert_true(near(combine("kind: owa, order_weights: [6, 3, 1]", 3,
                             (float[]){NAN, 0.8F, 0.4F}, same),
                     100 * (.75 * .4 + .25 * .8)));
    assert_true(isnan(combine("kind: owa, order_weights: [6, 3, 1]", 3,
                              (float[]){NAN, NAN, NAN}, same)));
}

static void wrong_settings(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"kind: owa", "give order_weights:, or risk: and trade_off:"},
        {"kind: owa, risk: 0.3", "give order_weights:"},
        {"kind: owa, risk: 0.3, trade_off: 0.5, order_weights: [1, 2, 3]",
         "not both"},
        {"kind: owa, order_weights: [0, 0, 0]", "all are 0"},
        {"kind: owa, order_weights: [1, -1, 0]", "-1 is outside"},
        {"kind: owa, order_weights: [1, 2]", "2 given, but 3 factors"},
        {"kind: owa, risk: 0.1, trade_off: 0.9", "0.9 is not possible at risk"},
        {"kind: owa, risk: 0, trade_off: 0.5", "0.5 is not possible at risk"},
        {"kind: owa, risk: 2, trade_off: 0.5", "2 is outside 0..1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char problem[256];
        combine_with(cases[i][0], 3, x, same, problem);
        if (!strstr(problem, cases[i][1]))
            fail_msg("%s: %s", cases[i][0], problem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(end_points),
        cmocka_unit_test(order_weights),
        cmocka_unit_test(yagers_example),
        cmocka_unit_test(equal_order_weights_are_wlc_to_the_bit),
        cmocka_unit_test(ties_do_not_depend_on_the_order),
        cmocka_unit_test(without_data_ranks_are_shared_out),
        cmocka_unit_test(wrong_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
