#include "parcel/zonal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* What measuring one parcel in one tile needs. */
struct measuring {
    struct zonal_list *list;
    struct zonal_tools *tools;
    const struct parcels *parcels;
    const struct regions *regions;
    const struct zonal_cells *cells;
    enum terramis_status status;
};

static int64_t fixed(double area)
{
    return (int64_t)llround(area / ZONAL_UNIT);
}

static enum terramis_status add_part(struct zonal_list *list, size_t parcel,
                                     size_t factors)
{
    TRY(mem_grow(&list->parts, &list->room, list->count, sizeof *list->parts));
    TRY(mem_grow(&list->factors, &list->factor_room,
                 2 * factors * (list->count + 1), sizeof *list->factors));
    list->parts[list->count] =
        (struct zonal_part){.parcel = parcel, .sums.score_min = INFINITY};
    for (size_t i = 0; i < 2 * factors; i++)
        list->factors[2 * factors * list->count + i] = 0;
    list->count++;
    return TERRAMIS_OK;
}

/* Sums over the cells that a plantable piece covers. */
struct cell_sums {
    double area, scored, score;
    float score_min;
};

static struct cell_sums sum_scores(const float *share, struct window w,
                                   const struct zonal_cells *cells)
{
    struct cell_sums s = {.score_min = INFINITY};
    for (int row = 0; row < w.ny; row++) {
        size_t from = (size_t)row * (size_t)w.nx;
        size_t at =
            (size_t)(w.row + row) * (size_t)cells->grid.nx + (size_t)w.col;
        for (size_t i = 0; i < (size_t)w.nx; i++) {
            double a = (double)share[from + i];
            float score = cells->score[at + i];
            s.area += a;
            if (a <= 0 || score != score)
                continue;
            s.scored += a;
            s.score += a * (double)score;
            s.score_min = score < s.score_min ? score : s.score_min;
        }
    }
    return s;
}

static void sum_factor(const float *share, struct window w,
                       const struct zonal_cells *cells, size_t factor,
                       double *area, double *sum)
{
    const float *x = cells->x[factor];
    *area = *sum = 0;
    for (int row = 0; row < w.ny; row++) {
        size_t from = (size_t)row * (size_t)w.nx;
        size_t at =
            (size_t)(w.row + row) * (size_t)cells->grid.nx + (size_t)w.col;
        for (size_t i = 0; i < (size_t)w.nx; i++) {
            double a = (double)share[from + i];
            float value = x[at + i];
            bool has = value == value;
            *area += has ? a : 0;
            *sum += has ? a * (double)value : 0;
        }
    }
}

static void add_kinds(int64_t sums[KIND_COUNT], unsigned kinds, int64_t area)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (kinds & (1U << k))
            sums[k] += area;
}

static enum terramis_status add_plantable(struct measuring *m, unsigned kinds,
                                          const GEOSGeometry *piece,
                                          double metres2)
{
    const struct zonal_cells *cells = m->cells;
    struct zonal_part *part = &m->list->parts[m->list->count - 1];
    int64_t *factors =
        m->list->factors + 2 * cells->factors * (m->list->count - 1);
    outline_clear(m->tools->outline);
    TRY(outline_add(m->tools->outline, m->tools->geos, piece));
    struct rings rings = outline_rings(m->tools->outline);
    struct window w;
    const float *share =
        coverage_run(m->tools->coverage, &rings, &cells->grid, &w);
    if (!share)
        return TERRAMIS_OK;
    struct cell_sums s = sum_scores(share, w, cells);
    int64_t area = fixed(s.area * metres2);
    part->sums.plantable += area;
    add_kinds(part->sums.kind, kinds, area);
    add_kinds(part->sums.plantable_kind, kinds, area);
    part->sums.scored += fixed(s.scored * metres2);
    part->sums.score += fixed(s.score * metres2);
    part->sums.score_min = fminf(part->sums.score_min, s.score_min);
    for (size_t f = 0; f < cells->factors; f++) {
        double known, sum;
        sum_factor(share, w, cells, f, &known, &sum);
        factors[f] += fixed(known * metres2);
        factors[cells->factors + f] += fixed(sum * metres2);
    }
    return TERRAMIS_OK;
}

/* Adds one piece of a parcel that lies in one region. */
static enum terramis_status add_piece(struct measuring *m,
                                      const struct region *region,
                                      const GEOSGeometry *piece)
{
    struct geos *geos = m->tools->geos;
    struct rect extent = geos_extent(geos, piece);
    double scale = areal_scale_at(&m->cells->scale, extent);
    double cell = m->cells->grid.cell, planar = 0;
    if (region->constraint == PLANTABLE)
        return add_plantable(m, region->kinds, piece, cell * cell * scale);
    struct zonal_sums *sums = &m->list->parts[m->list->count - 1].sums;
    GEOSArea_r(geos->context, piece, &planar);
    int64_t area = fixed(planar * scale);
    sums->excluded += area;
    add_kinds(sums->kind, region->kinds, area);
    return TERRAMIS_OK;
}

static bool fills(struct geos *geos, const GEOSGeometry *geometry,
                  struct rect rect)
{
    double area = 0, whole = (rect.xmax - rect.xmin) * (rect.ymax - rect.ymin);
    GEOSArea_r(geos->context, geometry, &area);
    return area >= whole; /* equal only if nothing was cut off at all */
}

/* The part of `parcel` (inside `box`) that lies in the region. The region,
 * large, is first cut to the box, which is linear in its points. */
static enum terramis_status intersect(struct geos *geos,
                                      const struct region *region,
                                      const GEOSGeometry *parcel,
                                      struct rect box, GEOSGeometry **piece)
{
    GEOSGeometry *near;
    *piece = NULL;
    TRY(clip_to_rect(geos, region->geometry, region->extent, box, &near));
    if (!near)
        return TERRAMIS_OK;
    *piece = fills(geos, near, box)
                 ? GEOSGeom_clone_r(geos->context, parcel)
                 : GEOSIntersection_r(geos->context, near, parcel);
    GEOSGeom_destroy_r(geos->context, near);
    *piece = geos_only_polygons(geos, *piece);
    return geos_check(geos, *piece, "parcel");
}

static enum terramis_status measure_clipped(struct measuring *m, size_t index,
                                            const GEOSGeometry *parcel)
{
    struct geos *geos = m->tools->geos;
    struct rect box = geos_extent(geos, parcel);
    bool started = false;
    for (size_t i = 0; i < m->regions->count; i++) {
        const struct region *region = &m->regions->items[i];
        GEOSGeometry *piece = NULL;
        TRY(intersect(geos, region, parcel, box, &piece));
        enum terramis_status status = TERRAMIS_OK;
        if (piece && GEOSisEmpty_r(geos->context, piece) == 0) {
            if (!started)
                status = add_part(m->list, index, m->cells->factors);
            started = true;
            if (status == TERRAMIS_OK)
                status = add_piece(m, region, piece);
        }
        GEOSGeom_destroy_r(geos->context, piece);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static void measure(size_t feature, void *data)
{
    struct measuring *m = data;
    size_t position = m->parcels->position[feature];
    if (position == 0 || m->status != TERRAMIS_OK)
        return;
    const struct feature *f = &m->parcels->vector->features[feature];
    GEOSGeometry *part = NULL;
    m->status = clip_to_rect(m->tools->geos, f->geometry, f->extent,
                             grid_rect(&m->cells->grid), &part);
    if (part)
        m->status = measure_clipped(m, position - 1, part);
    GEOSGeom_destroy_r(m->tools->geos->context, part);
}

enum terramis_status zonal_run(struct zonal_list *list,
                               struct zonal_tools *tools,
                               const struct parcels *parcels,
                               const struct regions *regions,
                               const struct zonal_cells *cells)
{
    struct measuring m = {list, tools, parcels, regions, cells, TERRAMIS_OK};
    list->count = 0;
    if (regions->count > 0)
        vector_query(parcels->vector, tools->geos, grid_rect(&cells->grid),
                     measure, &m);
    return m.status;
}

void zonal_commit(const struct zonal_list *list, struct parcels *parcels)
{
    size_t factors = parcels->factors;
    for (size_t i = 0; i < list->count; i++) {
        const struct zonal_sums *from = &list->parts[i].sums;
        struct parcel *parcel = &parcels->items[list->parts[i].parcel];
        struct zonal_sums *to = &parcel->sums;
        for (int k = 0; k < KIND_COUNT; k++) {
            to->kind[k] += from->kind[k];
            to->plantable_kind[k] += from->plantable_kind[k];
        }
        to->excluded += from->excluded;
        to->plantable += from->plantable;
        to->scored += from->scored;
        to->score += from->score;
        to->score_min = fminf(to->score_min, from->score_min);
        for (size_t f = 0; f < factors; f++) {
            parcel->factor_area[f] += list->factors[2 * factors * i + f];
            parcel->factor_sum[f] +=
                list->factors[2 * factors * i + factors + f];
        }
    }
}

void zonal_list_release(struct zonal_list *list)
{
    free(list->parts);
    free(list->factors);
    *list = (struct zonal_list){0};
}
