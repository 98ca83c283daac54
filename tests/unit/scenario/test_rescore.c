#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/rescore.h"

enum {
    FACTORS = 2
};

static int64_t area[FACTORS] = {1000, 1000};
static int64_t sum[FACTORS];

/* One parcel with means `x` and `y` and its score under `rule` with weights 0.5
 * and 0.5; returns its score with weights `a` and 1 - a. */
static double rescored(const char *rule, double x, double y, double score,
                       double a)
{
    struct factor_config factors[FACTORS] = {{.group_index = WEIGHTS_NO_GROUP},
                                             {.group_index = WEIGHTS_NO_GROUP}};
    struct config config = {
        .factors = {factors, FACTORS},
        .combine = {.op = registry_find(&combiner_registry, rule)}};
    struct parcel item = {
        .factor_area = area, .factor_sum = sum, .score = score};
    struct parcel copy = item;
    struct parcels parcels = {.items = &item, .count = 1, .factors = FACTORS};
    struct combination combination;
    const double before[] = {0.5, 0.5}, after[] = {a, 1 - a};
    struct rescore r;
    sum[0] = llround(1000 * x * (double)MEMBERSHIP_STEPS);
    sum[1] = llround(1000 * y * (double)MEMBERSHIP_STEPS);
    assert_int_equal(combination_open(&combination, &config), TERRAMIS_OK);
    struct scenario_base base = {&config, &combination, before, &parcels, NULL};
    assert_int_equal(rescore_open(&r, &base), TERRAMIS_OK);
    rescore_run(&r, &base, after, &copy);
    rescore_close(&r);
    combination_release(&combination);
    assert_memory_equal(&item.score, &score, sizeof score);
    return copy.score;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-3;
}

static void weighted_sums_are_exact(void **state)
{
    (void)state;
    assert_true(near(rescored("wlc", 0.2, 0.8, 50, 0.25), 65));
    assert_true(near(rescored("wlc", 0.2, 0.8, 50, 1), 20));
    assert_true(rescored("wlc", 0.2, 0.8, 50.125, 0.5) == 50.125);
}

/* Geometric: the cells' mean, 36, is below 40, that of their mean; with
 * weights 1 and 0 it moves by 20 - 40. */
static void other_rules_move_by_the_change_at_the_mean(void **state)
{
    (void)state;
    assert_true(near(rescored("geometric", 0.2, 0.8, 36, 1), 16));
    assert_true(near(rescored("geometric", 0.2, 0.8, 36, 0), 76));
    assert_true(rescored("geometric", 0.2, 0.8, 10, 1) == 0); /* not below */
    assert_true(rescored("geometric", 0.2, 0.8, 90, 0) == 100);
    assert_true(isnan(rescored("wlc", 0.2, 0.8, NAN, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_sums_are_exact),
        cmocka_unit_test(other_rules_move_by_the_change_at_the_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
