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

static void run(struct made *m, int threads)
{
    struct model model;
    free(m->analysis.parcels.spreads);
    m->analysis.parcels.spreads =
        calloc(m->analysis.parcels.count, sizeof(struct spread));
    assert_int_equal(model_open(&model, &m->analysis, 1), TERRAMIS_OK);
    assert_int_equal(monte_carlo_run(&model, &m->analysis.parcels,
                                     m->analysis.parcels.spreads, threads),
                     TERRAMIS_OK);
    model_close(&model);
}

static void fill(struct made *m, double first, double step)
{
    for (size_t i = 0; i < m->analysis.parcels.count; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(m, i, f, first - step * (double)i + f);
    made_finish(m);
}

static double normal_below(double z)
{
    return erfc(-z * M_SQRT1_2) / 2;
}

/* Variance of sum(w x) under Dirichlet weights:
 * (sum(w x^2) - (sum w x)^2) / (concentration + 1). */
static void dirichlet_weights(void **state)
{
    (void)state;
    struct made m;
    static const double x[] = {0.9, 0.2, 0.5};
    made_open(&m, 1, weights);
    for (int f = 0; f < MADE_FACTORS; f++)
        made_value(&m, 0, f, 10 * x[f]);
    made_finish(&m);
    m.config.uncertainty.concentration = 24;
    m.config.uncertainty.draws = 10000;
    run(&m, 1);
    double mean = 0, square = 0;
    for (int f = 0; f < MADE_FACTORS; f++) {
        mean += weights[f] * x[f];
        square += weights[f] * x[f] * x[f];
    }
    double sd = 100 * sqrt((square - mean * mean) / 25);
    const struct spread *s = m.analysis.parcels.spreads;
    assert_true(fabs(s->mean - 100 * mean) < 4 * sd / 100);
    assert_true(fabs(s->sd / sd - 1) < 0.03);
    made_close(&m);
}

/* Independent errors: variances add up, the class is as likely as the normal
 * distribution says. */
static void independent_errors(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 1200, weights);
    made_uncertain(&m, 0)->error = 0.8; /* 0.08 of membership */
    made_uncertain(&m, 1)->membership = 0.1;
    m.config.uncertainty.draws = 4000;
    fill(&m, 5.5, 0.002);
    run(&m, 1);
    double sd = 100 * hypot(0.5 * 0.08, 0.3 * 0.1);
    for (size_t i = 0; i < 1200; i += 7) {
        const struct spread *s = &m.analysis.parcels.spreads[i];
        double score = m.analysis.parcels.items[i].score;
        assert_true(fabs(s->mean - score) < 5 * sd / sqrt(4000));
        assert_true(fabs(s->sd / sd - 1) < 0.06);
        assert_true(fabs(s->good - normal_below((score - 50) / sd)) < 0.04);
    }
    made_close(&m);
}

/* What all have in common does not change ranks; nothing does where nothing is
 * uncertain. */
static void ranks_stay(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 700, weights);
    fill(&m, 7.9, 0.01);
    m.config.uncertainty.percent = 0;
    run(&m, 1);
    for (size_t i = 0; i < 700; i++) {
        const struct spread *s = &m.analysis.parcels.spreads[i];
        assert_true(s->sd < 1e-4);
        assert_int_equal(s->rank_low, i + 1);
        assert_int_equal(s->rank_high, i + 1);
    }
    made_uncertain(&m, 2)->shift = 0.3;
    m.config.uncertainty.draws = 200;
    run(&m, 1);
    for (size_t i = 0; i < 700; i++) {
        const struct spread *s = &m.analysis.parcels.spreads[i];
        assert_true(s->sd > 0.4);
        assert_true(abs(s->rank_low - (int)i - 1) <= 1);
        assert_true(abs(s->rank_high - (int)i - 1) <= 1);
    }
    made_close(&m);
}

/* Equal parcels with errors: any rank, about as often; one far better stays the
 * first; one without rank has none. */
static void ranks_of_equals(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 102, weights);
    made_uncertain(&m, 0)->membership = 0.02;
    fill(&m, 5, 0);
    for (int f = 0; f < MADE_FACTORS; f++)
        made_value(&m, 0, f, 10);
    made_finish(&m);
    m.analysis.parcels.items[101].rank = 0;
    run(&m, 1);
    const struct spread *s = m.analysis.parcels.spreads;
    assert_int_equal(s[0].rank_low, 1);
    assert_int_equal(s[0].rank_high, 1);
    assert_int_equal(s[101].rank_low, 0);
    assert_true(s[101].sd > 0.5);
    for (size_t i = 1; i < 101; i++) {
        assert_true(s[i].rank_low >= 2 && abs(s[i].rank_low - 6) <= 5);
        assert_true(s[i].rank_high <= 101 && abs(s[i].rank_high - 96) <= 5);
    }
    made_close(&m);
}

/* A severe limitation ranks below, whatever the sum says. */
static void capped_ranks(void **state)
{
    (void)state;
    struct made m;
    made_open(&m, 3, weights);
    for (size_t i = 0; i < 3; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, i == 0 && f == 2 ? 0 : 9 - (double)i);
    made_finish(&m);
    m.config.capped = true;
    m.factor_configs[2].caps.n2 = 0.05;
    m.config.uncertainty.percent = 1;
    run(&m, 1);
    const struct spread *s = m.analysis.parcels.spreads;
    assert_int_equal(s[0].rank_low, 3);
    assert_int_equal(s[1].rank_high, 1);
    assert_int_equal(s[2].rank_high, 2);
    assert_true(s[0].good == 0 && s[1].good == 1);
    made_close(&m);
}

static void same_bits_for_any_threads(void **state)
{
    (void)state;
    struct made one, three;
    struct made *all[] = {&one, &three};
    for (int k = 0; k < 2; k++) {
        made_open(all[k], 1700, weights);
        made_uncertain(all[k], 0)->error = 1;
        made_uncertain(all[k], 1)->spread = 10;
        made_uncertain(all[k], 2)->membership = 0.1;
        all[k]->config.uncertainty.concentration = 40;
        all[k]->config.uncertainty.draws = 100;
        fill(all[k], 9, 0.004);
        run(all[k], k ? 3 : 1);
    }
    assert_memory_equal(one.analysis.parcels.spreads,
                        three.analysis.parcels.spreads,
                        1700 * sizeof(struct spread));
    one.config.uncertainty.seed = 2;
    run(&one, 1);
    assert_memory_not_equal(one.analysis.parcels.spreads,
                            three.analysis.parcels.spreads,
                            1700 * sizeof(struct spread));
    made_close(&one);
    made_close(&three);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dirichlet_weights),
        cmocka_unit_test(independent_errors),
        cmocka_unit_test(ranks_stay),
        cmocka_unit_test(ranks_of_equals),
        cmocka_unit_test(capped_ranks),
        cmocka_unit_test(same_bits_for_any_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
