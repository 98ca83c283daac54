#include "overlay/area_set.h"

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

static enum terramis_status clip_to_rect(struct geos *geos,
                                         struct path_range source,
                                         struct rect extent, struct rect rect,
                                         GEOSGeometry **result)
{
    GEOSContextHandle_t c = geos->context;
    GEOSGeometry *part;
    *result = NULL;
    TRY(paths_geometry(source, geos, &part));
    if (!contains(rect, extent)) {
        GEOSGeometry *whole = part;
        part = GEOSClipByRect_r(c, whole, rect.xmin, rect.ymin, rect.xmax,
                                rect.ymax);
        if (!part) { /* the fast clipper gave up: the robust one */
            GEOSGeometry *box = geos_rectangle(geos, rect);
            part = box ? GEOSIntersection_r(c, whole, box) : NULL;
            GEOSGeom_destroy_r(c, box);
        }
        GEOSGeom_destroy_r(c, whole);
    }
    part = geos_only_polygons(geos, part);
    TRY(geos_check(geos, part, N_("clip")));
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
    k->status = clip_to_rect(k->geos, vector_paths(k->vector, index),
                             feature->extent, k->rect, &part);
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
        vector_query(k.vector, rect, collect, &k);
    }
    enum terramis_status status = k.status;
    if (status == TERRAMIS_OK && k.count > 0)
        status = geos_union(geos, k.items, k.count, result);
    free(k.items);
    if (status == TERRAMIS_OK)
        drop_empty(geos, result);
    return status;
}
