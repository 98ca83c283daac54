/* OWA in which a factor of weight w fills a share w of the ranks. Where owa
 * lets the score jump when two factors of different weights change places,
 * this one is continuous and never falls when a membership rises. */
#include <math.h>
#include <stddef.h>

#include "score/order.h"

extern const struct combiner_op combiner_wlc;

struct wowa {
    struct order_params order;
    double alpha;
};

static const struct param wowa_params[] = {
    ORDER_ROWS(struct wowa),
    {.name = "alpha",
     .type = PARAM_REAL,
     .offset = offsetof(struct wowa, alpha),
     .min = 0.001,
     .max = 1000,
     .help = N_("Instead of them: quantifier p^alpha; below 1 towards the best "
                "factor, 1 weighted mean, above 1 towards the worst")},
    {.name = NULL}};

static bool by_alpha(const struct wowa *wowa)
{
    return wowa->alpha == wowa->alpha;
}

static enum terramis_status wowa_check(const void *params)
{
    const struct wowa *wowa = params;
    const struct order_params *order = &wowa->order;
    if (!by_alpha(wowa))
        return order_check(order);
    if (!order->order_weights.items && order->risk != order->risk &&
        order->trade_off != order->trade_off)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("give alpha: alone, without order_weights:, risk: or "
                        "trade_off:"));
}

/* Share of the first `part` of ranks, from the least up. */
static double share(const struct wowa *wowa, double part)
{
    part = fmin(part, 1);
    return by_alpha(wowa) ? 1 - pow(1 - part, wowa->alpha)
                          : order_share(&wowa->order, part);
}

static enum terramis_status wowa_bind(void *params, size_t inputs)
{
    struct wowa *wowa = params;
    struct order_params *order = &wowa->order;
    if (!by_alpha(wowa))
        return order_bind(order, inputs);
    order->count = inputs;
    order->equal = wowa->alpha == 1;
    for (size_t i = 0; i < inputs; i++)
        order->order[i] = share(wowa, (double)(i + 1) / (double)inputs) -
                          share(wowa, (double)i / (double)inputs);
    return TERRAMIS_OK;
}

static const double *wowa_order(const void *params)
{
    return ((const struct wowa *)params)->order.order;
}

static double score_of(const struct wowa *wowa, const struct ranked *ranked,
                       size_t count)
{
    double known = 0, below = 0, sum = 0, before = 0;
    for (size_t i = 0; i < count; i++)
        known += ranked[i].weight;
    for (size_t i = 0; i < count; i++) {
        below += ranked[i].weight;
        double now = i + 1 < count ? share(wowa, below / known) : 1;
        sum += (now - before) * ranked[i].x;
        before = now;
    }
    return known > 0 ? 100 * sum : (double)NAN;
}

static void wowa_run(const void *params, const float *const *x,
                     const double *weight, size_t factors, size_t cells,
                     float *score)
{
    const struct wowa *wowa = params;
    struct ranked ranked[FACTORS_MAX];
    if (wowa->order.equal) {
        combiner_wlc.run(NULL, x, weight, factors, cells, score);
        return;
    }
    for (size_t i = 0; i < cells; i++)
        score[i] = (float)score_of(wowa, ranked,
                                   order_rank(x, weight, factors, i, ranked));
}

const struct combiner_op combiner_wowa = {
    .op = {.name = "wowa",
           .summary = N_("Ordered weighted average in which a factor fills its "
                         "weight's share of the ranks: no jumps."),
           .formula =
               "100 sum((Q(W_i) - Q(W_i-1)) x_i), x from least to best, W "
               "summed weights, Q summed order weights or 1 - (1 - "
               "p)^alpha",
           .source = "Torra 1997, Int. J. Intelligent Systems 12; Malczewski "
                     "2006, IJAEOG 8",
           .params = wowa_params,
           .params_size = sizeof(struct wowa),
           .check = wowa_check},
    .example = "risk: 0.3, trade_off: 0.6",
    .mean = true,
    .monotone = true,
    .bind = wowa_bind,
    .order = wowa_order,
    .run = wowa_run};
