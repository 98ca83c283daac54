#include <math.h>
#include <string.h>

#include "base/clones.h"
#include "base/mem.h"
#include "plan/worker.h"

enum {
    SPAN_GAP = 16 /* cells */
};

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

/* True area of all cells of a piece. */
static int64_t piece_area(const struct worker *w, const struct piece *piece)
{
    int64_t area = 0;
    double scale;
    for (uint32_t done = 0, n; done < piece->run; done += n) {
        n = areal_stretch(&w->areal, (uint32_t)w->grid.nx, piece->cell + done,
                          piece->run - done, &scale);
        area += zonal_share(piece->share, scale) * n;
    }
    return area;
}

/* Plantable cells are scored in spans; those of a short gap are scored with
 * them, which costs less than a new span. */
static enum terramis_status add_span(struct worker *w,
                                     const struct piece *piece)
{
    size_t end = (size_t)piece->cell + piece->run;
    if (w->span_count > 0) {
        struct span *last = &w->spans[w->span_count - 1];
        if (piece->cell <= last->first + last->count + SPAN_GAP) {
            if (end > last->first + last->count)
                last->count = end - last->first;
            return TERRAMIS_OK;
        }
    }
    TRY(mem_grow(&w->spans, &w->span_room, w->span_count, sizeof *w->spans));
    w->spans[w->span_count++] = (struct span){piece->cell, piece->run};
    return TERRAMIS_OK;
}

static void add_sums(struct land_sums *sums, const struct piece *piece,
                     int64_t area)
{
    sums->marginal += area;
    sums->mask[piece->kinds] += area;
    for (int k = 0; k < KIND_COUNT; k++)
        sums->kind[k] += piece->kinds >> k & 1 ? area : 0;
    if (piece->constraint == MOSAIC_NOT_EXCLUDED)
        sums->plantable += area;
    else
        sums->excluded[piece->constraint] += area;
}

enum terramis_status worker_sum_land(struct worker *w,
                                     const struct piece_list *land,
                                     struct tile_result *r)
{
    size_t cells = grid_cells(&w->grid);
    memset(w->plantable, 0, cells * sizeof(float));
    memset(w->excluded, 0, cells * sizeof(float));
    memset(r->marginal, 0, cells);
    w->span_count = 0;
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        int64_t area = piece_area(w, piece);
        r->land.territory += area;
        if (piece->kinds == 0)
            continue;
        add_sums(&r->land, piece, area);
        add_share(w, piece, r->marginal);
        if (piece->constraint == MOSAIC_NOT_EXCLUDED)
            TRY(add_span(w, piece));
    }
    return TERRAMIS_OK;
}

/* `factor` must have data, but cell `i` has none. */
static enum terramis_status no_data(const struct worker *w,
                                    const struct factor *factor, size_t i)
{
    const struct analysis *a = w->analysis;
    const struct place *at = &factor->config->layer.at;
    size_t nx = (size_t)w->grid.nx;
    return status_set(
        TERRAMIS_INPUT,
        _("%s:%d:%d: factor %s: no data at x %.1f, y %.1f, on plantable land "
          "of "
          "territory %s. Give another layer, or set nodata: exclude or "
          "renormalise"),
        a->plan->config->path, at->line, at->column, factor->config->id,
        grid_x(&w->grid, (int)(i % nx)), grid_y(&w->grid, (int)(i / nx)),
        a->territory->config->id);
}

/* Finds the first plantable cell where the factor must have data and has none;
 * notes the classes that its table does not know, which then have none. */
static enum terramis_status find_problems(const struct worker *w, size_t f,
                                          struct unknown_classes *unknown)
{
    const struct factor *factor = &w->analysis->plan->factors[f];
    size_t nx = (size_t)w->grid.nx;
    for (size_t s = 0; s < w->span_count; s++) {
        size_t end = w->spans[s].first + w->spans[s].count;
        for (size_t i = w->spans[s].first; i < end; i++) {
            float *x = &w->x[f][i];
            bool plantable = w->plantable[i] > LAND_TRACE;
            if (*x != *x && plantable && factor->nodata == NODATA_FAIL)
                return no_data(w, factor, i);
            if (!(*x < 0))
                continue;
            const struct unknown_class found = {
                f, (double)w->raw[f][i], 1, grid_x(&w->grid, (int)(i % nx)),
                grid_y(&w->grid, (int)(i / nx))};
            if (plantable)
                unknown_add(unknown, &found);
            *x = NAN;
        }
    }
    return TERRAMIS_OK;
}

/* Is some value missing (where that matters) or of an unknown class? */
CLONES static bool is_complete(const float *x, size_t n, bool missing_matters)
{
    int bad = 0;
    for (size_t i = 0; i < n; i++)
        bad |= (missing_matters & (x[i] != x[i])) | (x[i] < 0);
    return bad == 0;
}

static enum terramis_status read_factor(struct worker *w, size_t f,
                                        struct unknown_classes *unknown)
{
    const struct factor *factor = &w->analysis->plan->factors[f];
    bool complete = true;
    if (w->readers[f])
        TRY(raster_reader_read(w->readers[f], &w->grid, w->raw[f]));
    else
        TRY(factor->criterion->run(&factor->source, &w->tools, &w->grid,
                                   w->raw[f]));
    for (size_t s = 0; s < w->span_count; s++) {
        struct span span = w->spans[s];
        float *x = w->x[f] + span.first;
        factor->membership->run(&factor->bound, w->raw[f] + span.first,
                                span.count, x);
        complete = complete &&
                   is_complete(x, span.count, factor->nodata == NODATA_FAIL);
    }
    return complete ? TERRAMIS_OK : find_problems(w, f, unknown);
}

static void exclude_missing(struct worker *w, size_t f, struct span span)
{
    for (size_t i = span.first; i < span.first + span.count; i++)
        if (w->x[f][i] != w->x[f][i])
            w->score[i] = NAN;
}

/* Severe limitations lower the class, whatever the sum says. */
static void cap_span(struct worker *w, const float *const *x, struct span span)
{
    const struct plan *plan = w->analysis->plan;
    float own[FACTORS_MAX];
    for (size_t i = 0; i < span.count; i++) {
        int limiting = w->limiting[span.first + i];
        for (size_t f = 0; f < plan->factor_count; f++)
            own[f] = x[f][i];
        w->class[span.first + i] = (unsigned char)class_capped(
            plan->config, (enum suitability_class)w->class[span.first + i], own,
            1, &limiting);
        w->limiting[span.first + i] = (unsigned char)limiting;
    }
}

/* Score, class and limiting factor of the cells of a span. */
static void judge_span(struct worker *w, struct span span)
{
    const struct analysis *a = w->analysis;
    const struct plan *plan = a->plan;
    const float *x[FACTORS_MAX];
    float *score = w->score + span.first;
    for (size_t f = 0; f < plan->factor_count; f++)
        x[f] = w->x[f] + span.first;
    combination_run(&plan->combination, x, a->weight, span.count, score);
    for (size_t f = 0; f < plan->factor_count; f++)
        if (plan->factors[f].nodata == NODATA_EXCLUDE)
            exclude_missing(w, f, span);
    class_run(&plan->config->classes, score, span.count, w->class + span.first);
    limiting_factors(x, a->limiting_weight, plan->factor_count, span.count,
                     w->limiting + span.first);
    if (plan->config->capped)
        cap_span(w, x, span);
    for (size_t i = span.first; i < span.first + span.count; i++)
        if (w->class[i] == CLASS_NONE)
            w->limiting[i] = LIMITING_NODATA;
}

static bool is_busy(const struct worker *w, size_t f)
{
    return w->readers[f] &&
           raster_is_busy(&w->analysis->plan->factors[f].source.raster);
}

/* First those whose file no other worker reads just now, then the rest: one
 * thread at a time reads a file. Of factors that fail the first is named,
 * whichever was read first. */
static enum terramis_status read_factors(struct worker *w,
                                         struct unknown_classes *unknown)
{
    size_t count = w->analysis->plan->factor_count;
    enum terramis_status status = TERRAMIS_OK;
    bool done[FACTORS_MAX] = {false};
    for (int pass = 0; pass < 2; pass++)
        for (size_t f = 0; f < count && status == TERRAMIS_OK; f++)
            if (!done[f] && (pass == 1 || !is_busy(w, f))) {
                status = read_factor(w, f, unknown);
                done[f] = true;
            }
    for (size_t f = 0; f < count && status != TERRAMIS_OK; f++)
        TRY(read_factor(w, f, unknown));
    return status;
}

enum terramis_status worker_score(struct worker *w, struct tile_result *r)
{
    if (w->span_count > 0)
        TRY(read_factors(w, &r->unknown));
    for (size_t s = 0; s < w->span_count; s++)
        judge_span(w, w->spans[s]);
    return TERRAMIS_OK;
}

/* What most of a cell's marginal land is, is what it shows: `plantable` and
 * `excluded` are shares of the cell. */
CLONES static void show_cells(const struct worker *w, size_t cells,
                              struct tile_result *r)
{
    const float *restrict plantable = w->plantable;
    const float *restrict excluded = w->excluded, *restrict score = w->score;
    const unsigned char *restrict class = w->class;
    const unsigned char *restrict limiting = w->limiting;
    unsigned char *restrict suitability = r->suitability;
    unsigned char *restrict shown = r->class;
    unsigned char *restrict reason = r->limiting;
    unsigned char *restrict marginal = r->marginal;
    for (size_t i = 0; i < cells; i++) {
        float p = plantable[i], e = excluded[i];
        unsigned char any = p + e > LAND_TRACE ? 255 : 0;
        unsigned char forbidden = p < e ? 255 : 0;
        unsigned char scored = class[i] != CLASS_NONE ? 255 : 0;
        unsigned char judged = (unsigned char)(any & ~forbidden & scored);
        double value = score[i] >= 0 ? (double)score[i] : 0; /* no NaN */
        unsigned char rounded = (unsigned char)(value + 0.5);
        suitability[i] = judged ? rounded : SUITABILITY_NODATA;
        shown[i] = judged              ? class[i]
                   : (any & forbidden) ? (unsigned char)CLASS_EXCLUDED
                                       : (unsigned char)CLASS_NODATA;
        reason[i] = judged ? limiting[i] : (unsigned char)LIMITING_NODATA;
        marginal[i] &= any;
    }
}

static void add_judged(const struct worker *w, const struct piece *piece,
                       struct land_sums *sums)
{
    double scale;
    for (uint32_t done = 0, n; done < piece->run; done += n) {
        uint32_t at = piece->cell + done;
        n = areal_stretch(&w->areal, (uint32_t)w->grid.nx, at,
                          piece->run - done, &scale);
        int64_t area = zonal_share(piece->share, scale);
        for (uint32_t i = at; i < at + n; i++) {
            sums->class[w->class[i]] += area;
            sums->limiting[w->limiting[i]] += area;
        }
    }
}

void worker_show(struct worker *w, const struct piece_list *land,
                 struct tile_result *r)
{
    show_cells(w, grid_cells(&w->grid), r);
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        if (piece->kinds && piece->constraint == MOSAIC_NOT_EXCLUDED)
            add_judged(w, piece, &r->land);
    }
}
