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
    const double weight[] = {0.7, 0.2, 0.1};
    assert_true(near(
        combine("kind: limiting", 3, (float[]){1, 0.9F, 0.2F}, weight), 20));
    assert_true(near(
        combine("kind: limiting", 3, (float[]){NAN, 0.9F, 1}, weight), 90));
    assert_true(combine("kind: limiting", 3, (float[]){1, 0, 1}, weight) == 0);
    assert_true(
        isnan(combine("kind: limiting", 3, (float[]){NAN, NAN, NAN}, weight)));
    assert_true(near(combine("kind: limiting", 3, (float[]){0.1F, 0.9F, 1},
                             (double[]){0, 1, 1}),
                     90));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
