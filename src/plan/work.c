#include "plan/work.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan/worker.h"

/* Cells of a whole tile. */
static size_t tile_cells(const struct analysis *a)
{
    return (size_t)a->tiling.size * (size_t)a->tiling.size;
}

static enum terramis_status open_readers(struct worker *w)
{
    const struct plan *plan = w->analysis->plan;
    size_t count = plan->factor_count, cells = tile_cells(w->analysis);
    TRY(mem_new(&w->readers, count + 1, sizeof(struct raster_reader *)));
    TRY(mem_new(&w->x, count + 1, sizeof(float *)));
    TRY(mem_new(&w->raw, count + 1, sizeof(float *)));
    TRY(mem_new(&w->measured, count + 1, sizeof(const float *)));
    for (size_t f = 0; f < count; f++) {
        const struct factor *factor = &plan->factors[f];
        TRY(mem_new(&w->x[f], cells, sizeof(float)));
        TRY(mem_new(&w->raw[f], cells, sizeof(float)));
        w->measured[f] = factor->criterion->classes ? NULL : w->raw[f];
        if (factor->source.input == INPUT_RASTER)
            TRY(raster_reader_open(&w->readers[f], &factor->source.raster,
                                   factor->criterion->resampling,
                                   factor->criterion->kernel,
                                   factor->source.params));
    }
    return TERRAMIS_OK;
}

static enum terramis_status make_buffers(struct worker *w)
{
    size_t cells = tile_cells(w->analysis);
    TRY(mem_new(&w->score, cells, sizeof(float)));
    TRY(mem_new(&w->plantable, cells, sizeof(float)));
    TRY(mem_new(&w->excluded, cells, sizeof(float)));
    TRY(mem_new(&w->class, cells, 1));
    TRY(mem_new(&w->limiting, cells, 1));
    return mem_new(&w->slot, w->analysis->parcels.count, sizeof *w->slot);
}

enum terramis_status work_start(void *data, void **worker)
{
    struct worker *w;
    TRY(mem_new(&w, 1, sizeof *w));
    *worker = w;
    w->analysis = data;
    TRY(crs_area_open(&w->measure, &w->analysis->plan->crs));
    TRY(mosaic_new(&w->mosaic, w->analysis->tiling.size));
    TRY(criterion_tools_open(&w->tools, w->analysis->tiling.size));
    w->tools.overlay = &w->analysis->overlay;
    TRY(make_buffers(w));
    w->tools.wanted = w->plantable;
    return open_readers(w);
}

void work_stop(void *data, void *worker)
{
    struct worker *w = worker;
    (void)data;
    for (size_t f = 0; f < w->analysis->plan->factor_count; f++) {
        if (w->readers)
            raster_reader_close(w->readers[f]);
        if (w->x)
            free(w->x[f]);
        if (w->raw)
            free(w->raw[f]);
    }
    free(w->readers);
    free(w->x);
    free(w->raw);
    free(w->measured);
    free(w->score);
    free(w->plantable);
    free(w->excluded);
    free(w->spans);
    free(w->class);
    free(w->limiting);
    free(w->slot);
    criterion_tools_close(&w->tools);
    mosaic_free(w->mosaic);
    areal_release(&w->areal);
    crs_area_close(w->measure);
    free(w);
}

static enum terramis_status prepare_result(struct tile_result *r,
                                           const struct analysis *a)
{
    size_t constraints = a->overlay.constraint_count;
    size_t factors = a->plan->factor_count, cells = tile_cells(a);
    if (!r->suitability) { /* the slot's first tile */
        TRY(mem_new(&r->suitability, cells, 1));
        TRY(mem_new(&r->class, cells, 1));
        TRY(mem_new(&r->limiting, cells, 1));
        TRY(mem_new(&r->marginal, cells, 1));
        TRY(mem_new(&r->land.excluded, constraints, sizeof(int64_t)));
        TRY(mem_new(&r->land.limiting, factors + 1, sizeof(int64_t)));
    }
    int64_t *excluded = r->land.excluded, *limiting = r->land.limiting;
    memset(excluded, 0, constraints * sizeof *excluded);
    memset(limiting, 0, (factors + 1) * sizeof *limiting);
    r->land = (struct land_sums){.excluded = excluded, .limiting = limiting};
    r->unknown = (struct unknown_classes){.count = 0};
    r->zonal.count = 0;
    return TERRAMIS_OK;
}

/* A parcel's label in the mosaic; a negative number: not in this territory. */
static int label_of(const struct parcels *parcels, size_t feature)
{
    size_t position = parcels->position[feature];
    return position ? MOSAIC_SETS + (int)position - 1 : -1;
}

/* Parcels that share land with earlier ones are not added as they are. */
static int whole_label(size_t feature, const void *data)
{
    const struct parcels *parcels = data;
    return overlap_of(parcels->overlaps, feature) ? -1
                                                  : label_of(parcels, feature);
}

/* Of those what is left. */
static int rest_label(size_t index, const void *data)
{
    const struct parcels *parcels = data;
    return label_of(parcels,
                    (size_t)parcels->overlaps->rest.features[index].fid);
}

static enum terramis_status cut(struct worker *w,
                                const struct piece_list **land,
                                const struct piece_list **parcels)
{
    const struct analysis *a = w->analysis;
    TRY(land_begin(w->mosaic, &a->overlay, &w->grid));
    TRY(land_add_vector(w->mosaic, a->parcels.vector, &w->grid, 0, whole_label,
                        &a->parcels));
    TRY(land_add_vector(w->mosaic, &a->parcels.overlaps->rest, &w->grid, 0,
                        rest_label, &a->parcels));
    return mosaic_cut(w->mosaic, &a->overlay.rule, land, parcels);
}

enum terramis_status work_tile(void *data, void *worker, size_t tile,
                               void *result)
{
    const struct analysis *a = data;
    struct worker *w = worker;
    struct tile_result *r = result;
    const struct piece_list *land, *parcels;
    TRY(prepare_result(r, a));
    r->window = tiling_window(&a->tiling, tile);
    w->grid = grid_part(&a->tiling.grid, r->window);
    TRY(areal_fill(&w->areal, w->measure, &w->grid));
    TRY(cut(w, &land, &parcels));
    TRY(worker_sum_land(w, land, r));
    r->blank = r->land.marginal == 0;
    if (r->blank)
        return TERRAMIS_OK;
    memset(w->class, CLASS_NONE, grid_cells(&w->grid));
    TRY(worker_score(w, r));
    worker_show(w, land, r);
    struct zonal_cells cells = {.grid = w->grid,
                                .areal = &w->areal,
                                .score = w->score,
                                .x = (const float *const *)w->x,
                                .raw = w->measured,
                                .factors = a->plan->factor_count};
    return zonal_run(&r->zonal, w->slot, parcels, &cells);
}
