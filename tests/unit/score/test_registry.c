#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "score/score.h"
#include "unit/contract.h"
#include "unit/settings.h"

enum {
    FACTORS = 5,
    CELLS = 300
};

/* A random case for any combiner. */
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

/* A combiner with the settings of its example, bound to FACTORS inputs. */
static struct operator_use bound_example(struct arena *arena, size_t k)
{
    const struct operator* op = combiner_registry.ops[k];
    struct operator_use use = {.op = op};
    const char *example = combiner_of(&use)->example, *problem;
    char settings[256];
    snprintf(settings, sizeof settings, "kind: %s%s%s", op->name,
             example ? ", " : "", example ? example : "");
    if (!read_use(arena, &combiner_registry, settings, &use, &problem))
        fail_msg("%s: %s", settings, problem);
    if (combiner_of(&use)->bind)
        assert_int_equal(combiner_of(&use)->bind(use.params, FACTORS),
                         TERRAMIS_OK);
    return use;
}

static void run(const struct operator_use *use, struct sample *s)
{
    s->score[0] = s->score[CELLS + 1] = -7;
    combiner_of(use)->run(use->params, s->rows, s->weight, FACTORS, CELLS,
                          s->score + 1);
    assert_true(s->score[0] == -7 && s->score[CELLS + 1] == -7);
}

/* Calls check() for every combiner with its example. */
static void for_all(void (*check)(const struct operator_use *use))
{
    struct arena arena = {0};
    for (size_t k = 0; k < combiner_registry.count; k++) {
        struct operator_use use = bound_example(&arena, k);
        check(&use);
    }
    arena_release(&arena);
}

static void the_table_is_complete(void **state)
{
    (void)state;
    assert_true(registry_keeps_contract(&combiner_registry));
    assert_true(registry_cites(&combiner_registry));
    for (size_t k = 0; k < combiner_registry.count; k++) {
        struct operator_use use = {.op = combiner_registry.ops[k]};
        assert_non_null(combiner_of(&use)->run);
        assert_non_null(use.op->formula);
        /* settings need an example to be tried with */
        assert_true(!use.op->params || combiner_of(&use)->example);
    }
}

static void check_bounds(const struct operator_use *use)
{
    bool mean = combiner_of(use)->mean;
    struct sample s;
    fill(&s, 4);
    for (int f = 0; f < FACTORS; f++)
        s.x[f][17] = NAN; /* no factor has data */
    run(use, &s);
    for (int i = 0; i < CELLS; i++) {
        float low = INFINITY, high = -INFINITY, score = s.score[i + 1];
        for (int f = 0; f < FACTORS; f++)
            if (!isnan(s.x[f][i])) {
                low = fminf(low, s.x[f][i]);
                high = fmaxf(high, s.x[f][i]);
            }
        assert_int_equal(isnan(score), !isfinite(low));
        if (isnan(score))
            continue;
        assert_true(score >= 0 && score <= 100);
        if (mean)
            assert_true(score >= 100 * low - 1e-4F &&
                        score <= 100 * high + 1e-4F);
    }
    assert_true(isnan(s.score[18]));
    /* all alike: the score is that value; nothing and everything, always */
    for (int i = 0; i < CELLS; i++)
        for (int f = 0; f < FACTORS; f++)
            s.x[f][i] = (float)(i % 5) / 4;
    run(use, &s);
    for (int i = 0; i < CELLS; i++)
        if (mean || i % 5 == 0 || i % 5 == 4)
            assert_true(fabsf(s.score[i + 1] - 25.0F * (float)(i % 5)) < 1e-5F);
}

static void scores_between_the_least_and_the_best(void **state)
{
    (void)state;
    srand(11);
    for_all(check_bounds);
}

/* Scores with the memberships of factor f raised by `step`. */
static void run_better(const struct operator_use *use, const struct sample *s,
                       int f, float step, struct sample *better)
{
    *better = *s;
    for (int g = 0; g < FACTORS; g++)
        better->rows[g] = better->x[g];
    for (int i = 0; i < CELLS; i++)
        if (!isnan(s->x[f][i]))
            better->x[f][i] = fminf(1, better->x[f][i] + step);
    run(use, better);
}

static void check_monotone(const struct operator_use *use)
{
    struct sample s, better;
    fill(&s, 6);
    for (int f = 0; !combiner_of(use)->monotone && f < FACTORS; f++)
        s.weight[f] = 0.2;
    run(use, &s);
    for (int f = 0; f < FACTORS; f++)
        for (int step = 1; step <= 100; step *= 10) {
            run_better(use, &s, f, 0.01F * (float)step, &better);
            for (int i = 1; i <= CELLS; i++)
                if (!isnan(s.score[i]))
                    assert_true(better.score[i] >= s.score[i] - 1e-5F);
        }
}

/* Metamorphic: raising one factor never lowers the score. */
static void better_land_never_scores_less(void **state)
{
    (void)state;
    srand(12);
    for_all(check_monotone);
}

static void check_order(const struct operator_use *use)
{
    struct sample s, turned;
    fill(&s, 6);
    for (int i = 0; i < CELLS; i += 3) /* ties */
        s.x[1][i] = s.x[4][i] = s.x[0][i];
    run(use, &s);
    for (int f = 0; f < FACTORS; f++) {
        int g = (f * 2 + 1) % FACTORS;
        turned.rows[f] = s.x[g];
        turned.weight[f] = s.weight[g];
    }
    run(use, &turned);
    for (int i = 1; i <= CELLS; i++)
        assert_true(isnan(s.score[i])
                        ? isnan(turned.score[i])
                        : fabsf(s.score[i] - turned.score[i]) < 1e-4F);
}

/* The order in which the factors are written does not matter. */
static void factors_may_change_places(void **state)
{
    (void)state;
    srand(13);
    for_all(check_order);
}

static void check_scale(const struct operator_use *use)
{
    struct sample s, scaled;
    fill(&s, 6);
    run(use, &s);
    for (int f = 0; f < FACTORS; f++) {
        scaled.rows[f] = s.x[f];
        scaled.weight[f] = 3.7 * s.weight[f];
    }
    run(use, &scaled);
    for (int i = 1; i <= CELLS; i++)
        assert_true(isnan(s.score[i])
                        ? isnan(scaled.score[i])
                        : fabsf(s.score[i] - scaled.score[i]) < 1e-4F);
}

/* Only the proportions of the weights count. */
static void weights_may_be_scaled(void **state)
{
    (void)state;
    srand(14);
    for_all(check_scale);
}

static void check_absent(const struct operator_use *use)
{
    struct sample s, other;
    fill(&s, 6);
    s.weight[2] = 0;
    run(use, &s);
    other = s;
    for (int f = 0; f < FACTORS; f++)
        other.rows[f] = other.x[f];
    for (int i = 0; i < CELLS; i++)
        other.x[2][i] = i % 3 ? 0 : 1;
    run(use, &other);
    for (int i = 1; i <= CELLS; i++)
        if (!isnan(s.score[i]))
            assert_true(s.score[i] == other.score[i]);
}

/* A factor of weight 0 has nothing to say. */
static void weight_0_is_left_out(void **state)
{
    (void)state;
    srand(15);
    for_all(check_absent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(scores_between_the_least_and_the_best),
        cmocka_unit_test(better_land_never_scores_less),
        cmocka_unit_test(factors_may_change_places),
        cmocka_unit_test(weights_may_be_scaled),
        cmocka_unit_test(weight_0_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
