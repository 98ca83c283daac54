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
    const double half[] = {0.5, 0.5}, third[] = {2, 1};
    assert_true(
        near(combine("kind: geometric", 2, (float[]){0.25F, 1}, half), 50));
    /* (0.125 0.125 1)^(1/3) */
    assert_true(
        near(combine("kind: geometric", 2, (float[]){0.125F, 1}, third), 25));
    assert_true(combine("kind: geometric", 2, (float[]){0, 1}, half) == 0);
    assert_true(
        near(combine("kind: geometric", 2, (float[]){NAN, 0.3F}, half), 30));
    assert_true(
        isnan(combine("kind: geometric", 2, (float[]){NAN, NAN}, half)));
    assert_true(near(
        combine("kind: geometric", 2, (float[]){0, 0.3F}, (double[]){0, 1}),
        30));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
