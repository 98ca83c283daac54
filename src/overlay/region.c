#include "overlay/region.h"

#include <stdlib.h>

#include "base/mem.h"

static bool contains(struct rect outer, struct rect inner)
{
    return outer.xmin <= inner.xmin && inner.xmax <= outer.xmax &&
           outer.ymin <= inner.ymin && inner.ymax <= outer.ymax;
}

/* NULL in place of an empty geometry, which it frees. */
static void drop_empty(struct geos *geos, GEOSGeometry **geometry)
{
    if (*geometry && GEOSisEmpty_r(geos->context, *geometry) == 1) {
        GEOSGeom_destroy_r(geos->context, *geometry);
        *geometry = NULL;
    }
}

enum terramis_status clip_to_rect(struct geos *geos,
                                  const GEOSGeometry *geometry,
                                  struct rect extent, struct rect rect,
                                  GEOSGeometry **result)
{
    GEOSContextHandle_t c = geos->context;
    *result = NULL;
    if (!rect_meets(extent, rect))
        return TERRAMIS_OK;
    GEOSGeometry *part =
        contains(rect, extent)
            ? GEOSGeom_clone_r(c, geometry)
            : GEOSClipByRect_r(c, geometry, rect.xmin, rect.ymin, rect.xmax,
                               rect.ymax);
    if (!part) { /* the fast clipper gave up: the robust one */
        GEOSGeometry *box = geos_rectangle(geos, rect);
        part = box ? GEOSIntersection_r(c, geometry, box) : NULL;
        GEOSGeom_destroy_r(c, box);
    }
    part = geos_only_polygons(geos, part);
    TRY(geos_check(geos, part, "clip"));
    drop_empty(geos, &part);
    *result = part;
    return TERRAMIS_OK;
}

/* Collects the clipped features that a query finds. */
struct collecting {
    struct geos *geos;
    const struct vector *vector;
    struct rect rect;
    GEOSGeometry **items;
    size_t count, capacity;
    enum terramis_status status;
};

static void collect(size_t index, void *data)
{
    struct collecting *k = data;
    const struct feature *feature = &k->vector->features[index];
    GEOSGeometry *part = NULL;
    if (k->status != TERRAMIS_OK)
        return;
    k->status = clip_to_rect(k->geos, feature->geometry, feature->extent,
                             k->rect, &part);
    if (part)
        k->status =
            mem_grow(&k->items, &k->capacity, k->count, sizeof *k->items);
    if (part && k->status == TERRAMIS_OK)
        k->items[k->count++] = part;
}

enum terramis_status area_set_union(const struct area_set *set,
                                    struct geos *geos, struct rect rect,
                                    GEOSGeometry **result)
{
    struct collecting k = {.geos = geos, .rect = rect};
    *result = NULL;
    for (size_t i = 0; i < set->count; i++) {
        k.vector = set->vectors[i];
        vector_query(k.vector, geos, rect, collect, &k);
    }
    enum terramis_status status = k.status;
    if (status == TERRAMIS_OK && k.count > 0)
        status = geos_union(geos, k.items, k.count, result);
    free(k.items);
    if (status == TERRAMIS_OK)
        drop_empty(geos, result);
    return status;
}

static enum terramis_status add_region(struct regions *regions,
                                       struct geos *geos, unsigned kinds,
                                       int constraint, GEOSGeometry *geometry)
{
    enum terramis_status status =
        mem_grow(&regions->items, &regions->capacity, regions->count,
                 sizeof *regions->items);
    if (status != TERRAMIS_OK) {
        GEOSGeom_destroy_r(geos->context, geometry);
        return status;
    }
    regions->items[regions->count++] =
        (struct region){.kinds = kinds,
                        .constraint = constraint,
                        .geometry = geometry,
                        .extent = geos_extent(geos, geometry)};
    return TERRAMIS_OK;
}

typedef GEOSGeometry *(*overlay_operation)(GEOSContextHandle_t,
                                           const GEOSGeometry *,
                                           const GEOSGeometry *);

static enum terramis_status apply(struct geos *geos,
                                  overlay_operation operation,
                                  const GEOSGeometry *a, const GEOSGeometry *b,
                                  GEOSGeometry **result)
{
    *result = geos_only_polygons(geos, operation(geos->context, a, b));
    TRY(geos_check(geos, *result, "overlay"));
    drop_empty(geos, result);
    return TERRAMIS_OK;
}

/* Cuts every region that nothing has claimed yet in two: the part inside
 * `area` becomes a new region with `kinds` added (or claimed by `constraint`),
 * the rest stays what it was. */
static enum terramis_status split(struct regions *regions, struct geos *geos,
                                  const GEOSGeometry *area, unsigned kind,
                                  int constraint)
{
    struct rect extent = geos_extent(geos, area);
    size_t count = regions->count;
    for (size_t i = 0; i < count; i++) {
        struct region *region = &regions->items[i];
        GEOSGeometry *inside, *outside;
        if (!region->geometry || region->constraint != PLANTABLE ||
            !rect_meets(region->extent, extent))
            continue;
        unsigned kinds = region->kinds | kind;
        TRY(apply(geos, GEOSIntersection_r, region->geometry, area, &inside));
        if (!inside)
            continue;
        enum terramis_status status =
            apply(geos, GEOSDifference_r, region->geometry, area, &outside);
        if (status == TERRAMIS_OK) {
            GEOSGeom_destroy_r(geos->context, region->geometry);
            region->geometry = outside;
            if (outside)
                region->extent = geos_extent(geos, outside);
            status = add_region(regions, geos, kinds, constraint, inside);
        } else {
            GEOSGeom_destroy_r(geos->context, inside);
        }
        TRY(status);
    }
    return TERRAMIS_OK;
}

/* Removes regions that were used up, and land of no kind. */
static void compact(struct regions *regions, struct geos *geos)
{
    size_t kept = 0;
    for (size_t i = 0; i < regions->count; i++) {
        struct region *region = &regions->items[i];
        if (region->geometry && region->kinds != 0)
            regions->items[kept++] = *region;
        else
            GEOSGeom_destroy_r(geos->context, region->geometry);
    }
    regions->count = kept;
}

/* The land of one kind inside `rect`, holes taken out; NULL: none. */
static enum terramis_status kind_area(const struct overlay *overlay, int kind,
                                      struct geos *geos, struct rect rect,
                                      GEOSGeometry **area)
{
    GEOSGeometry *holes = NULL, *rest = NULL;
    TRY(area_set_union(&overlay->kinds[kind], geos, rect, area));
    if (!*area)
        return TERRAMIS_OK;
    enum terramis_status status =
        area_set_union(&overlay->holes[kind], geos, rect, &holes);
    if (status == TERRAMIS_OK && holes) {
        status = apply(geos, GEOSDifference_r, *area, holes, &rest);
        GEOSGeom_destroy_r(geos->context, *area);
        *area = rest;
    }
    GEOSGeom_destroy_r(geos->context, holes);
    return status;
}

static enum terramis_status split_by_kinds(struct regions *regions,
                                           struct geos *geos,
                                           const struct overlay *overlay,
                                           struct rect rect)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        GEOSGeometry *area = NULL;
        enum terramis_status status =
            kind_area(overlay, kind, geos, rect, &area);
        if (status == TERRAMIS_OK && area)
            status = split(regions, geos, area, 1U << kind, PLANTABLE);
        GEOSGeom_destroy_r(geos->context, area);
        TRY(status);
    }
    compact(regions, geos);
    return TERRAMIS_OK;
}

static enum terramis_status split_by_constraints(struct regions *regions,
                                                 struct geos *geos,
                                                 const struct overlay *overlay,
                                                 struct rect rect)
{
    for (size_t i = 0; i < overlay->constraint_count; i++) {
        GEOSGeometry *area = NULL;
        enum terramis_status status =
            area_set_union(&overlay->constraints[i], geos, rect, &area);
        if (status == TERRAMIS_OK && area)
            status = split(regions, geos, area, 0, (int)i);
        GEOSGeom_destroy_r(geos->context, area);
        TRY(status);
    }
    compact(regions, geos);
    return TERRAMIS_OK;
}

enum terramis_status regions_build(struct regions *regions, struct geos *geos,
                                   const struct overlay *overlay,
                                   struct rect rect)
{
    GEOSGeometry *land;
    regions_clear(regions, geos);
    TRY(clip_to_rect(geos, overlay->territory,
                     geos_extent(geos, overlay->territory), rect, &land));
    if (!land)
        return TERRAMIS_OK;
    GEOSArea_r(geos->context, land, &regions->land);
    TRY(add_region(regions, geos, 0, PLANTABLE, land));
    TRY(split_by_kinds(regions, geos, overlay, rect));
    if (regions->count == 0)
        return TERRAMIS_OK;
    return split_by_constraints(regions, geos, overlay, rect);
}

void regions_clear(struct regions *regions, struct geos *geos)
{
    for (size_t i = 0; i < regions->count; i++)
        GEOSGeom_destroy_r(geos->context, regions->items[i].geometry);
    regions->count = 0;
    regions->land = 0;
}

void regions_release(struct regions *regions, struct geos *geos)
{
    regions_clear(regions, geos);
    free(regions->items);
    *regions = (struct regions){0};
}
