#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/establishment.h"

static double shares[] = {0, 0.5, 0.75};
static const struct establishment_config course = {
    .share = {shares, 3}, .plateau = 6, .decline = 0.1, .lifespan = 9};

/* By hand: nothing, half, three quarters, all in years 4 to 6, then a tenth
 * less each year until the end. */
static void worked_example(void **state)
{
    (void)state;
    static const double expected[] = {0, 0,   0.5, 0.75, 1, 1,
                                      1, 0.9, 0.8, 0.7,  0, 0};
    for (int age = 0; age < 12; age++)
        assert_true(fabs(establishment_share(&course, age) - expected[age]) <
                    1e-12);
    assert_true(establishment_share(&course, -3) == 0);
}

/* A steep decline ends at nothing, not below; a late start is lowered too. */
static void never_below_nothing(void **state)
{
    (void)state;
    struct establishment_config steep = course;
    steep.plateau = 1;
    steep.decline = 0.4;
    static const double expected[] = {0, 0, 0.5 * 0.6, 0.75 * 0.2, 0, 0};
    for (int age = 0; age < 6; age++)
        assert_true(fabs(establishment_share(&steep, age) - expected[age]) <
                    1e-12);
}

static void without_shares_all_at_once(void **state)
{
    (void)state;
    struct establishment_config flat = course;
    flat.share.count = 0;
    assert_true(establishment_share(&flat, 1) == 1);
    assert_true(establishment_share(&flat, 0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(never_below_nothing),
        cmocka_unit_test(without_shares_all_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
