#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "score/combination.h"
#include "unit/settings.h"

enum {
    FACTORS = 6,
    CELLS = 700 /* more than are done at a time */
};

/* Two groups, then two factors alone; mixed in the project's order. */
static const size_t group_of[FACTORS] = {0, WEIGHTS_NO_GROUP, 1, 0,
                                         1, WEIGHTS_NO_GROUP};

struct fixture {
    struct config config;
    struct factor_config factors[FACTORS];
    struct group_config groups[3];
    float x[FACTORS][CELLS];
    const float *rows[FACTORS];
    double weight[FACTORS];
    float score[CELLS];
};

static void read_rule(struct fixture *f, struct operator_use *use,
                      const char *settings)
{
    const char *problem;
    if (!read_use(&f->config.arena, &combiner_registry, settings, use,
                  &problem))
        fail_msg("%s: %s", settings, problem);
    use->at = (struct place){7, 9};
}

static void set_up(struct fixture *f, const char *rule, const char *inside,
                   bool grouped)
{
    *f = (struct fixture){.config = {.path = "p"}};
    f->config.factors = (struct list){f->factors, FACTORS};
    f->config.groups = (struct list){f->groups, grouped ? 3 : 0};
    for (size_t k = 0; k < FACTORS; k++) {
        f->factors[k].group_index = grouped ? group_of[k] : WEIGHTS_NO_GROUP;
        f->weight[k] = (double)(k + 1) / 21;
        f->rows[k] = f->x[k];
        for (int i = 0; i < CELLS; i++)
            f->x[k][i] = (float)rand() / (float)RAND_MAX;
    }
    read_rule(f, &f->config.combine, rule);
    if (inside)
        read_rule(f, &f->config.combine_inside, inside);
}

static void run(struct fixture *f)
{
    struct combination c;
    if (combination_open(&c, &f->config) != TERRAMIS_OK)
        fail_msg("%s", status_message());
    combination_run(&c, f->rows, f->weight, CELLS, f->score);
    combination_release(&c);
    arena_release(&f->config.arena);
}

static void without_groups_the_rule_alone(void **state)
{
    (void)state;
    struct fixture f;
    float alone[CELLS];
    set_up(&f, "kind: wlc", NULL, false);
    combiner_of(&f.config.combine)
        ->run(NULL, f.rows, f.weight, FACTORS, CELLS, alone);
    run(&f);
    assert_memory_equal(f.score, alone, sizeof alone);
}

/* The mean of means is the mean. */
static void groups_of_wlc_are_wlc(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "kind: wlc", NULL, true);
    run(&f);
    for (int i = 0; i < CELLS; i++) {
        double sum = 0;
        for (int k = 0; k < FACTORS; k++)
            sum += f.weight[k] * (double)f.x[k][i];
        assert_true(fabs((double)f.score[i] - 100 * sum) < 1e-4);
    }
}

/* Factors compensate inside a group, groups do not. */
static void another_rule_inside(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "kind: limiting", "kind: wlc", true);
    run(&f);
    for (int i = 0; i < CELLS; i++) {
        double a = ((double)f.x[0][i] + 4 * (double)f.x[3][i]) / 5;
        double b = (3 * (double)f.x[2][i] + 5 * (double)f.x[4][i]) / 8;
        double least =
            fmin(fmin(a, b), fmin((double)f.x[1][i], (double)f.x[5][i]));
        assert_true(fabs((double)f.score[i] - 100 * least) < 1e-4);
    }
}

/* A group without data leaves its weight to the others. */
static void groups_without_data(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "kind: wlc", NULL, true);
    for (int i = 0; i < CELLS; i++)
        f.x[0][i] = f.x[3][i] = NAN;
    f.x[1][9] = f.x[2][9] = f.x[4][9] = f.x[5][9] = NAN;
    run(&f);
    double sum = 3 * (double)f.x[2][5] + 5 * (double)f.x[4][5] +
                 2 * (double)f.x[1][5] + 6 * (double)f.x[5][5];
    assert_true(fabs((double)f.score[5] - 100 * sum / 16) < 1e-4);
    assert_true(isnan(f.score[9]));
}

static void order_weights_go_with_the_inputs(void **state)
{
    (void)state;
    struct fixture f;
    struct combination c;
    set_up(&f, "kind: owa, order_weights: [1, 2, 3, 4, 5, 6]", "kind: wlc",
           true);
    /* two groups and two factors: four inputs */
    assert_int_equal(combination_open(&c, &f.config), TERRAMIS_PROJECT);
    assert_non_null(
        strstr(status_message(), "p:7:9: owa: order_weights: 6 given, but 4"));
    combination_release(&c);
    arena_release(&f.config.arena);
    set_up(&f, "kind: owa, risk: 0.3, trade_off: 0.5", NULL, false);
    assert_int_equal(combination_open(&c, &f.config), TERRAMIS_OK);
    assert_int_equal(c.rule.inputs, FACTORS);
    combination_release(&c);
    arena_release(&f.config.arena);
}

/* What is printed of a rule: its order weights, as many as inputs, sum 1. */
static void order_weights_of_a_rule(void **state)
{
    (void)state;
    static const char *const rules[] = {"kind: owa, risk: 0.3, trade_off: 0.5",
                                        "kind: wowa, alpha: 2"};
    for (int r = 0; r < 2; r++) {
        struct fixture f;
        struct combination c;
        set_up(&f, rules[r], NULL, false);
        assert_int_equal(combination_open(&c, &f.config), TERRAMIS_OK);
        const double *order = c.rule.op->order(c.rule.params);
        double sum = 0;
        for (int i = 0; i < FACTORS; i++)
            sum += order[i];
        assert_true(fabs(sum - 1) < 1e-9);
        if (r == 1) /* 1 - (1 - p)^2 at 1/6, and its last step */
            assert_true(fabs(order[0] - 11.0 / 36) < 1e-9 &&
                        fabs(order[5] - 1.0 / 36) < 1e-9);
        combination_release(&c);
        arena_release(&f.config.arena);
    }
}

static void too_many(void **state)
{
    (void)state;
    struct fixture f;
    struct combination c;
    set_up(&f, "kind: wlc", "kind: wlc", true);
    f.factors[0].layer.at = (struct place){3, 4};
    f.config.factors.count = FACTORS_MAX + 1;
    assert_int_equal(combination_open(&c, &f.config), TERRAMIS_PROJECT);
    assert_string_equal(status_message(),
                        "p:3:4: factors: at most 255 factors (256 given)");
    combination_release(&c);
    f.config.factors.count = FACTORS;
    f.config.groups.count = GROUPS_MAX + 1;
    assert_int_equal(combination_open(&c, &f.config), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p:3:4: groups: at most"));
    combination_release(&c);
    arena_release(&f.config.arena);
}

static void sums_of_contributions(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, "kind: wlc", NULL, true);
    assert_true(combination_adds_up(&f.config));
    read_rule(&f, &f.config.combine_inside, "kind: limiting");
    assert_false(combination_adds_up(&f.config));
    f.config.groups.count = 0;
    assert_true(combination_adds_up(&f.config));
    read_rule(&f, &f.config.combine, "kind: topsis");
    assert_false(combination_adds_up(&f.config));
    arena_release(&f.config.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_groups_the_rule_alone),
        cmocka_unit_test(groups_of_wlc_are_wlc),
        cmocka_unit_test(another_rule_inside),
        cmocka_unit_test(groups_without_data),
        cmocka_unit_test(order_weights_go_with_the_inputs),
        cmocka_unit_test(order_weights_of_a_rule),
        cmocka_unit_test(too_many),
        cmocka_unit_test(sums_of_contributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
