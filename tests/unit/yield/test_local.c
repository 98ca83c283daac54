#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "yield/local.h"

static const struct growth_crop crop = {2.4, 0.67, 0.01, 10, 9, 0.5, 0.3};
static const struct climate seine = {
    {3, 3, 5, 6, 9, 12, 14, 14, 12, 10, 6, 4},
    {7, 8, 11, 14, 17, 20, 22, 22, 20, 16, 11, 8},
    {3, 5, 10, 15, 18, 20, 20, 17, 12, 7, 4, 2.5},
    {70, 60, 55, 50, 60, 55, 50, 55, 65, 80, 80, 85},
    {12, 20, 45, 70, 95, 110, 115, 100, 65, 35, 17, 12}};

static double directly(double awc, double warmer, double rain)
{
    struct climate own = seine;
    struct climate_day days[DAYS];
    struct growth growth;
    for (int m = 0; m < MONTHS; m++) {
        own.tmin[m] += warmer;
        own.tmax[m] += warmer;
    }
    climate_days(&own, days);
    growth_run(&growth, &crop, days, awc, rain);
    return growth.harvest;
}

static void as_the_model(void **state)
{
    (void)state;
    struct local_yields *local = malloc(sizeof *local);
    double worst = 0;
    assert_non_null(local);
    local_fill(local, &crop, &seine);
    assert_true(fabs(local->rain - 765) < 1e-9);
    assert_true(fabs(local->temperature - 11.3) < 0.2);
    for (double awc = 45; awc < 250; awc += 37)
        for (double warm = -2.2; warm < 2.2; warm += 0.55)
            for (double rain = 0.65; rain < 1.5; rain += 0.17) {
                double found =
                    local_yield(local, awc, local->temperature + warm,
                                local->rain * rain, 1);
                worst = fmax(worst, fabs(found - directly(awc, warm, rain)));
            }
    assert_true(worst < 0.1);
    double own = local_yield(local, 120, NAN, NAN, 1);
    assert_true(fabs(own - directly(120, 0, 1)) < 1e-4); /* a node */
    assert_true(fabs(local_yield(local, 120, NAN, NAN, 0.8) -
                     directly(120, 0, 0.8)) < 1e-4);
    /* level beyond the table */
    assert_true(
        local_yield(local, 900, 99, 1e5, 1) ==
        local_yield(local, 500, local->temperature + 4, local->rain * 2.6, 1));
    assert_true(
        local_yield(local, -5, -99, 0, 1) ==
        local_yield(local, 0, local->temperature - 4, local->rain * 0.1, 1));
    free(local);
}

static void more_rain_more_crop(void **state)
{
    (void)state;
    struct local_yields *local = malloc(sizeof *local);
    assert_non_null(local);
    local_fill(local, &crop, &seine);
    for (double awc = 20; awc < 300; awc += 20)
        for (double mm = 400; mm < 1200; mm += 50)
            assert_true(local_yield(local, awc, NAN, mm + 50, 1) >=
                        local_yield(local, awc, NAN, mm, 1));
    free(local);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_model),
        cmocka_unit_test(more_rain_more_crop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
