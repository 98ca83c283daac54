#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "yield/climate.h"

static const struct climate climate = {
    .tmin = {0, 2, 4, 6, 8, 10, 12, 10, 8, 6, 4, 2},
    .tmax = {5, 7, 9, 11, 13, 15, 17, 15, 13, 11, 9, 7},
    .radiation = {3, 5, 10, 15, 18, 20, 20, 17, 12, 7, 4, 2},
    .rain = {62, 56, 31, 30, 0, 60, 93, 31, 30, 31, 30, 31},
    .pet = {31, 28, 62, 60, 93, 90, 124, 93, 60, 31, 30, 31}};

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

/* Between 16 January (15.5 days in) and mid-February lie 29.5 days. */
static void worked_days(void **state)
{
    (void)state;
    struct climate_day days[DAYS];
    climate_days(&climate, days);
    assert_true(near(days[15].tmin, 0)); /* the middle of January */
    assert_true(near(days[16].tmin, 2 / 29.5));
    assert_true(near(days[31].tmin, 2 * 16 / 29.5)); /* 1 February */
    assert_true(near(days[0].tmin, 2 * 15 / 31.0));  /* from December's 2 */
    assert_true(near(days[364].radiation, 2 + 15 / 31.0));
    assert_true(near(days[0].rain, 2) && near(days[31].rain, 2));
    assert_true(near(days[59].rain, 1) && near(days[59].pet, 2)); /* 1 March */
}

/* Rain and evapotranspiration of the year are kept. */
static void sums_are_kept(void **state)
{
    (void)state;
    struct climate_day days[DAYS];
    double rain = 0, pet = 0, rain_months = 0, pet_months = 0;
    climate_days(&climate, days);
    for (int d = 0; d < DAYS; d++) {
        rain += days[d].rain;
        pet += days[d].pet;
        assert_true(near(days[d].tmax - days[d].tmin, 5));
    }
    for (int m = 0; m < MONTHS; m++) {
        rain_months += climate.rain[m];
        pet_months += climate.pet[m];
    }
    assert_true(near(rain, rain_months) && near(pet, pet_months));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(worked_days),
                                       cmocka_unit_test(sums_are_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
