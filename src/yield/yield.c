#include "yield/yield.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum terramis_status yield_bind(struct yield_bound *bound,
                                const struct config *config,
                                const char *territory)
{
    const struct operator_use *model = &config->yields.model;
    const struct yield_op *op = yield_op_of(model);
    *bound = (struct yield_bound){.config = config};
    return op->prepare
               ? config_at_operator(
                     config, &config->yields.model,
                     op->prepare(model->params, territory, &bound->prepared))
               : TERRAMIS_OK;
}

void yield_release(struct yield_bound *bound)
{
    free(bound->prepared);
    *bound = (struct yield_bound){.config = NULL};
}

/* The points' y at x, straight between them, level beyond. */
static double read_off(const struct points *points, double x)
{
    size_t i = 0;
    while (i < points->count && points->items[i][0] < x)
        i++;
    if (i == 0)
        return points->items[0][1];
    if (i == points->count)
        return points->items[i - 1][1];
    const double *a = points->items[i - 1], *b = points->items[i];
    return a[1] + (x - a[0]) / (b[0] - a[0]) * (b[1] - a[1]);
}

/* What the penalties leave of a yield, 0..1. */
static double share_left(const struct yields_config *config,
                         const struct yield_land *land)
{
    const struct penalty_config *penalties = config->penalties.items;
    double left = 1 - (1 - config->polluted) * land->polluted;
    for (size_t i = 0; i < config->penalties.count; i++) {
        float x = land->memberships[penalties[i].position];
        if (x == x)
            left *= read_off(&penalties[i].points, (double)x);
    }
    return left;
}

struct yield_range yield_of(const struct yield_bound *bound,
                            const struct yield_land *land)
{
    const struct yields_config *config = &bound->config->yields;
    struct yield_range r =
        yield_op_of(&config->model)
            ->run(config->model.params, bound->prepared, land);
    double left = share_left(config, land);
    double low = fmin(r.low, r.mean * (1 - config->spread));
    double high = fmax(r.high, r.mean * (1 + config->spread));
    return (struct yield_range){low * left, r.mean * left, high * left};
}

enum terramis_status yield_awc_factor(const struct config *config,
                                      size_t *factor)
{
    const struct operator_use *model = &config->yields.model;
    const struct yield_op *op = yield_op_of(model);
    const struct factor_config *factors = config->factors.items;
    const char *id = op->awc ? op->awc(model->params) : NULL, *near = NULL;
    *factor = config->factors.count;
    if (!id)
        return TERRAMIS_OK;
    for (size_t f = 0; f < config->factors.count; f++) {
        text_offer(id, factors[f].id, &near);
        if (text_same(id, factors[f].id))
            *factor = f;
    }
    if (*factor < config->factors.count)
        return TERRAMIS_OK;
    return config_at_operator(
        config, &config->yields.model,
        near
            ? status_set(TERRAMIS_PROJECT,
                         _("awc: no factor '%s'; did you mean '%s'?"), id, near)
            : status_set(TERRAMIS_PROJECT,
                         _("awc: no factor '%s'. Name one whose values are "
                           "the soil's available water in mm"),
                         id));
}
