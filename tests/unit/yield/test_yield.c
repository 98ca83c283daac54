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

static void the_factor_with_the_water(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct factor_config factors[] = {{.id = "slope"}, {.id = "water"}};
    struct config config = {.factors = {factors, 2}};
    char settings[1024];
    size_t f;
    struct operator_use use = {.op =
                                   registry_find(&yield_registry, "miscanmod")};
    const char *rest = strstr(yield_op_of(&use)->example, ", climate");
    snprintf(settings, sizeof settings, "kind: miscanmod, awc: water%s", rest);
    make_model(&arena, &config, settings);
    assert_int_equal(yield_awc_factor(&config, &f), TERRAMIS_OK);
    assert_int_equal(f, 1);
    factors[1].id = "watter";
    assert_int_equal(yield_awc_factor(&config, &f), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p.yaml:"));
    assert_non_null(strstr(status_message(), "did you mean 'watter'?"));
    factors[1].id = "zzz";
    assert_int_equal(yield_awc_factor(&config, &f), TERRAMIS_PROJECT);
    make_model(&arena, &config, "kind: class");
    assert_int_equal(yield_awc_factor(&config, &f), TERRAMIS_OK);
    assert_int_equal(f, 2); /* needs none */
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(penalties_and_range),
        cmocka_unit_test(the_factor_with_the_water),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
