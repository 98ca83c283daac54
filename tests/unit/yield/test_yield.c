#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/yield/make.h"

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

/* By hand: 12 t x (1 - 0.1 x 0.5) x 0.9 (membership 0.5 between 0.8 and 1),
 * less and more by a quarter. */
static void penalties_and_range(void **state)
{
    (void)state;
    struct arena arena = {0};
    double points[][2] = {{0, 0.8}, {1, 1}};
    struct penalty_config penalties[] = {
        {.position = 1, .points = {points, 2}}};
    struct config config = {.yields = {.spread = 0.25,
                                       .polluted = 0.9,
                                       .penalties = {penalties, 1}}};
    const float x[] = {0.1F, 0.5F};
    struct yield_bound bound;
    make_model(&arena, &config, "kind: class, S2: 12");
    assert_int_equal(yield_bind(&bound, &config, "a"), TERRAMIS_OK);
    struct yield_land land = make_land(CLASS_S2, NAN);
    land.polluted = 0.5;
    land.memberships = x;
    struct yield_range r = yield_of(&bound, &land);
    assert_true(near(r.mean, 12 * 0.95 * 0.9));
    assert_true(near(r.low, r.mean * 0.75) && near(r.high, r.mean * 1.25));
    land.memberships = (const float[]){0, NAN}; /* not known: no penalty */
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.95));
    land.memberships = (const float[]){0, 0};
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.95 * 0.8));
    land.memberships = (const float[]){0, 1};
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.95));
    land.class = CLASS_NONE;
    r = yield_of(&bound, &land);
    assert_true(isnan(r.low) && isnan(r.mean) && isnan(r.high));
    yield_release(&bound);
    arena_release(&arena);
}

/* Zn 675 mg/kg: half way from 1 to 0.6; Cu beyond its last point: 0.5; half of
 * the land is polluted. */
static void sampled_soil(void **state)
{
    (void)state;
    struct arena arena = {0};
    double zinc[][2] = {{450, 1}, {900, 0.6}},
           copper[][2] = {{0, 1}, {100, 0.5}};
    struct contaminant_config contaminants[] = {{METAL_Zn, {zinc, 2}},
                                                {METAL_Cu, {copper, 2}}};
    struct config config = {
        .yields = {.polluted = 0.9, .contaminants = {contaminants, 2}}};
    double content[METAL_COUNT];
    struct yield_bound bound;
    make_model(&arena, &config, "kind: class, S2: 12");
    assert_int_equal(yield_bind(&bound, &config, "a"), TERRAMIS_OK);
    struct yield_land land = make_land(CLASS_S2, NAN);
    land.polluted = 0.5;
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.95));
    for (int m = 0; m < METAL_COUNT; m++)
        content[m] = NAN;
    content[METAL_Cd] = 1000; /* nothing is said of it */
    land.content = content;
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.95));
    content[METAL_Zn] = 675;
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.9));
    content[METAL_Cu] = 400;
    assert_true(near(yield_of(&bound, &land).mean, 12 * 0.7));
    yield_release(&bound);
    arena_release(&arena);
}

static void the_factors_with_the_values(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct factor_config factors[] = {{.id = "slope"}, {.id = "water"}};
    struct config config = {.factors = {factors, 2}};
    char settings[1024];
    size_t at[YIELD_INPUTS];
    struct yield_bound bound;
    struct operator_use use = {.op =
                                   registry_find(&yield_registry, "miscanmod")};
    const char *rest = strstr(yield_op_of(&use)->example, ", climate");
    snprintf(settings, sizeof settings,
             "kind: miscanmod, rain: slope, awc: water%s", rest);
    make_model(&arena, &config, settings);
    assert_int_equal(yield_inputs(&config, at), TERRAMIS_OK);
    assert_true(at[YIELD_AWC] == 2 && at[YIELD_RAIN] == 1);
    assert_int_equal(at[YIELD_TEMPERATURE], 0);
    assert_int_equal(yield_bind(&bound, &config, "a"), TERRAMIS_OK);
    assert_memory_equal(bound.input, at, sizeof at);
    yield_release(&bound);
    factors[1].id = "watter";
    assert_int_equal(yield_inputs(&config, at), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p.yaml:"));
    assert_non_null(strstr(status_message(), "did you mean 'watter'?"));
    factors[1].id = "zzz";
    assert_int_equal(yield_inputs(&config, at), TERRAMIS_PROJECT);
    make_model(&arena, &config, "kind: class");
    assert_int_equal(yield_inputs(&config, at), TERRAMIS_OK);
    assert_int_equal(at[YIELD_AWC], 0); /* needs none */
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(penalties_and_range),
        cmocka_unit_test(the_factors_with_the_values),
        cmocka_unit_test(sampled_soil),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
