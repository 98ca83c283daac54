#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "score/score.h"
#include "unit/contract.h"

enum {
    FACTORS = 5,
    CELLS = 300
};

/* A random case for any combiner without settings. */
struct sample {
    float x[FACTORS][CELLS];
    const float *rows[FACTORS];
    double weight[FACTORS];
    float score[CELLS + 2];
};

static void fill(struct sample *s, int holes)
{
    double sum = 0;
    for (int f = 0; f < FACTORS; f++) {
        s->rows[f] = s->x[f];
        sum += s->weight[f] = 1 + rand() % 9;
        for (int i = 0; i < CELLS; i++)
            s->x[f][i] = holes && rand() % holes == 0
                             ? NAN
                             : (float)rand() / (float)RAND_MAX;
    }
    for (int f = 0; f < FACTORS; f++)
        s->weight[f] /= sum;
}

static void run(const struct combiner_op *op, struct sample *s)
{
    s->score[0] = s->score[CELLS + 1] = -7;
    op->run(NULL, s->rows, s->weight, FACTORS, CELLS, s->score + 1);
    assert_true(s->score[0] == -7 && s->score[CELLS + 1] == -7);
}

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&combiner_registry));
    assert_true(registry_cites(&combiner_registry));
    struct operator_use use = {.op = combiner_registry.ops[0]};
    assert_non_null(combiner_of(&use)->run);
}

static void scores_between_the_least_and_the_best(void **state)
{
    (void)state;
    srand(11);
    for (size_t k = 0; k < combiner_registry.count; k++) {
        struct operator_use use = {.op = combiner_registry.ops[k]};
        struct sample s;
        fill(&s, 4);
        for (int f = 0; f < FACTORS; f++)
            s.x[f][17] = NAN; /* no factor has data */
        run(combiner_of(&use), &s);
        for (int i = 0; i < CELLS; i++) {
            float low = INFINITY, high = -INFINITY, score = s.score[i + 1];
            for (int f = 0; f < FACTORS; f++)
                if (!isnan(s.x[f][i])) {
                    low = fminf(low, s.x[f][i]);
                    high = fmaxf(high, s.x[f][i]);
                }
            assert_int_equal(isnan(score), !isfinite(low));
            if (!isnan(score))
                assert_true(score >= 100 * low - 1e-4F &&
                            score <= 100 * high + 1e-4F);
        }
        assert_true(isnan(s.score[18]));
        /* all alike: the score is that value, 0 and 1 exactly */
        for (int i = 0; i < CELLS; i++)
            for (int f = 0; f < FACTORS; f++)
                s.x[f][i] = (float)(i % 5) / 4;
        run(combiner_of(&use), &s);
        for (int i = 0; i < CELLS; i++)
            assert_true(fabsf(s.score[i + 1] - 25.0F * (float)(i % 5)) < 1e-5F);
    }
}

/* Metamorphic: raising one factor never lowers the score. */
static void better_land_never_scores_less(void **state)
{
    (void)state;
    srand(12);
    for (size_t k = 0; k < combiner_registry.count; k++) {
        struct operator_use use = {.op = combiner_registry.ops[k]};
        struct sample s, better;
        fill(&s, 6);
        run(combiner_of(&use), &s);
        for (int f = 0; f < FACTORS; f++) {
            better = s;
            for (int g = 0; g < FACTORS; g++)
                better.rows[g] = better.x[g];
            for (int i = 0; i < CELLS; i++)
                better.x[f][i] = fminf(1, better.x[f][i] + 0.1F);
            for (int i = 0; i < CELLS; i++)
                if (isnan(s.x[f][i]))
                    better.x[f][i] = NAN;
            run(combiner_of(&use), &better);
            for (int i = 1; i <= CELLS; i++)
                if (!isnan(s.score[i]))
                    assert_true(better.score[i] >= s.score[i]);
        }
    }
}

/* The order in which the factors are written does not matter. */
static void factors_may_change_places(void **state)
{
    (void)state;
    srand(13);
    for (size_t k = 0; k < combiner_registry.count; k++) {
        struct operator_use use = {.op = combiner_registry.ops[k]};
        struct sample s, turned;
        fill(&s, 6);
        run(combiner_of(&use), &s);
        for (int f = 0; f < FACTORS; f++) {
            int g = (f * 2 + 1) % FACTORS;
            turned.rows[f] = s.x[g];
            turned.weight[f] = s.weight[g];
        }
        run(combiner_of(&use), &turned);
        for (int i = 1; i <= CELLS; i++)
            assert_true(isnan(s.score[i])
                            ? isnan(turned.score[i])
                            : fabsf(s.score[i] - turned.score[i]) < 1e-4F);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(scores_between_the_least_and_the_best),
        cmocka_unit_test(better_land_never_scores_less),
        cmocka_unit_test(factors_may_change_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
