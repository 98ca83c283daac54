#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "yield/growth.h"

static const struct growth_crop crop = {2.4, 0.67, 0.01, 10, 9, 0.5, 0.3};
static struct climate_day days[DAYS];

static bool near(double a, double b, double by)
{
    return fabs(a - b) <= by;
}

/* All days alike. */
static void set_days(double tmin, double tmax, double rain, double pet)
{
    for (int d = 0; d < DAYS; d++)
        days[d] = (struct climate_day){tmin, tmax, 20, rain, pet};
}

/* The four cases of method.md 2.2, by hand, base 10. */
static void degree_days(void **state)
{
    (void)state;
    assert_true(growth_degree_days(2, 8, 10) == 0);
    assert_true(growth_degree_days(4, 14, 10) == 1);   /* (14-10)/4 */
    assert_true(growth_degree_days(8, 20, 10) == 4.5); /* 10/2 - 2/4 */
    assert_true(growth_degree_days(12, 24, 10) == 8);  /* 18 - 10 */
    assert_true(growth_degree_days(10, 10, 10) == 0);
}

/* Published for 120 mm: free to 30, none from 120. */
static void water(void **state)
{
    (void)state;
    assert_true(growth_evaporation(30, 120) == 1);
    assert_true(growth_evaporation(75, 120) == 0.5);
    assert_true(growth_evaporation(120, 120) == 0);
    assert_true(growth_evaporation(50, 80) == 0.5);
    /* used up: the wilting point; e fold every 6 / 0.33 = 18.18 mm */
    assert_true(near(growth_suction(100, 100), 1.5, 1e-9));
    assert_true(near(growth_suction(100 - 6 / 0.33, 100), 1.5 / exp(1), 1e-9));
    /* the source's curve at its wilting point, theta = 25.4598 % */
    assert_true(near(6682.2 * exp(-0.33 * 25.4598104), 1.5, 1e-4));
}

/* Wet, 5 degree-days a day, 10 MJ PAR: the canopy grows by 0.05 a day, so
 * PAR = 10 sum(1 - q^i), q = exp(-0.67 x 0.05), i = 1..365. */
static void without_drought(void **state)
{
    (void)state;
    struct growth g;
    set_days(12, 18, 9, 3);
    growth_run(&g, &crop, days, 100, 1);
    double q = exp(-0.67 * 0.05);
    double sum = 365 - q * (1 - pow(q, 365)) / (1 - q);
    assert_true(near(g.degree_days, 5 * 365, 1e-9));
    assert_true(near(g.leaf_area, 0.05 * 365, 1e-9));
    assert_true(near(g.intercepted, 10 * sum, 1e-6));
    assert_true(near(g.peak, 2.4 * 10 * sum / 100, 1e-6));
    assert_true(near(g.harvest, 0.7 * g.peak, 1e-12));
    assert_true(g.deficit == 0);
}

/* Without any store growth is what rain over demand gives: half of the wet
 * one's light, but for the leaves, which the wilting point's suction slows to
 * (1.8 - 1.5) / (1.8 - 0.8) = 0.3. */
static void without_a_store(void **state)
{
    (void)state;
    struct growth g;
    set_days(12, 18, 1.5, 3);
    growth_run(&g, &crop, days, 0, 1);
    assert_true(near(g.leaf_area, 0.3 * 0.05 * 365, 1e-9));
    assert_true(near(g.peak, 2.4 * g.intercepted / 100 * 0.5, 1e-9));
    growth_run(&g, &crop, days, 0, 0);
    assert_true(g.peak == 0);
}

/* A deficit settles where 3 mm x AE/PE is the rain of 1.5 mm: at 0.625 AWC. */
static void deficit_settles(void **state)
{
    (void)state;
    struct growth g;
    set_days(12, 18, 1.5, 3);
    growth_run(&g, &crop, days, 80, 1);
    assert_true(near(g.deficit, 50, 1e-3));
}

static void cold_days_do_not_count(void **state)
{
    (void)state;
    struct growth g;
    set_days(8, 10, 9, 1); /* 9 degrees is not above 9 */
    growth_run(&g, &crop, days, 100, 1);
    assert_true(g.peak == 0 && g.degree_days == 0);
    set_days(-1, 25, 9, 1); /* frost */
    growth_run(&g, &crop, days, 100, 1);
    assert_true(g.peak == 0);
}

/* More rain never gives less, nor a larger store where no rain comes: with
 * rain, a large dry soil takes longer to be a wet one again. */
static void more_is_never_less(void **state)
{
    (void)state;
    srand(6);
    for (int round = 0; round < 200; round++) {
        struct growth one, wetter, deeper;
        set_days(0, 0, 0, 0);
        for (int d = 0; d < DAYS; d++) {
            double warm = 12 - 8 * cos(2 * 3.14159265 * d / DAYS);
            days[d] = (struct climate_day){warm - 4, warm + 5, warm,
                                           rand() % 5 == 0 ? rand() % 15 : 0,
                                           warm / 5};
        }
        double awc = rand() % 200;
        growth_run(&one, &crop, days, awc, 1);
        growth_run(&wetter, &crop, days, awc, 1.3);
        assert_true(wetter.peak >= one.peak - 1e-9);
        assert_true(one.deficit <= awc && one.peak > 0);
        growth_run(&one, &crop, days, awc, 0);
        growth_run(&deeper, &crop, days, awc + 40, 0);
        assert_true(deeper.peak > one.peak);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degree_days),
        cmocka_unit_test(water),
        cmocka_unit_test(without_drought),
        cmocka_unit_test(without_a_store),
        cmocka_unit_test(deficit_settles),
        cmocka_unit_test(cold_days_do_not_count),
        cmocka_unit_test(more_is_never_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
