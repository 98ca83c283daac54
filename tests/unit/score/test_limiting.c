#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "score/score.h"

static void the_factor_that_costs_most(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.3, 0.2};
    /* costs 0.05, 0.15, 0.2 */
    assert_int_equal(limiting_factor((float[]){0.9F, 0.5F, 0}, 1, weight, 3),
                     3);
    /* the heavy factor costs more although it is not the worst */
    assert_int_equal(limiting_factor((float[]){0.5F, 0.4F, 0.1F}, 1, weight, 3),
                     1);
    assert_int_equal(limiting_factor((float[]){1, 1, 1}, 1, weight, 3), 0);
}

static void ties_and_holes(void **state)
{
    (void)state;
    const double same[] = {0.25, 0.25, 0.25, 0.25};
    assert_int_equal(limiting_factor((float[]){1, 0.5F, 0.5F, 1}, 1, same, 4),
                     2);
    assert_int_equal(
        limiting_factor((float[]){NAN, 0.5F, 0.25F, NAN}, 1, same, 4), 3);
    assert_int_equal(limiting_factor((float[]){NAN, NAN, NAN, NAN}, 1, same, 4),
                     0);
    assert_int_equal(limiting_factor(NULL, 1, same, 0), 0);
    const double none[] = {1, 0};
    assert_int_equal(limiting_factor((float[]){1, 0}, 1, none, 2), 0);
}

static void memberships_may_be_apart(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.5};
    const float x[] = {0.2F, 0.9F, 0.4F, 0.1F, 0.8F, 0.3F};
    assert_int_equal(limiting_factor(x, 3, weight, 2), 2);     /* .2 .1 */
    assert_int_equal(limiting_factor(x + 1, 3, weight, 2), 2); /* .9 .8 */
    assert_int_equal(limiting_factor(x + 2, 3, weight, 2), 2); /* .4 .3 */
    assert_int_equal(limiting_factor(x, 1, weight, 2), 1);     /* .2 .9 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_factor_that_costs_most),
        cmocka_unit_test(ties_and_holes),
        cmocka_unit_test(memberships_may_be_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
