/* Ordered weighted average: beside the factors' weights, ranks have some. From
 * the worst factor alone (and) over their mean to the best alone (or). */
#include <math.h>
#include <stddef.h>

#include "score/order.h"

extern const struct combiner_op combiner_wlc;

struct owa {
    struct order_params order;
};

static const struct param owa_params[] = {ORDER_ROWS(struct owa),
                                          {.name = NULL}};

static enum terramis_status owa_check(const void *params)
{
    return order_check(&((const struct owa *)params)->order);
}

static enum terramis_status owa_bind(void *params, size_t inputs)
{
    return order_bind(&((struct owa *)params)->order, inputs);
}

static const double *owa_order(const void *params)
{
    return ((const struct owa *)params)->order.order;
}

/* Order weight of ranks `from`..`to` of `count` factors with data, mean. Where
 * some have none, the others share the ranks out. */
static double rank_weight(const struct order_params *order, size_t from,
                          size_t to, size_t count)
{
    double sum = 0;
    if (count == order->count)
        for (size_t i = from; i < to; i++)
            sum += order->order[i];
    else
        sum = order_share(order, (double)to / (double)count) -
              order_share(order, (double)from / (double)count);
    return sum / (double)(to - from);
}

static double score_of(const struct order_params *order,
                       const struct ranked *ranked, size_t count)
{
    double sum = 0, known = 0;
    for (size_t from = 0, to; from < count; from = to) {
        /* equal memberships share their ranks: which comes first in the
         * project file must not matter */
        for (to = from + 1; to < count && ranked[to].x == ranked[from].x; to++)
            ;
        double v = rank_weight(order, from, to, count);
        for (size_t i = from; i < to; i++) {
            sum += ranked[i].weight * v * ranked[i].x;
            known += ranked[i].weight * v;
        }
    }
    return known > 0 ? 100 * sum / known : (double)NAN;
}

static void owa_run(const void *params, const float *const *x,
                    const double *weight, size_t factors, size_t cells,
                    float *score)
{
    const struct order_params *order = &((const struct owa *)params)->order;
    struct ranked ranked[FACTORS_MAX];
    if (order->equal) { /* to the bit */
        combiner_wlc.run(NULL, x, weight, factors, cells, score);
        return;
    }
    for (size_t i = 0; i < cells; i++)
        score[i] = (float)score_of(order, ranked,
                                   order_rank(x, weight, factors, i, ranked));
}

const struct combiner_op combiner_owa = {
    .op = {.name = "owa",
           .summary = N_("Ordered weighted average: ranks have weights too, "
                         "between the worst factor and the best. With weights "
                         "that differ a score may fall where a membership "
                         "rises and factors change ranks: wowa never does "
                         "so."),
           .formula = "100 sum(w v x) / sum(w v), x from least to best, v the "
                      "weight of the rank",
           .source = "Yager 1988; Jiang & Eastman 2000, IJGIS 14(2)",
           .params = owa_params,
           .params_size = sizeof(struct owa),
           .check = owa_check},
    .example = "risk: 0.3, trade_off: 0.6",
    .mean = true,
    .bind = owa_bind,
    .order = owa_order,
    .run = owa_run};
