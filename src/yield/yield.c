#include "yield/yield.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Names of the settings that name the factors. */
static const char *const input_names[YIELD_INPUTS] = {"awc", "temperature",
                                                      "rain"};

/* Position from 1 of the factor `id`; 0: there is none. */
static size_t find_factor(const struct config *config, const char *id,
                          const char **near)
{
    const struct factor_config *factors = config->factors.items;
    for (size_t f = 0; f < config->factors.count; f++) {
        text_offer(id, factors[f].id, near);
        if (text_same(id, factors[f].id))
            return f + 1;
    }
    return 0;
}

static const char *wanted(const struct config *config, enum yield_input input)
{
    const struct operator_use *model = &config->yields.model;
    const struct yield_op *op = yield_op_of(model);
    return op->input ? op->input(model->params, input) : NULL;
}

enum terramis_status yield_inputs(const struct config *config,
                                  size_t positions[YIELD_INPUTS])
{
    for (int i = 0; i < YIELD_INPUTS; i++) {
        const char *id = wanted(config, (enum yield_input)i), *near = NULL;
        positions[i] = id ? find_factor(config, id, &near) : 0;
        if (!id || positions[i])
            continue;
        return config_at_operator(
            config, &config->yields.model,
            near ? status_set(TERRAMIS_PROJECT,
                              _("%s: no factor '%s'; did you mean '%s'?"),
                              input_names[i], id, near)
                 : status_set(TERRAMIS_PROJECT,
                              _("%s: no factor '%s'. Name one whose values are "
                                "that"),
                              input_names[i], id));
    }
    return TERRAMIS_OK;
}

enum terramis_status yield_bind(struct yield_bound *bound,
                                const struct config *config,
                                const char *territory)
{
    const struct operator_use *model = &config->yields.model;
    const struct yield_op *op = yield_op_of(model);
    *bound = (struct yield_bound){.config = config};
    for (int i = 0; i < YIELD_INPUTS; i++) {
        const char *id = wanted(config, (enum yield_input)i), *near = NULL;
        bound->input[i] = id ? find_factor(config, id, &near) : 0;
    }
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

/* What pollution leaves: by the content of the soil where some element with a
 * penalty was sampled, else the same everywhere. */
static double left_by_pollution(const struct yields_config *config,
                                const struct yield_land *land)
{
    const struct contaminant_config *c = config->contaminants.items;
    double left = 1;
    bool sampled = false;
    for (size_t i = 0; land->content && i < config->contaminants.count; i++) {
        double content = land->content[c[i].metal];
        if (isnan(content))
            continue;
        sampled = true;
        left *= read_off(&c[i].points, content);
    }
    return 1 - (1 - (sampled ? left : config->polluted)) * land->polluted;
}

/* What the penalties leave of a yield, 0..1. */
static double share_left(const struct yields_config *config,
                         const struct yield_land *land)
{
    const struct penalty_config *penalties = config->penalties.items;
    double left = left_by_pollution(config, land);
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
