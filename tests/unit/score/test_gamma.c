#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/score/combine.h"

static void cases(void **state)
{
    (void)state;
    const double one[] = {1, 1};
    const float x[] = {0.8F, 0.5F}; /* product .4, sum .9 */
    assert_true(near(combine("kind: gamma, gamma: 0", 2, x, one), 40));
    assert_true(near(combine("kind: gamma, gamma: 1", 2, x, one), 90));
    assert_true(near(combine("kind: gamma, gamma: 0.5", 2, x, one),
                     100 * sqrt(.4 * .9)));
    assert_true(near(combine("kind: gamma", 2, x, one),
                     100 * pow(.9, .9) * pow(.4, .1)));
    /* Bonham-Carter 1994: .75 and .5, gamma .7: .875^.7 .375^.3 = .679 */
    double book =
        combine("kind: gamma, gamma: 0.7", 2, (float[]){0.75F, 0.5F}, one);
    assert_true(fabs(book - 67.86) < 0.01);
    assert_true(combine("kind: gamma, gamma: 1", 2, (float[]){0, 1}, one) ==
                100);
    assert_true(near(combine("kind: gamma", 2, (float[]){NAN, 0.5F}, one), 50));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
