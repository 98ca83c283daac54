#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "score/order.h"

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void measures(void **state)
{
    (void)state;
    const double and[] = {1, 0, 0, 0}, or [] = {0, 0, 0, 1};
    const double mean[] = {.25, .25, .25, .25}, ends[] = {.5, 0, 0, .5};
    assert_true(order_andness(and, 4) == 1 && order_trade_off(and, 4) == 0);
    assert_true(order_andness(or, 4) == 0 && order_trade_off(or, 4) == 0);
    assert_true(order_andness(mean, 4) == 0.5 && order_trade_off(mean, 4) == 1);
    assert_true(order_andness(ends, 4) == 0.5);
    assert_true(near(order_trade_off(ends, 4), 1 - sqrt(1. / 3)));
    /* (2 x .6 + .3) / 2 */
    assert_true(near(order_andness((double[]){.6, .3, .1}, 3), .75));
    assert_true(order_andness(mean, 1) == 0.5 && order_trade_off(mean, 1) == 1);
}

/* What comes out has the risk and the trade-off that were asked for. */
static void risk_and_trade_off(void **state)
{
    (void)state;
    static const double cases[][2] = {{0.5, 1},   {0.5, 0.5}, {0.3, 0.6},
                                      {0.2, 0.5}, {0.7, 0.4}, {0.9, 0.4},
                                      {0.5, 0.9}};
    for (size_t n = 3; n <= 20; n++)
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
            struct order_params p = {.risk = cases[k][0],
                                     .trade_off = cases[k][1]};
            double sum = 0;
            if (order_bind(&p, n) != TERRAMIS_OK) {
                /* the corners of the decision space open as n grows */
                assert_non_null(strstr(status_message(), "it can be"));
                assert_true(n < 10);
                continue;
            }
            for (size_t i = 0; i < n; i++) {
                assert_true(p.order[i] >= 0);
                sum += p.order[i];
            }
            assert_true(near(sum, 1));
            assert_true(fabs(1 - order_andness(p.order, n) - p.risk) < 1e-6);
            assert_true(fabs(order_trade_off(p.order, n) - p.trade_off) < 1e-3);
            assert_int_equal(p.equal, k == 0);
        }
}

static void shares_of_ranks(void **state)
{
    (void)state;
    struct order_params p = {.order = {.6, .3, .1}, .count = 3};
    assert_true(order_share(&p, 0) == 0 && order_share(&p, 1) == 1);
    assert_true(near(order_share(&p, 1. / 6), .3));
    assert_true(near(order_share(&p, .5), .75));
}

static void ranks(void **state)
{
    (void)state;
    const float x[] = {0.5F, NAN, 0.25F, 1, 0};
    const float *rows[] = {&x[0], &x[1], &x[2], &x[3], &x[4]};
    const double weight[] = {1, 2, 3, 4, 0};
    struct ranked ranked[5];
    assert_int_equal(order_rank(rows, weight, 5, 0, ranked), 3);
    assert_true(ranked[0].x == 0.25 && ranked[0].weight == 3);
    assert_true(ranked[1].x == 0.5 && ranked[2].x == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures),
        cmocka_unit_test(risk_and_trade_off),
        cmocka_unit_test(shares_of_ranks),
        cmocka_unit_test(ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
