#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uncertainty/monte_carlo.h"
#include "unit/uncertainty/made.h"

static const double weights[] = {0.5, 0.3, 0.2};

static void run(struct made *m, int threads, struct sensitivity *indices)
{
    struct model model;
    assert_int_equal(model_open(&model, &m->analysis, 1), TERRAMIS_OK);
    assert_int_equal(sensitivity_run(&model, indices, threads), TERRAMIS_OK);
    model_close(&model);
}

static void fill(struct made *m)
{
    for (size_t i = 0; i < m->analysis.parcels.count; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(m, i, f, 4 + 0.01 * (double)i);
    made_finish(m);
}

/* A linear model with independent inputs: index w^2 s^2 / sum, the total as the
 * first order. */
static void linear_model(void **state)
{
    (void)state;
    struct made m;
    struct sensitivity s[MADE_FACTORS];
    static const double sd[] = {0.04, 0.1, 0.05};
    double all = 0;
    made_open(&m, 40, weights);
    made_uncertain(&m, 0)->error = sd[0] * 10;
    made_uncertain(&m, 1)->membership = sd[1];
    made_uncertain(&m, 2)->shift = sd[2] * 10;
    m.config.uncertainty.draws = 4000;
    fill(&m);
    run(&m, 1, s);
    for (int f = 0; f < MADE_FACTORS; f++)
        all += pow(weights[f] * sd[f], 2);
    for (int f = 0; f < MADE_FACTORS; f++) {
        double index = pow(weights[f] * sd[f], 2) / all;
        assert_true(fabs(s[f].first - index) < 0.02);
        assert_true(fabs(s[f].total - index) < 0.02);
    }
    made_close(&m);
}

/* One factor alone has all of it, the others nothing. */
static void one_factor(void **state)
{
    (void)state;
    struct made m;
    struct sensitivity s[MADE_FACTORS];
    made_open(&m, 3, weights);
    made_uncertain(&m, 2)->membership = 0.1;
    fill(&m);
    run(&m, 1, s);
    assert_true(fabs(s[2].first - 1) < 0.15 && fabs(s[2].total - 1) < 0.15);
    assert_true(s[0].first == 0 && s[0].total == 0);
    made_close(&m);
}

/* Weight times error is more than each alone: the total exceeds the first
 * order, and the first orders stay below 1. */
static void interactions(void **state)
{
    (void)state;
    struct made m;
    struct sensitivity s[MADE_FACTORS];
    double first = 0, total = 0;
    made_open(&m, 8, weights);
    made_uncertain(&m, 0)->membership = 0.2;
    made_uncertain(&m, 1)->membership = 0.2;
    m.config.uncertainty.concentration = 3;
    m.config.uncertainty.draws = 3000;
    fill(&m);
    run(&m, 1, s);
    for (int f = 0; f < MADE_FACTORS; f++)
        first += s[f].first, total += s[f].total;
    assert_true(s[0].total > s[0].first && s[1].total > s[1].first);
    assert_true(first < 1 && total > 1);
    made_close(&m);
}

static void nothing_varies(void **state)
{
    (void)state;
    struct made m;
    struct sensitivity s[MADE_FACTORS];
    made_open(&m, 2, weights);
    fill(&m);
    run(&m, 1, s);
    assert_true(isnan(s[0].first) && isnan(s[0].total));
    made_close(&m);
}

static void same_bits_for_any_threads(void **state)
{
    (void)state;
    struct made m;
    struct sensitivity one[MADE_FACTORS], three[MADE_FACTORS];
    made_open(&m, 100, weights);
    made_uncertain(&m, 0)->error = 1;
    m.config.uncertainty.concentration = 20;
    fill(&m);
    run(&m, 1, one);
    run(&m, 3, three);
    assert_memory_equal(one, three, sizeof one);
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_model),
        cmocka_unit_test(one_factor),
        cmocka_unit_test(interactions),
        cmocka_unit_test(nothing_varies),
        cmocka_unit_test(same_bits_for_any_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
