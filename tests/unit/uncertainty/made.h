/**
 * @file made.h
 * @brief An analysis whose parcels are even: their values say all. Factors are
 * linear from 0 at 0 to 1 at 10, and combine by wlc.
 */
#ifndef UNIT_UNCERTAINTY_MADE_H
#define UNIT_UNCERTAINTY_MADE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "uncertainty/uncertainty.h"
#include "unit/settings.h"

enum {
    MADE_FACTORS = 3
};

struct made {
    struct arena arena;
    struct config config;
    struct factor_config factor_configs[MADE_FACTORS];
    struct factor factors[MADE_FACTORS];
    struct criterion_op criterion;
    struct territory territory;
    struct uncertainty_factor uncertain[MADE_FACTORS];
    struct plan plan;
    struct analysis analysis;
};

static inline void made_config(struct made *m, const double *weight)
{
    m->config = (struct config){
        .path = "p.yaml",
        .factors = {.items = m->factor_configs, .count = MADE_FACTORS},
        .classes = {75, 50, 25, 12.5},
        .uncertainty = {.on = true,
                        .draws = 1000,
                        .seed = 1,
                        .concentration = NAN,
                        .percent = NAN,
                        .factors = {.items = m->uncertain}}};
    m->config.combine.op = registry_find(&combiner_registry, "wlc");
    for (int f = 0; f < MADE_FACTORS; f++)
        m->factor_configs[f] =
            (struct factor_config){.id = "factor",
                                   .weight = weight[f],
                                   .group_index = WEIGHTS_NO_GROUP,
                                   .caps = {NAN, NAN, NAN, NAN}};
}

static inline void made_plan(struct made *m, const char *membership,
                             const double *weight)
{
    struct operator_use use;
    const char *why;
    assert_true(
        read_use(&m->arena, &membership_registry, membership, &use, &why));
    m->plan = (struct plan){.config = &m->config,
                            .territories = &m->territory,
                            .territory_count = 1,
                            .factors = m->factors,
                            .factor_count = MADE_FACTORS};
    for (int f = 0; f < MADE_FACTORS; f++) {
        m->factor_configs[f].membership = use;
        m->factors[f] = (struct factor){.config = &m->factor_configs[f],
                                        .criterion = &m->criterion,
                                        .membership = membership_of(&use),
                                        .weight = weight[f]};
        assert_int_equal(membership_bind(&m->factors[f].bound, &use, NULL),
                         TERRAMIS_OK);
    }
    assert_int_equal(combination_open(&m->plan.combination, &m->config),
                     TERRAMIS_OK);
}

/* Parcels with room for values; none has a score before made_finish(). */
static inline void made_parcels(struct made *m, size_t count,
                                const double *weight)
{
    struct parcels *p = &m->analysis.parcels;
    m->analysis = (struct analysis){.plan = &m->plan,
                                    .territory = &m->territory,
                                    .weight = malloc(3 * sizeof(double))};
    memcpy(m->analysis.weight, weight, MADE_FACTORS * sizeof(double));
    *p = (struct parcels){
        .items = calloc(count, sizeof *p->items),
        .count = count,
        .factors = MADE_FACTORS,
        .factor_sums = calloc(3 * MADE_FACTORS * count, sizeof(int64_t))};
    for (size_t i = 0; i < count; i++) {
        p->items[i].id = "parcel";
        p->items[i].score = NAN;
        p->items[i].factor_area = p->factor_sums + 3 * MADE_FACTORS * i;
        p->items[i].factor_sum = p->items[i].factor_area + MADE_FACTORS;
        p->items[i].factor_raw = p->items[i].factor_sum + MADE_FACTORS;
    }
}

static inline void made_open(struct made *m, size_t count, const double *weight)
{
    memset(m, 0, sizeof *m);
    made_config(m, weight);
    made_plan(m, "kind: linear, points: [[0, 0], [10, 1]]", weight);
    made_parcels(m, count, weight);
}

static inline void made_value(struct made *m, size_t parcel, int f,
                              double value)
{
    struct parcel *p = &m->analysis.parcels.items[parcel];
    float in = (float)value, x;
    m->factors[f].membership->run(&m->factors[f].bound, &in, 1, &x);
    p->factor_area[f] = 1000;
    p->factor_raw[f] = llround(value * 1000 * (double)RAW_STEPS);
    p->factor_sum[f] = llround((double)x * 1000 * (double)MEMBERSHIP_STEPS);
}

/* Scores and ranks: in the order of the parcels, best first. */
static inline void made_finish(struct made *m)
{
    for (size_t i = 0; i < m->analysis.parcels.count; i++) {
        struct parcel *p = &m->analysis.parcels.items[i];
        p->score = 0;
        p->rank = (int)i + 1;
        for (int f = 0; f < MADE_FACTORS; f++)
            p->score +=
                100 * m->analysis.weight[f] * parcel_membership(p, (size_t)f);
    }
}

static inline struct uncertainty_factor *made_uncertain(struct made *m,
                                                        size_t f)
{
    struct list *list = &m->config.uncertainty.factors;
    struct uncertainty_factor *u = &m->uncertain[list->count++];
    *u = (struct uncertainty_factor){.factor = "factor", .index = f};
    return u;
}

static inline void made_close(struct made *m)
{
    free(m->analysis.parcels.items);
    free(m->analysis.parcels.factor_sums);
    free(m->analysis.parcels.spreads);
    free(m->analysis.sensitivity);
    free(m->analysis.weight);
    for (int f = 0; f < MADE_FACTORS; f++)
        membership_release(&m->factors[f].bound);
    combination_release(&m->plan.combination);
    arena_release(&m->arena);
}

#endif
