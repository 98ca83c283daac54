#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/explain.h"
#include "unit/uncertainty/made.h"

static const double weights[] = {0.5, 0.3, 0.2};

/* A parcel with memberships 0.8, 0.5, 0.4: score 63, class S2. */
struct case_of {
    struct made m;
    struct explained e;
    struct explained_factor factors[MADE_FACTORS];
    struct raise raises[MADE_FACTORS];
};

static void begin(struct case_of *c)
{
    static const double x[] = {0.8, 0.5, 0.4};
    memset(c, 0, sizeof *c);
    made_open(&c->m, 1, weights);
    c->e = (struct explained){
        .config = &c->m.config, .factors = c->factors, .count = MADE_FACTORS};
    c->e.texts[EXPLAIN_CLASS] = "S2";
    c->e.numbers[EXPLAIN_SCORE] = 63;
    for (int f = 0; f < MADE_FACTORS; f++)
        c->factors[f] =
            (struct explained_factor){.config = &c->m.factor_configs[f],
                                      .unit = "m",
                                      .value = 10 * x[f],
                                      .membership = x[f]};
}

static void look(struct case_of *c)
{
    assert_int_equal(explain_raises(&c->e, c->raises), TERRAMIS_OK);
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-4;
}

/* 12 points more: 0.24 of the first factor is too much, 0.4 of the second, 0.6
 * of the third to the dot. */
static void weighted_sum(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    assert_int_equal(explain_next(&c.e), CLASS_S1);
    look(&c);
    assert_false(c.raises[0].enough);
    assert_true(isnan(c.raises[0].membership) && isnan(c.raises[0].value));
    assert_true(c.raises[1].enough && near(c.raises[1].membership, 0.9));
    assert_true(fabs(c.raises[1].value - 9) < 1e-3);
    assert_true(c.raises[2].enough && near(c.raises[2].membership, 1));
    assert_true(fabs(c.raises[2].value - 10) < 1e-3);
    made_close(&c.m);
}

/* The cells' score is not that of the means: what is missing counts. */
static void uneven_parcel(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    c.e.numbers[EXPLAIN_SCORE] = 69;
    look(&c);
    assert_true(near(c.raises[0].membership, 0.92));
    assert_true(near(c.raises[1].membership, 0.7));
    made_close(&c.m);
}

/* The geometric mean, by search: prod(x^w) = 0.75. */
static void another_rule(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    c.m.config.combine.op = registry_find(&combiner_registry, "geometric");
    double now = pow(0.8, 0.5) * pow(0.5, 0.3) * pow(0.4, 0.2);
    c.e.numbers[EXPLAIN_SCORE] = 100 * now;
    look(&c);
    assert_false(c.raises[0].enough);
    double second = 0.5 * pow(0.75 / now, 1 / 0.3);
    assert_true(c.raises[1].enough == (second <= 1));
    if (second <= 1)
        assert_true(fabs(c.raises[1].membership - second) < 2e-4);
    made_close(&c.m);
}

/* Where a severe limitation caps the class, only its factor lifts it. */
static void severe_limitation(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    c.m.config.capped = true;
    c.m.factor_configs[2].caps.n1 = 0.45;
    c.e.texts[EXPLAIN_CLASS] = "N1";
    look(&c);
    assert_int_equal(explain_next(&c.e), CLASS_S3);
    assert_false(c.raises[0].enough || c.raises[1].enough);
    assert_true(c.raises[2].enough);
    assert_true(fabs(c.raises[2].membership - 0.45) < 2e-4);
    made_close(&c.m);
}

static void nothing_better(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    c.e.texts[EXPLAIN_CLASS] = "S1";
    assert_int_equal(explain_next(&c.e), CLASS_NONE);
    look(&c);
    assert_false(c.raises[1].enough);
    c.e.texts[EXPLAIN_CLASS] = NULL; /* nothing plantable */
    assert_int_equal(explain_next(&c.e), CLASS_NONE);
    made_close(&c.m);
}

static void factors_without_data(void **state)
{
    (void)state;
    struct case_of c;
    begin(&c);
    c.factors[1].membership = c.factors[1].value = NAN;
    c.factors[2].value = NAN; /* classes */
    c.e.numbers[EXPLAIN_SCORE] = 100 * (0.4 + 0.08) / 0.7;
    look(&c);
    assert_false(c.raises[1].enough);
    assert_true(c.raises[2].enough && isnan(c.raises[2].value));
    made_close(&c.m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_sum),
        cmocka_unit_test(uneven_parcel),
        cmocka_unit_test(another_rule),
        cmocka_unit_test(severe_limitation),
        cmocka_unit_test(nothing_better),
        cmocka_unit_test(factors_without_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
