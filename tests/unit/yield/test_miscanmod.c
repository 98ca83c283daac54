#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/yield/make.h"
#include "yield/growth.h"

#define MONTHLY(a, b)                                                          \
    "[" a ", " a ", " a ", " a ", " a ", " a ", " b ", " b ", " b ", " b       \
    ", " b ", " b "]"
#define CLIMATE(first, tmin, rain)                                             \
    "{" first "tmin: " tmin                                                    \
    ", tmax: " MONTHLY("12", "24") ", radiation: " MONTHLY(                    \
        "10", "18") ", rain: " rain ", pet: " MONTHLY("40", "80") "}"

static const char settings[] =
    "kind: miscanmod, awc: w, winter_loss: 0.25, climate: [" CLIMATE(
        "territory: dry, ", MONTHLY("6", "13"),
        MONTHLY("10", "10")) ", " CLIMATE("", MONTHLY("6", "13"),
                                          MONTHLY("50", "60")) "]";

/* The curve is the model at every millimetre, straight between. */
static void reads_off_the_model(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct config config = {.yields = {.polluted = 1}};
    const struct growth_crop crop = {2.4, 0.67, 0.01, 10, 9, 0.5, 0.25};
    struct climate climate;
    struct climate_day days[DAYS];
    struct growth at, next, dry, wet;
    struct yield_bound bound;
    for (int m = 0; m < MONTHS; m++) {
        climate.tmin[m] = m < 6 ? 6 : 13;
        climate.tmax[m] = m < 6 ? 12 : 24;
        climate.radiation[m] = m < 6 ? 10 : 18;
        climate.rain[m] = m < 6 ? 50 : 60;
        climate.pet[m] = m < 6 ? 40 : 80;
    }
    climate_days(&climate, days);
    growth_run(&at, &crop, days, 90, 1);
    growth_run(&next, &crop, days, 91, 1);
    growth_run(&dry, &crop, days, 90, 0.75);
    growth_run(&wet, &crop, days, 90, 1.25);
    make_model(&arena, &config, settings);
    assert_int_equal(yield_bind(&bound, &config, "elsewhere"), TERRAMIS_OK);
    struct yield_land land = make_land(CLASS_S2, 90);
    struct yield_range r = yield_of(&bound, &land);
    assert_true(r.mean == at.harvest && r.mean > 5 && r.mean < 30);
    assert_true(r.low == dry.harvest && r.high == wet.harvest);
    land.input[YIELD_AWC] = 90.25;
    assert_true(fabs(yield_of(&bound, &land).mean -
                     (0.75 * at.harvest + 0.25 * next.harvest)) < 1e-9);
    land.input[YIELD_AWC] = 5000; /* as the deepest */
    struct yield_land deepest = make_land(CLASS_S1, 500);
    assert_true(yield_of(&bound, &land).mean ==
                yield_of(&bound, &deepest).mean);
    land.input[YIELD_AWC] = NAN;
    assert_true(isnan(yield_of(&bound, &land).mean));
    land = make_land(CLASS_N1, 90); /* not grown */
    assert_true(yield_of(&bound, &land).high == 0);
    yield_release(&bound);
    arena_release(&arena);
}

static void each_territory_has_its_climate(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct config config = {.yields = {.polluted = 1}};
    struct yield_bound dry, wet;
    make_model(&arena, &config, settings);
    assert_int_equal(yield_bind(&dry, &config, "dry"), TERRAMIS_OK);
    assert_int_equal(yield_bind(&wet, &config, "x"), TERRAMIS_OK);
    struct yield_land land = make_land(CLASS_S1, 100);
    assert_true(yield_of(&dry, &land).mean < 0.7 * yield_of(&wet, &land).mean);
    yield_release(&dry);
    yield_release(&wet);
    make_model(
        &arena, &config,
        "kind: miscanmod, awc: w, climate: [" CLIMATE(
            "territory: b, ", MONTHLY("6", "13"), MONTHLY("5", "5")) "]");
    assert_int_equal(yield_bind(&dry, &config, "a"), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p.yaml:"));
    assert_non_null(strstr(status_message(), "none for territory a"));
    yield_release(&dry);
    arena_release(&arena);
}

static void climates_that_cannot_be(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct operator_use use;
    const char *problem;
    assert_false(read_use(&arena, &yield_registry,
                          "kind: miscanmod, awc: w, climate: [" CLIMATE(
                              "", MONTHLY("6", "25"), MONTHLY("5", "5")) "]",
                          &use, &problem));
    assert_non_null(strstr(problem, "in month 7 tmin (25) is above tmax (24)"));
    assert_false(read_use(&arena, &yield_registry,
                          "kind: miscanmod, awc: w, climate: []", &use,
                          &problem));
    assert_false(read_use(&arena, &yield_registry,
                          "kind: miscanmod, awc: w, climate: [" CLIMATE(
                              "", "[1, 2]", MONTHLY("5", "5")) "]",
                          &use, &problem));
    assert_non_null(strstr(problem, "tmin: expected 12 numbers, found 2"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_off_the_model),
        cmocka_unit_test(each_territory_has_its_climate),
        cmocka_unit_test(climates_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
