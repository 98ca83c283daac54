#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "membership/membership.h"

extern const struct membership_op membership_linear;

static float at(double (*points)[2], size_t count, float x)
{
    struct points params = {points, count}; /* as struct linear begins */
    struct membership_bound bound;
    struct operator_use use = {.op = &membership_linear.op, .params = &params};
    float y;
    assert_int_equal(membership_bind(&bound, &use, NULL), TERRAMIS_OK);
    membership_linear.run(&bound, &x, 1, &y);
    membership_release(&bound);
    return y;
}

/* Slope in the default project: 1 up to 8 %, 0 from 20 %. */
static void between_the_points(void **state)
{
    (void)state;
    double points[][2] = {{8, 1}, {20, 0}};
    assert_true(at(points, 2, -5) == 1 && at(points, 2, 8) == 1);
    assert_true(at(points, 2, 14) == 0.5F && at(points, 2, 11) == 0.75F);
    assert_true(at(points, 2, 20) == 0 && at(points, 2, 1e30F) == 0);
    assert_true(isnan(at(points, 2, NAN)));
    double tent[][2] = {{0, 0.2}, {10, 1}, {30, 0.5}};
    assert_true(fabsf(at(tent, 3, 5) - 0.6F) < 1e-7F);
    assert_true(at(tent, 3, 10) == 1);
    assert_true(fabsf(at(tent, 3, 20) - 0.75F) < 1e-7F);
    assert_true(at(tent, 3, 99) == 0.5F && at(tent, 3, -99) == 0.2F);
}

/* At a step the value to the right counts, wherever the step stands. */
static void steps(void **state)
{
    (void)state;
    double middle[][2] = {{0, 0}, {5, 0.5}, {5, 0.9}, {10, 1}};
    assert_true(fabsf(at(middle, 4, 4.999F) - 0.5F) < 1e-3F);
    assert_true(at(middle, 4, 5) == 0.9F);
    double first[][2] = {{5, 0}, {5, 1}, {10, 0.5}};
    assert_true(at(first, 3, 4.999F) == 0);
    assert_true(at(first, 3, 5) == 1);
    double last[][2] = {{0, 1}, {5, 1}, {5, 0}};
    assert_true(at(last, 3, 4.999F) == 1);
    assert_true(at(last, 3, 5) == 0);
    double only[][2] = {{5, 0.25}, {5, 0.75}};
    assert_true(at(only, 2, 4) == 0.25F);
    assert_true(at(only, 2, 5) == 0.75F);
    assert_true(at(only, 2, 6) == 0.75F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_the_points),
        cmocka_unit_test(steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
