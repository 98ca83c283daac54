#include <stdlib.h>

#include "demo/fabric.h"

/* Numbers the parcels; in the small version keeps those that have to do with
 * marginal land, as many as fit. */

enum {
    SMALL_PARCELS = 4000
};

struct candidate {
    double order;
    size_t parcel;
};

static bool touches(const struct region *region, enum feature_kind kind,
                    int worst_rank, struct point p, double reach)
{
    const struct feature_list *list = &region->features[kind];
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *f = &list->at[i];
        struct rect r = rect_grow(shape_rect(&f->shape), reach);
        if (f->rank > worst_rank || p.x < r.xmin || p.x > r.xmax ||
            p.y < r.ymin || p.y > r.ymax)
            continue;
        if (shape_distance(&f->shape, p) < reach ||
            (f->shape.type == SHAPE_AREA && shape_holds(&f->shape, p)))
            return true;
    }
    return false;
}

/* 0: must be in the demo .. 3: filler. */
static int priority(const struct region *region, const struct feature *parcel)
{
    struct point p = shape_middle(&parcel->shape);
    double reach = 0.5 * sqrt(parcel->value);
    if (touches(region, FEATURE_SIS, 9, p, reach) ||
        touches(region, FEATURE_CASIAS, 0, p, reach + 40))
        return 0;
    if (touches(region, FEATURE_CATCHMENT, 9, p, 1) ||
        touches(region, FEATURE_PERIMETER, 9, p, 1))
        return 1;
    if (touches(region, FEATURE_RAIL, 9, p, reach) ||
        touches(region, FEATURE_CANAL, 9, p, reach) ||
        touches(region, FEATURE_POWER, 999, p, reach) ||
        touches(region, FEATURE_ROAD, 4, p, reach))
        return 2;
    return 3;
}

static int by_order(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->parcel < y->parcel ? -1 : x->parcel > y->parcel;
}

static enum terramis_status choose(struct region *region)
{
    struct feature_list *list = &region->features[FEATURE_PARCEL];
    struct candidate *candidates;
    size_t n = list->count;
    uint64_t seed = region->pilot->seed + 95;
    if (n <= SMALL_PARCELS)
        return TERRAMIS_OK;
    TRY(mem_new(&candidates, n, sizeof *candidates));
    for (size_t i = 0; i < n; i++) {
        /* neighbours are kept or dropped together */
        struct point p = shape_middle(&list->at[i].shape);
        double order = 0.45 * noise_fbm(seed, p.x, p.y, 3500, 2);
        candidates[i] =
            (struct candidate){priority(region, &list->at[i]) + order, i};
    }
    qsort(candidates, n, sizeof *candidates, by_order);
    for (size_t i = SMALL_PARCELS; i < n; i++)
        list->at[candidates[i].parcel].value = 0;
    free(candidates);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (list->at[i].value > 0)
            list->at[kept++] = list->at[i];
    list->count = kept;
    return TERRAMIS_OK;
}

/* Section 0..15 of a commune: eight sectors, far and near. */
static int section_of(const struct region *region, const struct feature *f)
{
    struct point p = shape_middle(&f->shape);
    struct point o = region->settlements[f->group].at;
    double dx = p.x - o.x, dy = p.y - o.y;
    int sector = (dx > 0) | (dy > 0) << 1 | (fabs(dx) > fabs(dy)) << 2;
    return sector + (point_distance(p, o) < 450 ? 8 : 0);
}

enum terramis_status fabric_finish(struct region *region)
{
    enum {
        SECTIONS = 16
    };
    struct feature_list *list = &region->features[FEATURE_PARCEL];
    int *numbers;
    if (region->small)
        TRY(choose(region));
    TRY(mem_new(&numbers, region->commune_count * SECTIONS, sizeof *numbers));
    for (size_t i = 0; i < list->count; i++) {
        struct feature *f = &list->at[i];
        f->rank = section_of(region, f);
        f->value = ++numbers[f->group * SECTIONS + f->rank];
    }
    free(numbers);
    return TERRAMIS_OK;
}
