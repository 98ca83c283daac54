#include "plan/work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A share of a cell below this is rounding, not land. */
static const float trace = 1e-6F;

/* A worker: its own GEOS and PROJ contexts, datasets and buffers; nothing is
 * allocated per tile once the buffers have grown. */
struct worker {
    struct geos geos;
    struct crs_area *measure;
    struct regions regions;
    struct criterion_tools tools;
    struct raster_reader **readers; /* per factor; NULL: vector */
    float *raw;                     /* values of one factor */
    float **x;                      /* memberships per factor */
    float *score;
    float *plantable, *excluded; /* shares per cell */
};

static enum terramis_status open_readers(struct worker *w,
                                         const struct plan *plan)
{
    size_t cells = (size_t)TILE_SIZE * TILE_SIZE, count = plan->factor_count;
    TRY(mem_new(&w->readers, count + 1, sizeof(struct raster_reader *)));
    TRY(mem_new(&w->x, count + 1, sizeof(float *)));
    for (size_t f = 0; f < count; f++) {
        const struct factor *factor = &plan->factors[f];
        TRY(mem_new(&w->x[f], cells, sizeof(float)));
        if (factor->source.input == INPUT_RASTER)
            TRY(raster_reader_open(&w->readers[f], &factor->source.raster,
                                   factor->criterion->resampling,
                                   factor->criterion->kernel,
                                   factor->source.params));
    }
    TRY(mem_new(&w->raw, cells, sizeof(float)));
    TRY(mem_new(&w->score, cells, sizeof(float)));
    TRY(mem_new(&w->plantable, cells, sizeof(float)));
    return mem_new(&w->excluded, cells, sizeof(float));
}

enum terramis_status work_start(void *data, void **worker)
{
    const struct analysis *a = data;
    struct worker *w;
    TRY(mem_new(&w, 1, sizeof *w));
    *worker = w;
    TRY(geos_open(&w->geos));
    TRY(crs_area_open(&w->measure, &a->plan->crs));
    TRY(criterion_tools_open(&w->tools, &w->geos, TILE_SIZE));
    return open_readers(w, a->plan);
}

void work_stop(void *data, void *worker)
{
    const struct analysis *a = data;
    struct worker *w = worker;
    for (size_t f = 0; f < a->plan->factor_count; f++) {
        if (w->readers)
            raster_reader_close(w->readers[f]);
        if (w->x)
            free(w->x[f]);
    }
    free(w->readers);
    free(w->x);
    free(w->raw);
    free(w->score);
    free(w->plantable);
    free(w->excluded);
    criterion_tools_close(&w->tools);
    if (w->geos.context)
        regions_release(&w->regions, &w->geos);
    crs_area_close(w->measure);
    geos_close(&w->geos);
    free(w);
}

static enum terramis_status prepare_result(struct tile_result *r,
                                           size_t constraints, size_t factors)
{
    size_t cells = (size_t)TILE_SIZE * TILE_SIZE;
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
    r->zonal.count = 0;
    r->blank = false;
    memset(r->marginal, 0, cells);
    return TERRAMIS_OK;
}

static int64_t fixed(double area)
{
    return (int64_t)llround(area / ZONAL_UNIT);
}

/* Adds a region's share of each cell, and marks its kinds. */
static enum terramis_status rasterise_region(struct worker *w,
                                             const struct region *region,
                                             const struct grid *grid,
                                             unsigned char *marginal)
{
    float *share = region->constraint == PLANTABLE ? w->plantable : w->excluded;
    struct outline *outline = &w->tools.outline;
    outline_clear(outline);
    TRY(outline_add(outline, &w->geos, region->geometry));
    struct rings rings = outline_rings(outline);
    struct window at;
    const float *found = coverage_run(w->tools.coverage, &rings, grid, &at);
    for (int row = 0; found && row < at.ny; row++)
        for (int col = 0; col < at.nx; col++) {
            size_t to = (size_t)(at.row + row) * (size_t)grid->nx +
                        (size_t)(at.col + col);
            float s = found[(size_t)row * (size_t)at.nx + (size_t)col];
            share[to] += s;
            if (s > trace)
                marginal[to] |= (unsigned char)region->kinds;
        }
    return TERRAMIS_OK;
}

static enum terramis_status rasterise(struct worker *w, const struct grid *grid,
                                      const struct areal_scale *scale,
                                      struct tile_result *r, bool *plantable)
{
    memset(w->plantable, 0, grid_cells(grid) * sizeof(float));
    memset(w->excluded, 0, grid_cells(grid) * sizeof(float));
    *plantable = false;
    for (size_t i = 0; i < w->regions.count; i++) {
        const struct region *region = &w->regions.items[i];
        double planar = 0;
        TRY(rasterise_region(w, region, grid, r->marginal));
        GEOSArea_r(w->geos.context, region->geometry, &planar);
        int64_t area = fixed(planar * areal_scale_at(scale, region->extent));
        r->land.marginal += area;
        r->land.mask[region->kinds] += area;
        for (int k = 0; k < KIND_COUNT; k++)
            if (region->kinds & (1U << k))
                r->land.kind[k] += area;
        if (region->constraint == PLANTABLE)
            r->land.plantable += area;
        else
            r->land.excluded[region->constraint] += area;
        *plantable |= region->constraint == PLANTABLE;
    }
    return TERRAMIS_OK;
}

/* The first plantable cell where a factor that must have data has none, or a
 * class that its table does not know. */
static enum terramis_status check_factor(const struct analysis *a,
                                         const struct worker *w, size_t f,
                                         const struct grid *grid)
{
    const struct factor *factor = &a->plan->factors[f];
    const struct place *at = &factor->config->layer.at;
    for (size_t i = 0; i < grid_cells(grid); i++) {
        float x = w->x[f][i];
        bool missing = x != x && factor->nodata == NODATA_FAIL;
        bool unknown = x < 0;
        if (w->plantable[i] <= trace || !(missing || unknown))
            continue;
        int col = (int)(i % (size_t)grid->nx),
            row = (int)(i / (size_t)grid->nx);
        char what[96];
        if (unknown)
            snprintf(what, sizeof what, "class %g is not in its table",
                     (double)w->raw[i]);
        else
            snprintf(what, sizeof what, "no data");
        return status_set(
            TERRAMIS_INPUT,
            "%s:%d:%d: factor %s: %s at x %.1f, y %.1f, on plantable land of "
            "territory %s. %s",
            a->plan->config->path, at->line, at->column, factor->config->id,
            what, grid_x(grid, col), grid_y(grid, row),
            a->territory->config->id,
            unknown ? "Add it to table: (an unknown class is never taken as 0)"
                    : "Give another layer, or set nodata: exclude or "
                      "renormalise");
    }
    return TERRAMIS_OK;
}

static enum terramis_status read_factor(const struct analysis *a,
                                        struct worker *w, size_t f,
                                        const struct grid *grid)
{
    const struct factor *factor = &a->plan->factors[f];
    if (w->readers[f])
        TRY(raster_reader_read(w->readers[f], grid, w->raw));
    else
        TRY(factor->criterion->run(&factor->source, &w->tools, grid, w->raw));
    factor->membership->run(&factor->bound, w->raw, grid_cells(grid), w->x[f]);
    return check_factor(a, w, f, grid);
}

static enum terramis_status
score_cells(const struct analysis *a, struct worker *w, const struct grid *grid)
{
    const struct plan *plan = a->plan;
    for (size_t f = 0; f < plan->factor_count; f++)
        TRY(read_factor(a, w, f, grid));
    const struct operator_use *combine = &plan->config->combine;
    combiner_of(combine)->run(combine->params, (const float *const *)w->x,
                              a->weight, plan->factor_count, grid_cells(grid),
                              w->score);
    for (size_t f = 0; f < plan->factor_count; f++)
        if (plan->factors[f].nodata == NODATA_EXCLUDE)
            for (size_t i = 0; i < grid_cells(grid); i++)
                if (w->x[f][i] != w->x[f][i])
                    w->score[i] = NAN;
    return TERRAMIS_OK;
}

/* Of a cell with some plantable land and a score; else LIMITING_NODATA. */
static int cell_limiting(const struct analysis *a, const struct worker *w,
                         size_t i)
{
    float x[FACTORS_MAX];
    size_t count = a->plan->factor_count;
    if (w->plantable[i] <= 0 || w->score[i] != w->score[i])
        return LIMITING_NODATA;
    for (size_t f = 0; f < count; f++)
        x[f] = w->x[f][i];
    return limiting_factor(x, 1, a->weight, count);
}

/* A cell shows what most of its marginal land is. */
static void show_cell(const struct analysis *a, const struct worker *w,
                      size_t i, int limiting, struct tile_result *r)
{
    float p = w->plantable[i], e = w->excluded[i], score = w->score[i];
    r->suitability[i] = SUITABILITY_NODATA;
    r->class[i] = CLASS_NODATA;
    r->limiting[i] = LIMITING_NODATA;
    if (p + e <= trace) {
        r->marginal[i] = 0;
    } else if (p < e) {
        r->class[i] = CLASS_EXCLUDED;
    } else if (score == score) {
        r->suitability[i] = (unsigned char)lround((double)score);
        r->class[i] =
            (unsigned char)class_of(&a->plan->config->classes, (double)score);
        r->limiting[i] = (unsigned char)limiting;
    }
}

static void show_cells(const struct analysis *a, const struct worker *w,
                       const struct grid *grid, const struct areal_scale *scale,
                       struct tile_result *r)
{
    double area[CLASS_EXCLUDED + 1] = {0}, costs[FACTORS_MAX + 1] = {0};
    for (size_t i = 0; i < grid_cells(grid); i++) {
        int limiting = cell_limiting(a, w, i);
        show_cell(a, w, i, limiting, r);
        if (w->plantable[i] <= 0)
            continue;
        area[class_of(&a->plan->config->classes, (double)w->score[i])] +=
            (double)w->plantable[i];
        costs[limiting] += (double)w->plantable[i];
    }
    double cell = grid->cell * grid->cell * areal_scale_at(scale, scale->rect);
    for (int c = CLASS_NONE; c <= CLASS_N2; c++)
        r->land.class[c] = fixed(area[c] * cell);
    for (size_t f = 0; f <= a->plan->factor_count; f++)
        r->land.limiting[f] = fixed(costs[f] * cell);
    r->land.class[CLASS_EXCLUDED] = r->land.marginal - r->land.plantable;
}

enum terramis_status work_tile(void *data, void *worker, size_t tile,
                               void *result)
{
    const struct analysis *a = data;
    struct worker *w = worker;
    struct tile_result *r = result;
    bool plantable;
    TRY(prepare_result(r, a->overlay.constraint_count, a->plan->factor_count));
    r->window = tiling_window(&a->tiling, tile);
    struct grid grid = grid_part(&a->tiling.grid, r->window);
    struct areal_scale scale = areal_scale_of(w->measure, grid_rect(&grid));
    TRY(regions_build(&w->regions, &w->geos, &a->overlay, scale.rect));
    r->land.territory =
        fixed(w->regions.land * areal_scale_at(&scale, scale.rect));
    r->blank = w->regions.count == 0;
    if (r->blank)
        return TERRAMIS_OK;
    TRY(rasterise(w, &grid, &scale, r, &plantable));
    for (size_t i = 0; i < grid_cells(&grid); i++)
        w->score[i] = NAN;
    if (plantable)
        TRY(score_cells(a, w, &grid));
    show_cells(a, w, &grid, &scale, r);
    struct zonal_tools tools = {&w->geos, w->tools.coverage, &w->tools.outline};
    struct zonal_cells cells = {.grid = grid,
                                .scale = scale,
                                .score = w->score,
                                .x = (const float *const *)w->x,
                                .factors = a->plan->factor_count};
    return zonal_run(&r->zonal, &tools, &a->parcels, &w->regions, &cells);
}
