#include <math.h>
#include <string.h>

#include "plan/worker.h"

/* Adds `area` of each of the piece's cells where add() says. */
static void for_cells(const struct worker *w, const struct piece *piece,
                      void (*add)(int64_t area, size_t cell, void *data),
                      void *data)
{
    size_t nx = (size_t)w->grid.nx;
    for (size_t i = piece->cell; i < (size_t)piece->cell + piece->run; i++)
        add(zonal_share(piece->share,
                        areal_at(&w->areal, (int)(i % nx), (int)(i / nx))),
            i, data);
}

static void add_area(int64_t area, size_t cell, void *data)
{
    (void)cell;
    *(int64_t *)data += area;
}

static void add_share(struct worker *w, const struct piece *piece,
                      unsigned char *marginal)
{
    float share = (float)piece->share / MOSAIC_ONE;
    bool free = piece->constraint == MOSAIC_NOT_EXCLUDED;
    float *to = (free ? w->plantable : w->excluded) + piece->cell;
    for (size_t i = 0; i < piece->run; i++)
        to[i] += share;
    if (share > LAND_TRACE)
        for (size_t i = 0; i < piece->run; i++)
            marginal[piece->cell + i] |= (unsigned char)piece->kinds;
}

void worker_sum_land(struct worker *w, const struct piece_list *land,
                     struct tile_result *r, bool *plantable)
{
    size_t cells = grid_cells(&w->grid);
    struct land_sums *sums = &r->land;
    memset(w->plantable, 0, cells * sizeof(float));
    memset(w->excluded, 0, cells * sizeof(float));
    memset(r->marginal, 0, cells);
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        int64_t area = 0;
        for_cells(w, piece, add_area, &area);
        sums->territory += area;
        if (piece->kinds == 0)
            continue;
        add_share(w, piece, r->marginal);
        sums->marginal += area;
        sums->mask[piece->kinds] += area;
        for (int k = 0; k < KIND_COUNT; k++)
            sums->kind[k] += piece->kinds >> k & 1 ? area : 0;
        if (piece->constraint == MOSAIC_NOT_EXCLUDED)
            sums->plantable += area;
        else
            sums->excluded[piece->constraint] += area;
    }
    *plantable = sums->plantable > 0;
    for (size_t i = 0; i < cells; i++)
        w->score[i] = NAN;
}

/* The first plantable cell where a factor that must have data has none, or a
 * class that its table does not know. */
static enum terramis_status check_factor(const struct worker *w, size_t f)
{
    const struct analysis *a = w->analysis;
    const struct factor *factor = &a->plan->factors[f];
    const struct place *at = &factor->config->layer.at;
    for (size_t i = 0; i < grid_cells(&w->grid); i++) {
        float x = w->x[f][i];
        bool missing = x != x && factor->nodata == NODATA_FAIL;
        bool unknown = x < 0;
        if (w->plantable[i] <= LAND_TRACE || !(missing || unknown))
            continue;
        size_t nx = (size_t)w->grid.nx;
        char what[96];
        if (unknown)
            snprintf(what, sizeof what, _("class %g is not in its table"),
                     (double)w->raw[i]);
        else
            snprintf(what, sizeof what, "%s", _("no data"));
        return status_set(
            TERRAMIS_INPUT,
            _("%s:%d:%d: factor %s: %s at x %.1f, y %.1f, on plantable land of "
              "territory %s. %s"),
            a->plan->config->path, at->line, at->column, factor->config->id,
            what, grid_x(&w->grid, (int)(i % nx)),
            grid_y(&w->grid, (int)(i / nx)), a->territory->config->id,
            unknown
                ? _("Add it to table: (an unknown class is never taken as 0)")
                : _("Give another layer, or set nodata: exclude or "
                    "renormalise"));
    }
    return TERRAMIS_OK;
}

static enum terramis_status read_factor(struct worker *w, size_t f)
{
    const struct factor *factor = &w->analysis->plan->factors[f];
    if (w->readers[f])
        TRY(raster_reader_read(w->readers[f], &w->grid, w->raw));
    else
        TRY(factor->criterion->run(&factor->source, &w->tools, &w->grid,
                                   w->raw));
    factor->membership->run(&factor->bound, w->raw, grid_cells(&w->grid),
                            w->x[f]);
    return check_factor(w, f);
}

enum terramis_status worker_score(struct worker *w)
{
    const struct analysis *a = w->analysis;
    const struct plan *plan = a->plan;
    size_t cells = grid_cells(&w->grid);
    for (size_t f = 0; f < plan->factor_count; f++)
        TRY(read_factor(w, f));
    combination_run(&plan->combination, (const float *const *)w->x, a->weight,
                    cells, w->score);
    for (size_t f = 0; f < plan->factor_count; f++)
        if (plan->factors[f].nodata == NODATA_EXCLUDE)
            for (size_t i = 0; i < cells; i++)
                if (w->x[f][i] != w->x[f][i])
                    w->score[i] = NAN;
    return TERRAMIS_OK;
}

/* Class and limiting factor of a cell with plantable land. */
static void judge_cell(struct worker *w, size_t i)
{
    const struct analysis *a = w->analysis;
    const struct config *config = a->plan->config;
    size_t count = a->plan->factor_count;
    float x[FACTORS_MAX];
    enum suitability_class class =
        class_of(&config->classes, (double)w->score[i]);
    w->class[i] = CLASS_NONE;
    w->limiting[i] = LIMITING_NODATA;
    if (class == CLASS_NONE)
        return;
    for (size_t f = 0; f < count; f++)
        x[f] = w->x[f][i];
    int limiting = limiting_factor(x, 1, a->limiting_weight, count);
    w->class[i] = (unsigned char)class_capped(config, class, x, 1, &limiting);
    w->limiting[i] = (unsigned char)limiting;
}

/* A cell shows what most of its marginal land is. */
static void show_cell(const struct worker *w, size_t i, struct tile_result *r)
{
    float p = w->plantable[i], e = w->excluded[i];
    r->suitability[i] = SUITABILITY_NODATA;
    r->class[i] = CLASS_NODATA;
    r->limiting[i] = LIMITING_NODATA;
    if (p + e <= LAND_TRACE) {
        r->marginal[i] = 0;
    } else if (p < e) {
        r->class[i] = CLASS_EXCLUDED;
    } else if (w->class[i] != CLASS_NONE) {
        r->suitability[i] = (unsigned char)lround((double)w->score[i]);
        r->class[i] = w->class[i];
        r->limiting[i] = w->limiting[i];
    }
}

/* Where the areas of a piece's cells go. */
struct judging {
    const struct worker *worker;
    struct land_sums *sums;
};

static void add_judged(int64_t area, size_t cell, void *data)
{
    const struct judging *j = data;
    j->sums->class[j->worker->class[cell]] += area;
    j->sums->limiting[j->worker->limiting[cell]] += area;
}

void worker_show(struct worker *w, const struct piece_list *land,
                 struct tile_result *r)
{
    struct judging judging = {w, &r->land};
    for (size_t i = 0; i < grid_cells(&w->grid); i++) {
        if (w->plantable[i] > 0)
            judge_cell(w, i);
        show_cell(w, i, r);
    }
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        if (piece->kinds && piece->constraint == MOSAIC_NOT_EXCLUDED)
            for_cells(w, piece, add_judged, &judging);
    }
}
