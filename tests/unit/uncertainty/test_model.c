#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "uncertainty/model.h"
#include "unit/uncertainty/made.h"

static const double weights[] = {0.5, 0.3, 0.2};

static void run(const struct made *m, uint32_t number, struct model *model,
                struct model_draw *draw, struct model_scratch **scratch)
{
    assert_int_equal(model_open(model, &m->analysis, 1), TERRAMIS_OK);
    assert_int_equal(model_scratch_new(model, scratch), TERRAMIS_OK);
    model_draw(model, (struct model_choice){.draw = number}, draw);
    model_run(model, draw, 0, *scratch);
}

static void finish(struct made *m, struct model *model,
                   struct model_scratch *scratch)
{
    model_scratch_free(scratch);
    model_close(model);
    made_close(m);
}

static void certain_scores_stay(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    struct model_draw draw;
    struct model_scratch *s;
    made_open(&m, 4, weights);
    for (size_t i = 0; i < 4; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, 2 + (double)i + f);
    made_finish(&m);
    m.analysis.parcels.items[1].score = 61;  /* its cells are uneven */
    m.analysis.parcels.items[2].score = NAN; /* nothing plantable */
    run(&m, 3, &model, &draw, &s);
    assert_int_equal(model.count, 3);
    assert_int_equal(model.item[2], 3);
    assert_true(draw.weight[0] == 0.5 && draw.weight[2] == 0.2);
    assert_true(fabsf(s->score[0] - 27) < 1e-3F);
    assert_true(fabsf(s->score[1] - 61) < 1e-3F);
    assert_true(fabsf(s->score[2] - 57) < 1e-3F);
    finish(&m, &model, s);
}

/* A shift of the points moves all memberships on the slope alike; plateaus
 * stay until the ramp reaches them. */
static void shifted_points(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    struct model_draw draw;
    struct model_scratch *s;
    static const double values[] = {3, 6, 40, -40};
    made_open(&m, 4, weights);
    for (size_t i = 0; i < 4; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, values[i]);
    made_uncertain(&m, 0)->shift = 0.5;
    made_finish(&m);
    for (uint32_t d = 0; d < 20; d++) {
        run(&m, d, &model, &draw, &s);
        float by = draw.shift[0] / 10;
        assert_true(fabsf(s->rows[0][0] - (0.3F - by)) < 1e-4F);
        assert_true(fabsf(s->rows[0][1] - (0.6F - by)) < 1e-4F);
        assert_true(s->rows[0][2] == 1 && s->rows[0][3] == 0);
        assert_true(fabsf(s->rows[1][0] - 0.3F) < 1e-5F); /* certain */
        model_scratch_free(s);
        model_close(&model);
    }
    made_close(&m);
}

static void spread_points(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    struct model_draw draw;
    struct model_scratch *s;
    static const double values[] = {5, 7.5, 0, 10};
    made_open(&m, 4, weights);
    for (size_t i = 0; i < 4; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, values[i]);
    made_uncertain(&m, 1)->spread = 20;
    made_finish(&m);
    for (uint32_t d = 0; d < 20; d++) {
        run(&m, d, &model, &draw, &s);
        assert_true(draw.width[1] > 0.4F && draw.width[1] < 2.5F);
        float expected = 0.5F + 0.25F / draw.width[1];
        expected = expected > 1 ? 1 : expected;
        assert_true(fabsf(s->rows[1][0] - 0.5F) < 1e-3F); /* the centre */
        assert_true(fabsf(s->rows[1][1] - expected) < 2e-3F);
        model_scratch_free(s);
        model_close(&model);
    }
    made_close(&m);
}

/* Dirichlet: mean w, variance w (1 - w) / (concentration + 1). Percent: never
 * further than said before they are scaled. */
static void drawn_weights(void **state)
{
    (void)state;
    enum {
        N = 20000
    };
    struct made m;
    struct model model;
    struct model_draw draw;
    double sum[MADE_FACTORS] = {0}, squares[MADE_FACTORS] = {0};
    made_open(&m, 1, weights);
    m.config.uncertainty.concentration = 30;
    assert_int_equal(model_open(&model, &m.analysis, 1), TERRAMIS_OK);
    for (uint32_t d = 0; d < N; d++) {
        double all = 0;
        model_draw(&model, (struct model_choice){.draw = d}, &draw);
        for (int f = 0; f < MADE_FACTORS; f++) {
            all += draw.weight[f];
            sum[f] += draw.weight[f] / N;
            squares[f] += draw.weight[f] * draw.weight[f] / N;
        }
        assert_true(fabs(all - 1) < 1e-12);
    }
    for (int f = 0; f < MADE_FACTORS; f++) {
        double variance = weights[f] * (1 - weights[f]) / 31;
        assert_true(fabs(sum[f] - weights[f]) < 5 * sqrt(variance / N));
        assert_true(fabs((squares[f] - sum[f] * sum[f]) / variance - 1) < 0.05);
    }
    m.config.uncertainty.concentration = NAN;
    m.config.uncertainty.percent = 10;
    for (uint32_t d = 0; d < 1000; d++) {
        model_draw(&model, (struct model_choice){.draw = d}, &draw);
        assert_true(draw.weight[0] / draw.weight[1] > 5.0 / 3 * 0.9 / 1.1);
        assert_true(draw.weight[0] / draw.weight[1] < 5.0 / 3 * 1.1 / 0.9);
    }
    model_close(&model);
    made_close(&m);
}

/* A factor of the other set of draws takes its weight, points and errors from
 * there; the others keep theirs. */
static void mixed_draws(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    struct model_draw a, b, mixed;
    made_open(&m, 1, weights);
    made_uncertain(&m, 0)->shift = 1;
    made_uncertain(&m, 1)->shift = 1;
    for (int f = 0; f < MADE_FACTORS; f++)
        made_value(&m, 0, f, 4);
    made_finish(&m);
    assert_int_equal(model_open(&model, &m.analysis, 1), TERRAMIS_OK);
    model_draw(&model, (struct model_choice){.draw = 9}, &a);
    model_draw(&model, (struct model_choice){.draw = 9, .second = true}, &b);
    model_draw(&model, (struct model_choice){.draw = 9, .other = 2}, &mixed);
    assert_true(a.shift[0] != b.shift[0] && a.shift[1] != b.shift[1]);
    assert_true(mixed.shift[0] == a.shift[0] && mixed.shift[1] == b.shift[1]);
    model_close(&model);
    made_close(&m);
}

static void capped_classes(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    struct model_draw draw;
    struct model_scratch *s;
    made_open(&m, 2, weights);
    for (size_t i = 0; i < 2; i++)
        for (int f = 0; f < MADE_FACTORS; f++)
            made_value(&m, i, f, f == 2 && i == 1 ? 0 : 10);
    made_finish(&m);
    m.config.capped = true;
    m.factor_configs[2].caps.n1 = 0.1;
    run(&m, 0, &model, &draw, &s);
    model_classes(&model, 0, s);
    assert_int_equal(s->class[0], CLASS_S1);
    assert_int_equal(s->class[1], CLASS_N1);
    finish(&m, &model, s);
}

static void too_large_for_a_mean(void **state)
{
    (void)state;
    struct made m;
    struct model model;
    made_open(&m, 1, weights);
    made_value(&m, 0, 0, 4);
    made_uncertain(&m, 0)->error = 1;
    made_finish(&m);
    m.analysis.parcels.items[0].score = 50;
    m.analysis.parcels.items[0].factor_raw[0] = RAW_UNKNOWN;
    assert_int_equal(model_open(&model, &m.analysis, 1), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "membership_error"));
    model_close(&model);
    made_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certain_scores_stay),
        cmocka_unit_test(shifted_points),
        cmocka_unit_test(spread_points),
        cmocka_unit_test(drawn_weights),
        cmocka_unit_test(mixed_draws),
        cmocka_unit_test(capped_classes),
        cmocka_unit_test(too_large_for_a_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
