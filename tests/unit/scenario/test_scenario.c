#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/scenario.h"
#include "unit/yield/make.h"

enum {
    FACTORS = 2,
    PARCELS = 4,
    HORIZON = 4
};

static const int64_t ha = 100000000;

/* Four parcels of two factors, weights 0.75 and 0.25:
 *   a 2 ha polluted 1, .2: 80     b 4 ha catchment .5, .9: 60
 *   c 1 ha, half right-of-way .4, .8: 50    d nothing plantable */
struct world {
    struct config config;
    struct factor_config factors[FACTORS];
    double shares[2], weight[FACTORS];
    struct combination combination;
    struct yield_bound yield;
    struct arena arena;
    int64_t areas[PARCELS][FACTORS], sums[PARCELS][FACTORS];
    struct parcel items[PARCELS];
    struct parcels parcels;
    struct scenario_base base;
    struct scenario_config scenario;
    struct scenarios result;
};

static void set_parcel(struct world *w, int i, int64_t area, double x, double y)
{
    static const char *const ids[] = {"a", "b", "c", "d"};
    /* cells of which one MOSAIC_ONE-th is one ZONAL_UNIT */
    struct parcel *p = &w->items[i];
    *p = (struct parcel){
        .id = ids[i], .factor_area = w->areas[i], .factor_sum = w->sums[i]};
    const double values[] = {x, y};
    p->sums.plantable = p->sums.scored = area;
    p->sums.score = llround((0.75 * x + 0.25 * y) * 100 * (double)SCORE_STEPS *
                            (double)area);
    for (int f = 0; f < FACTORS; f++) {
        w->areas[i][f] = area;
        w->sums[i][f] =
            llround(values[f] * (double)MEMBERSHIP_STEPS * (double)area);
    }
}

static void open_world(struct world *w)
{
    memset(w, 0, sizeof *w);
    w->weight[0] = 0.75;
    w->weight[1] = 0.25;
    w->shares[1] = 0.5;
    for (int f = 0; f < FACTORS; f++)
        w->factors[f] = (struct factor_config){.group_index = WEIGHTS_NO_GROUP,
                                               .caps = {NAN, NAN, NAN, NAN}};
    w->config = (struct config){
        .factors = {w->factors, FACTORS},
        .combine = {.op = registry_find(&combiner_registry, "wlc")},
        .classes = {75, 50, 25, 12.5},
        .yields = {.spread = 0.25, .polluted = 1},
        .establishment = {{w->shares, 2}, 20, 0, 20},
        .planting = {HORIZON, 3, {NULL, 0}}};
    make_model(&w->arena, &w->config, "kind: class");
    assert_int_equal(yield_bind(&w->yield, &w->config, "a"), TERRAMIS_OK);
    assert_int_equal(combination_open(&w->combination, &w->config),
                     TERRAMIS_OK);
    set_parcel(w, 0, 2 * ha, 1, 0.2);
    set_parcel(w, 1, 4 * ha, 0.5, 0.9);
    set_parcel(w, 2, ha, 0.4, 0.8);
    set_parcel(w, 3, 0, 0, 0);
    w->items[0].sums.plantable_kind[KIND_POLLUTED_SOIL] = 2 * ha;
    w->items[1].sums.plantable_kind[KIND_CATCHMENT] = 4 * ha;
    w->items[2].sums.plantable_kind[KIND_RIGHT_OF_WAY] = ha / 2 + 1;
    w->parcels = (struct parcels){
        .items = w->items, .count = PARCELS, .factors = FACTORS};
    assert_int_equal(
        parcels_finish(&w->parcels, &w->config, w->weight, &w->yield, 20.48),
        TERRAMIS_OK);
    w->base = (struct scenario_base){&w->config, &w->combination, w->weight,
                                     &w->parcels, &w->yield};
    w->scenario = (struct scenario_config){
        .id = "s", .classes = w->config.classes, .rate = 3};
}

static const struct scenario *run(struct world *w)
{
    scenarios_release(&w->result);
    w->config.scenarios = (struct list){&w->scenario, 1};
    assert_int_equal(scenarios_run(&w->result, &w->base), TERRAMIS_OK);
    assert_int_equal(w->result.count, 2);
    assert_int_equal(w->result.horizon, HORIZON);
    assert_null(w->result.items[0].config);
    assert_string_equal(scenario_id(&w->result.items[0]), "base");
    assert_string_equal(scenario_id(&w->result.items[1]), "s");
    return &w->result.items[1];
}

static void close_world(struct world *w)
{
    scenarios_release(&w->result);
    combination_release(&w->combination);
    yield_release(&w->yield);
    arena_release(&w->arena);
}

static void is_year(const struct world *w, int kind, int year, double planted,
                    double standing, double harvest)
{
    const struct scenario_year *y =
        scenario_year(&w->result, &w->result.items[0], kind, year);
    assert_true(fabs(zonal_ha(y->planted) - planted) < 1e-7);
    assert_true(fabs(zonal_ha(y->standing) - standing) < 1e-7);
    assert_true(fabs(y->harvest - harvest) < 1e-5);
    assert_true(fabs(y->low - 0.75 * harvest) < 1e-5);
    assert_true(fabs(y->high - 1.25 * harvest) < 1e-5);
}

/* 3 ha a year: a (2 ha, 15 t) and 1 ha of b (12 t), 3 ha of b, then c (12 t).
 * Shares 0, 0.5, 1. */
static void worked_example(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    run(&w);
    is_year(&w, SCENARIO_ANY, 1, 3, 3, 0);
    is_year(&w, SCENARIO_ANY, 2, 3, 6, 21);
    is_year(&w, SCENARIO_ANY, 3, 1, 7, 42 + 18);
    is_year(&w, SCENARIO_ANY, 4, 0, 7, 42 + 36 + 6);
    is_year(&w, KIND_POLLUTED_SOIL, 1, 2, 2, 0);
    is_year(&w, KIND_POLLUTED_SOIL, 4, 0, 2, 30);
    is_year(&w, KIND_CATCHMENT, 2, 3, 4, 6);
    is_year(&w, KIND_RIGHT_OF_WAY, 4, 0, 0.5, 3);
    const struct scenario_parcel *p = w.result.items[0].parcels;
    assert_true(p[0].year == 1 && p[1].year == 1 && p[2].year == 3);
    assert_true(p[3].year == 0 && p[3].rank == 0 && isnan(p[3].score));
    close_world(&w);
}

/* Every part of a parcel's kinds is counted once, however it is cut. */
static void kinds_sum_up_exactly(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    w.config.planting.rate = w.scenario.rate = 2.0 / 3;
    w.items[1].sums.plantable_kind[KIND_RIGHT_OF_WAY] = 123456789;
    w.config.planting.horizon = 50;
    w.config.scenarios.count = 0;
    assert_int_equal(scenarios_run(&w.result, &w.base), TERRAMIS_OK);
    for (int kind = 0; kind < SCENARIO_KINDS; kind++) {
        int64_t planted = 0, all = 0;
        for (int year = 1; year <= 50; year++)
            planted += scenario_year(&w.result, &w.result.items[0], kind, year)
                           ->planted;
        for (int i = 0; i < PARCELS; i++)
            all += kind == SCENARIO_ANY ? w.items[i].sums.plantable
                                        : w.items[i].sums.plantable_kind[kind];
        assert_true(planted == all);
    }
    close_world(&w);
}

/* To the bit, whether the weights are not given or the same again. */
static void equal_scenario_makes_no_difference(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    for (int given = 0; given < 2; given++) {
        double same[] = {0.75, 0.25};
        w.scenario.factor_weights = given ? same : NULL;
        const struct scenario *s = run(&w), *base = &w.result.items[0];
        for (int i = 0; i < PARCELS; i++) {
            assert_memory_equal(&s->parcels[i].score, &w.items[i].score,
                                sizeof(double));
            assert_int_equal(s->parcels[i].class, w.items[i].class);
            assert_int_equal(s->parcels[i].rank, w.items[i].rank);
            assert_int_equal(s->parcels[i].year, base->parcels[i].year);
        }
        assert_memory_equal(s->years, base->years,
                            SCENARIO_KINDS * HORIZON * sizeof *s->years);
    }
    close_world(&w);
}

/* Weights 0 and 1: the scores are the second factor's; c before b before a. */
static void other_weights(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    double second[] = {0, 1};
    w.scenario.factor_weights = second;
    const struct scenario *s = run(&w);
    static const double expected[] = {20, 90, 80};
    static const int ranks[] = {3, 1, 2};
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(s->parcels[i].score - expected[i]) < 1e-3);
        assert_int_equal(s->parcels[i].rank, ranks[i]);
        assert_true(w.items[i].rank == i + 1); /* the project's stay */
    }
    assert_int_equal(s->parcels[0].class, CLASS_N1);
    assert_int_equal(s->parcels[0].year, 0); /* not suitable: not planted */
    close_world(&w);
}

static void other_limits_and_least_land(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    w.scenario.classes = (struct class_config){90, 85, 55, 10};
    w.scenario.min_plantable = 3;
    const struct scenario *s = run(&w);
    assert_int_equal(s->parcels[0].class, CLASS_S3);
    assert_int_equal(s->parcels[2].class, CLASS_N1);
    assert_true(s->parcels[0].rank == 0 && s->parcels[1].rank == 1);
    const struct scenario_year *y =
        scenario_year(&w.result, s, SCENARIO_ANY, HORIZON);
    assert_true(y->standing == 4 * ha);
    /* 3 ha since year 1, 1 ha since year 2, 8 t */
    assert_true(fabs(y->harvest - 4 * 8) < 1e-6);
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),
        cmocka_unit_test(kinds_sum_up_exactly),
        cmocka_unit_test(equal_scenario_makes_no_difference),
        cmocka_unit_test(other_weights),
        cmocka_unit_test(other_limits_and_least_land),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
