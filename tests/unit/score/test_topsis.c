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
    const double half[] = {0.5, 0.5}, three[] = {3, 1};
    assert_true(
        near(combine("kind: topsis", 2, (float[]){0.5F, 0.5F}, half), 50));
    assert_true(combine("kind: topsis", 2, (float[]){1, 1}, half) == 100);
    assert_true(combine("kind: topsis", 2, (float[]){0, 0}, half) == 0);
    /* d0 = 3, d1 = 1 */
    assert_true(near(combine("kind: topsis", 2, (float[]){1, 0}, three), 75));
    double d0 = sqrt(9 * .64 + .25), d1 = sqrt(9 * .04 + .25);
    assert_true(near(combine("kind: topsis", 2, (float[]){0.8F, 0.5F}, three),
                     100 * d0 / (d0 + d1)));
    assert_true(
        near(combine("kind: topsis", 2, (float[]){NAN, 0.3F}, three), 30));
    assert_true(isnan(combine("kind: topsis", 2, (float[]){NAN, NAN}, half)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
