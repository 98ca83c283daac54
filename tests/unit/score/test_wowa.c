#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/score/combine.h"

static const float x[] = {0.5F, 0.9F, 0.2F};
static const double weight[] = {0.5, 0.3, 0.2};

/* With equal weights it is OWA, with equal order weights WLC. */
static void between_owa_and_wlc(void **state)
{
    (void)state;
    const double same[] = {1, 1, 1};
    assert_true(
        near(combine("kind: wowa, order_weights: [6, 3, 1]", 3, x, same), 36));
    assert_true(
        near(combine("kind: wowa, order_weights: [1, 1, 1]", 3, x, weight),
             combine("kind: wlc", 3, x, weight)));
}

/* Torra 1997 by hand: Q through (1/3, .6) (2/3, .9) (1, 1), least first with
 * weights .2 .5 .3: Q(.2) = .36, Q(.7) = .91. */
static void weights_fill_ranks(void **state)
{
    (void)state;
    assert_true(
        near(combine("kind: wowa, order_weights: [6, 3, 1]", 3, x, weight),
             100 * (.36 * .2 + (.91 - .36) * .5 + (1 - .91) * .9)));
}

/* Q(p) = 1 - (1 - p)^2 from the least: Malczewski 2006. */
static void quantifier(void **state)
{
    (void)state;
    double q1 = 1 - .8 * .8, q2 = 1 - .3 * .3;
    assert_true(near(combine("kind: wowa, alpha: 2", 3, x, weight),
                     100 * (q1 * .2 + (q2 - q1) * .5 + (1 - q2) * .9)));
    assert_true(near(combine("kind: wowa, alpha: 1000", 3, x, weight), 20));
    assert_true(combine("kind: wowa, alpha: 0.001", 3, x, weight) > 89.8);
    char problem[256];
    combine_with("kind: wowa, alpha: 2, risk: 0.5", 3, x, weight, problem);
    assert_non_null(strstr(problem, "give alpha: alone"));
    combine_with("kind: wowa", 3, x, weight, problem);
    assert_non_null(strstr(problem, "give order_weights:"));
}

/* Where OWA jumps down, this one goes up. */
static void no_jumps(void **state)
{
    (void)state;
    const char *owa = "kind: owa, order_weights: [7, 1, 2]";
    const char *wowa = "kind: wowa, order_weights: [7, 1, 2]";
    const double heavy[] = {0.8, 0.1, 0.1};
    const float before[] = {0.5F, 0.499F, 1}, after[] = {0.5F, 0.501F, 1};
    assert_true(combine(owa, 3, after, heavy) <
                combine(owa, 3, before, heavy) - 1);
    double rise =
        combine(wowa, 3, after, heavy) - combine(wowa, 3, before, heavy);
    assert_true(rise > 0 && rise < 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_owa_and_wlc),
        cmocka_unit_test(weights_fill_ranks),
        cmocka_unit_test(quantifier),
        cmocka_unit_test(no_jumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
