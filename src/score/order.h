/**
 * @file order.h
 * @brief Order weights of OWA: the first goes to the least membership, as in
 * IDRISI. Outside score/ only the two measures are of use.
 */
#ifndef SCORE_ORDER_H
#define SCORE_ORDER_H

#include "score/score.h"

/** Settings that owa and wowa begin with. */
struct order_params {
    struct reals order_weights;
    double risk, trade_off;    /**< NAN: not given */
    double order[FACTORS_MAX]; /**< made by order_bind(), sum 1 */
    size_t count;
    bool equal; /**< all order weights are the same */
};

/** Rows of a struct's order_params member `order`. */
#define ORDER_ROWS(owner)                                                      \
    {.name = "order_weights",                                                  \
     .type = PARAM_REALS,                                                      \
     .offset = offsetof(owner, order.order_weights),                           \
     .max = 1000000,                                                           \
     .help = N_("Weight of the least membership, of the next, ... of the "     \
                "best; scaled to sum 1")},                                     \
        {.name = "risk",                                                       \
         .type = PARAM_REAL,                                                   \
         .offset = offsetof(owner, order.risk),                                \
         .max = 1,                                                             \
         .help = N_("Instead of order_weights: 0 the worst factor decides "    \
                    "(and), 1 the best one (or)")},                            \
    {                                                                          \
        .name = "trade_off", .type = PARAM_REAL,                               \
        .offset = offsetof(owner, order.trade_off), .max = 1,                  \
        .help = N_("With risk: 0 one rank counts alone, 1 factors compensate " \
                   "fully")                                                    \
    }

/** Are the settings complete? Exactly one way must be given. */
enum terramis_status order_check(const struct order_params *params);

/** Makes the order weights for that many inputs. */
enum terramis_status order_bind(struct order_params *params, size_t inputs);

/** Share that the first `part` (0..1) of ranks has, linear inside a rank. */
double order_share(const struct order_params *params, double part);

/** Andness = 1 - orness (risk), 0.5 for a single input (Yager 1988). */
double order_andness(const double *order, size_t count);

/** Trade-off, 1 for a single input (Jiang & Eastman 2000). */
double order_trade_off(const double *order, size_t count);

/** A membership and its weight, to be sorted. */
struct ranked {
    double x, weight;
};

/** Memberships of a cell that have data and weight, least first; returns their
 * number. */
size_t order_rank(const float *const *x, const double *weight, size_t factors,
                  size_t cell, struct ranked *ranked);

#endif
