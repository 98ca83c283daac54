#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "membership/membership.h"

extern const struct membership_op membership_trapezoid;

static float at(double a, double b, double c, double d, float x)
{
    double points[] = {a, b, c, d};
    struct reals params = {points, 4}; /* as struct trapezoid begins */
    struct membership_bound bound = {.params = &params};
    float y;
    membership_trapezoid.run(&bound, &x, 1, &y);
    return y;
}

/* Rain in the default project: poor below 500 mm, fine from 700 to 1000. */
static void rises_stays_and_falls(void **state)
{
    (void)state;
    static const float expected[][2] = {
        {0, 0},    {500, 0},      {600, 0.5F}, {700, 1},      {850, 1},
        {1000, 1}, {1050, 0.75F}, {1200, 0},   {INFINITY, 0}, {-INFINITY, 0}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(at(500, 700, 1000, 1200, expected[i][0]) == expected[i][1]);
    assert_true(isnan(at(500, 700, 1000, 1200, NAN)));
}

static void sides_may_be_steep(void **state)
{
    (void)state;
    assert_true(at(5, 5, 9, 9, 4.999F) == 0);
    assert_true(at(5, 5, 9, 9, 5) == 1);
    assert_true(at(5, 5, 9, 9, 9) == 1);
    assert_true(at(5, 5, 9, 9, 9.001F) == 0);
    assert_true(at(5, 7, 7, 9, 7) == 1); /* a triangle */
    assert_true(at(5, 7, 7, 9, 6) == 0.5F && at(5, 7, 7, 9, 8) == 0.5F);
    assert_true(at(7, 7, 7, 7, 7) == 1 && at(7, 7, 7, 7, 8) == 0);
}

static void points_must_not_decrease(void **state)
{
    (void)state;
    static double cases[][5] = {{1, 2, 3, 4, 1}, {1, 1, 1, 1, 1},
                                {2, 1, 3, 4, 0}, {1, 3, 2, 4, 0},
                                {1, 2, 4, 3, 0}, {NAN, 2, 3, 4, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reals params = {cases[i], 4};
        enum terramis_status status = membership_trapezoid.op.check(&params);
        assert_int_equal(status,
                         cases[i][4] != 0 ? TERRAMIS_OK : TERRAMIS_PROJECT);
    }
    struct reals wrong = {cases[3], 4};
    membership_trapezoid.op.check(&wrong);
    assert_non_null(strstr(status_message(), "[1, 3, 2, 4]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rises_stays_and_falls),
        cmocka_unit_test(sides_may_be_steep),
        cmocka_unit_test(points_must_not_decrease),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
