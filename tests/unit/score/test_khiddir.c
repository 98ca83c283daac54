#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/score/combine.h"

/* I = Rmin sqrt(A/100 x B/100 x ...), the ratings beside the least. */
static void cases(void **state)
{
    (void)state;
    const double one[] = {1, 1, 1, 1};
    assert_true(
        near(combine("kind: khiddir", 3, (float[]){0.6F, 0.81F, 1}, one),
             100 * .6 * sqrt(.81)));
    assert_true(near(
        combine("kind: khiddir", 4, (float[]){0.95F, 0.85F, 0.6F, 0.4F}, one),
        100 * .4 * sqrt(.95 * .85 * .6)));
    assert_true(near(combine("kind: khiddir", 1, (float[]){0.3F}, one), 30));
    assert_true(combine("kind: khiddir", 3, (float[]){0, 0, 1}, one) == 0);
    assert_true(
        near(combine("kind: khiddir", 3, (float[]){NAN, 0.49F, 0.3F}, one),
             100 * .3 * .7));
    assert_true(isnan(combine("kind: khiddir", 2, (float[]){NAN, NAN}, one)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
