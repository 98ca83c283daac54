#include "plan/analysis.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "geo/gdal.h"
#include "plan/memory.h"
#include "plan/steps.h"
#include "plan/work.h"

/* The pool's data: the analysis and where its tiles go. */
struct running {
    struct analysis analysis; /* first: workers see only this */
    struct analysis_sink sink;
};

void land_sums_add(struct land_sums *to, const struct land_sums *from,
                   size_t constraints, size_t factors)
{
    to->territory += from->territory;
    to->marginal += from->marginal;
    to->plantable += from->plantable;
    for (int k = 0; k < KIND_COUNT; k++)
        to->kind[k] += from->kind[k];
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        to->mask[m] += from->mask[m];
    for (int c = 0; c <= CLASS_EXCLUDED; c++)
        to->class[c] += from->class[c];
    for (size_t f = 0; f <= factors; f++)
        to->limiting[f] += from->limiting[f];
    for (size_t i = 0; i < constraints; i++)
        to->excluded[i] += from->excluded[i];
}

static enum terramis_status commit(void *data, size_t tile, void *result)
{
    struct running *running = data;
    struct analysis *a = &running->analysis;
    const struct tile_result *r = result;
    land_sums_add(&a->land, &r->land, a->overlay.constraint_count,
                  a->plan->factor_count);
    unknown_merge(&a->unknown, &r->unknown);
    TRY(zonal_commit(&r->zonal, &a->parcels));
    return running->sink.write(running->sink.data, a, tile, r);
}

/* Sums of cells become areas. */
static void finish_land(struct land_sums *land, double cell, size_t constraints,
                        size_t factors)
{
    land->territory = zonal_from_cells(land->territory, cell);
    land->plantable = zonal_from_cells(land->plantable, cell);
    land->marginal = land->plantable;
    for (int k = 0; k < KIND_COUNT; k++)
        land->kind[k] = zonal_from_cells(land->kind[k], cell);
    for (int m = 0; m < 1 << KIND_COUNT; m++)
        land->mask[m] = zonal_from_cells(land->mask[m], cell);
    for (int c = CLASS_NONE; c <= CLASS_N2; c++)
        land->class[c] = zonal_from_cells(land->class[c], cell);
    for (size_t f = 0; f <= factors; f++)
        land->limiting[f] = zonal_from_cells(land->limiting[f], cell);
    for (size_t i = 0; i < constraints; i++) {
        land->excluded[i] = zonal_from_cells(land->excluded[i], cell);
        land->marginal += land->excluded[i];
    }
    land->class[CLASS_EXCLUDED] = land->marginal - land->plantable;
}

static void release_result(void *data, void *result)
{
    struct tile_result *r = result;
    (void)data;
    free(r->suitability);
    free(r->class);
    free(r->limiting);
    free(r->marginal);
    free(r->land.excluded);
    free(r->land.limiting);
    zonal_list_release(&r->zonal);
}

enum terramis_status analysis_grid(const struct plan *plan,
                                   const struct territory *territory,
                                   struct grid *grid)
{
    if (grid_cover(territory->extent, plan->resolution, grid))
        return TERRAMIS_OK;
    return status_set(
        TERRAMIS_PROJECT,
        _("%s: resolution: %g m gives territory %s more than 2^31 "
          "columns or rows"),
        plan->config->path, plan->resolution, territory->config->id);
}

enum terramis_status analysis_prepare(struct analysis *a, struct plan *plan,
                                      const struct territory *territory,
                                      int threads, int tile)
{
    struct grid grid;
    *a = (struct analysis){.plan = plan, .territory = territory};
    TRY(analysis_grid(plan, a->territory, &grid));
    gdal_limit_cache((size_t)plan_memory(plan, threads, tile).blocks);
    a->tiling = tiling_of(&grid, tile);
    a->overlay = plan->overlay;
    TRY(yield_bind(&a->yield, plan->config, a->territory->config->id));
    a->overlay.territory = territory_range(a->territory);
    TRY(plan_weights(plan, &a->weight));
    TRY(plan_limiting_weights(plan, &a->limiting_weight));
    TRY(mem_new(&a->land.excluded, a->overlay.constraint_count,
                sizeof(int64_t)));
    TRY(mem_new(&a->land.limiting, plan->factor_count + 1, sizeof(int64_t)));
    TRY(parcels_select(&a->parcels, &plan->parcels,
                       territory_range(a->territory), &plan->crs, plan->threads,
                       plan->factor_count));
    a->parcels.overlaps = &plan->overlaps;
    return TERRAMIS_OK;
}

/* Parcels from their sums and the layers; then the same under the scenarios. */
static enum terramis_status finish_parcels(struct analysis *a)
{
    const struct plan *plan = a->plan;
    const struct scenario_base base = {plan->config, &plan->combination,
                                       a->weight, &a->parcels, &a->yield};
    const struct knowledge knowledge = {plan->evidence, plan->marginal_count,
                                        plan->covers, plan->cover_count};
    TRY(parcels_finish(&a->parcels, plan->config, a->limiting_weight, &a->yield,
                       plan->resolution));
    TRY(parcels_assess(&a->parcels, plan->config, &knowledge, plan->threads));
    if (plan->config->yields.contaminants.count > 0)
        TRY(parcels_judge(&a->parcels, plan->config, a->limiting_weight,
                          &a->yield));
    return scenarios_run(&a->scenarios, &base);
}

/* A factor that is the same everywhere tells parcels apart no better than
 * none, but takes its weight. */
static void warn_constant(const struct analysis *a)
{
    for (size_t f = 0; f < a->plan->factor_count; f++) {
        double least = INFINITY, most = -INFINITY;
        size_t count = 0;
        for (size_t i = 0; i < a->parcels.count; i++) {
            double x = parcel_membership(&a->parcels.items[i], f);
            if (isnan(x))
                continue;
            least = fmin(least, x);
            most = fmax(most, x);
            count++;
        }
        if (count > 1 && most - least < 1e-6)
            log_line(LOG_NOTE,
                     _("territory %s: factor %s is the same on all %zu "
                       "parcels (membership %.3f), so it ranks nothing. Check "
                       "its layer, unit and membership"),
                     a->territory->config->id, a->plan->factors[f].config->id,
                     count, least);
    }
}

enum terramis_status analysis_finish(struct analysis *a)
{
    TRY(finish_parcels(a));
    finish_land(&a->land, a->plan->resolution, a->overlay.constraint_count,
                a->plan->factor_count);
    warn_constant(a);
    return TERRAMIS_OK;
}

enum terramis_status analysis_run(struct analysis *analysis, struct plan *plan,
                                  const struct territory *territory,
                                  int threads, int tile,
                                  struct analysis_sink sink)
{
    struct running running = {.sink = sink};
    enum terramis_status status =
        analysis_prepare(&running.analysis, plan, territory, threads, tile);
    size_t first = 0;
    if (status == TERRAMIS_OK && sink.begin)
        status = sink.begin(sink.data, &running.analysis, &first);
    struct pool_job job = {.first = first,
                           .tiles = tiling_count(&running.analysis.tiling),
                           .threads = threads,
                           .result_size = sizeof(struct tile_result),
                           .data = &running,
                           .start = work_start,
                           .work = work_tile,
                           .stop = work_stop,
                           .commit = commit,
                           .release = release_result,
                           .what = territory->config->name};
    mem_return_large(true); /* as GDAL's blocks */
    if (status == TERRAMIS_OK)
        status = pool_run(&job);
    mem_return_large(false);
    gdal_drop_cache();
    mem_give_back();
    if (status == TERRAMIS_OK)
        status = unknown_status(&running.analysis.unknown, plan,
                                territory->config->id);
    *analysis = running.analysis;
    return status;
}

void analysis_release(struct analysis *analysis)
{
    scenarios_release(&analysis->scenarios);
    yield_release(&analysis->yield);
    parcels_release(&analysis->parcels);
    free(analysis->land.excluded);
    free(analysis->land.limiting);
    free(analysis->sensitivity);
    free(analysis->weight);
    free(analysis->limiting_weight);
    *analysis = (struct analysis){0};
}
