#include "uncertainty/uncertainty.h"

#include <math.h>

#include "base/mem.h"
#include "uncertainty/monte_carlo.h"

enum terramis_status uncertainty_check(const struct plan *plan)
{
    const struct uncertainty_config *c = &plan->config->uncertainty;
    const struct uncertainty_factor *u = c->factors.items;
    for (size_t i = 0; c->on && i < c->factors.count; i++)
        if (plan->factors[u[i].index].criterion->classes &&
            (u[i].shift > 0 || u[i].spread > 0 || u[i].error > 0))
            return status_set(
                TERRAMIS_PROJECT,
                _("%s:%d:%d: uncertainty: factor %s has classes, which have no "
                  "unit. Give membership_error alone"),
                plan->config->path, u[i].at.line, u[i].at.column, u[i].factor);
    return TERRAMIS_OK;
}

static enum terramis_status run_parcels(struct analysis *analysis, int threads)
{
    struct parcels *parcels = &analysis->parcels;
    struct model model;
    enum terramis_status status;
    TRY(mem_new(&parcels->spreads, parcels->count, sizeof *parcels->spreads));
    for (size_t i = 0; i < parcels->count; i++)
        parcels->spreads[i] = (struct spread){NAN, NAN, NAN, 0, 0};
    TRY_DONE(model_open(&model, analysis, 1));
    TRY_DONE(monte_carlo_run(&model, parcels, parcels->spreads, threads));
done:
    model_close(&model);
    return status;
}

/* Every step-th parcel with a score, so that there are not too many. */
static enum terramis_status run_factors(struct analysis *analysis, int threads)
{
    struct model model;
    enum terramis_status status;
    size_t scored = 0;
    for (size_t i = 0; i < analysis->parcels.count; i++)
        scored += isnan(analysis->parcels.items[i].score) ? 0 : 1;
    size_t step = (scored + SENSITIVITY_PARCELS - 1) / SENSITIVITY_PARCELS;
    TRY(mem_new(&analysis->sensitivity, analysis->plan->factor_count,
                sizeof *analysis->sensitivity));
    TRY_DONE(model_open(&model, analysis, step ? step : 1));
    TRY_DONE(sensitivity_run(&model, analysis->sensitivity, threads));
done:
    model_close(&model);
    return status;
}

enum terramis_status uncertainty_run(struct analysis *analysis, int threads)
{
    if (!analysis->plan->config->uncertainty.on)
        return TERRAMIS_OK;
    TRY(run_parcels(analysis, threads));
    return run_factors(analysis, threads);
}
