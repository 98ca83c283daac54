#include "demo/fabric.h"

#include <stdlib.h>
#include <string.h>

#include "geo/paths.h"

/* Communes: the land that is nearer to their village than to any other
 * (Voronoi 1908), cut off at the outline. */

static enum terramis_status nearer(const struct region *region, size_t village,
                                   struct points *cell, struct points *spare)
{
    struct rect r = rect_grow(grid_rect(&region->terrain.grid), 1000);
    const struct settlement *s = region->settlements;
    struct point own = s[village].at;
    cell->count = 0;
    TRY(points_add(cell, r.xmin, r.ymin));
    TRY(points_add(cell, r.xmax, r.ymin));
    TRY(points_add(cell, r.xmax, r.ymax));
    TRY(points_add(cell, r.xmin, r.ymax));
    for (size_t i = 0; i < region->commune_count; i++) {
        struct point p = s[i].at;
        struct point a = {(own.x + p.x) / 2, (own.y + p.y) / 2};
        struct point b = {a.x - (p.y - own.y), a.y + (p.x - own.x)};
        if (i == village)
            continue;
        TRY(fabric_part(cell, a, b, 1, spare));
        struct points other = *cell;
        *cell = *spare;
        *spare = other;
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_ring(struct paths *paths,
                                     const struct point *at, size_t count)
{
    double *xy;
    TRY(paths_add(paths, PATH_SHELL, count + 1, &xy));
    for (size_t i = 0; i <= count; i++) {
        xy[2 * i] = at[i % count].x;
        xy[2 * i + 1] = at[i % count].y;
    }
    return TERRAMIS_OK;
}

/* What both have in common replaces what `paths` holds. */
static enum terramis_status cut(struct geos *geos, struct paths *paths)
{
    GEOSGeometry *a = NULL, *b = NULL, *both = NULL;
    enum terramis_status status;
    TRY_DONE(paths_geometry((struct path_range){paths, 0, 1}, geos, &a));
    TRY_DONE(paths_geometry((struct path_range){paths, 1, 1}, geos, &b));
    both = geos_only_polygons(geos, GEOSIntersection_r(geos->context, a, b));
    TRY_DONE(geos_check(geos, both, N_("intersection")));
    paths_clear(paths);
    status = paths_add_geometry(paths, geos, both);
done:
    GEOSGeom_destroy_r(geos->context, a);
    GEOSGeom_destroy_r(geos->context, b);
    GEOSGeom_destroy_r(geos->context, both);
    return status;
}

/* Its parts: neither villages' land nor the outline has holes. */
static enum terramis_status add_parts(struct region *region,
                                      const struct paths *paths, int commune)
{
    struct shape shape = {.type = SHAPE_AREAS, .ring_count = paths->count};
    shape.rings =
        arena_alloc(&region->arena, paths->count, sizeof *shape.rings);
    if (!shape.rings)
        return status_no_memory();
    for (size_t i = 0; i < paths->count; i++) {
        size_t points = paths->start[i + 1] - paths->start[i] - 1;
        struct ring *ring = &shape.rings[i];
        *ring = (struct ring){
            arena_alloc(&region->arena, points, sizeof *ring->at), points};
        if (!ring->at)
            return status_no_memory();
        memcpy(ring->at, paths->xy + 2 * paths->start[i],
               points * sizeof *ring->at);
    }
    return region_add_shape(region, FEATURE_COMMUNE, &shape,
                            region->settlements[commune].size, commune, 0);
}

static enum terramis_status build_all(struct region *region, struct geos *geos)
{
    struct points cell = {0}, spare = {0};
    struct paths paths = {0};
    const struct ring *outline = &region->outline.rings[0];
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < region->commune_count; i++) {
        paths_clear(&paths);
        TRY_DONE(nearer(region, i, &cell, &spare));
        TRY_DONE(add_ring(&paths, outline->at, outline->count));
        TRY_DONE(add_ring(&paths, cell.at, cell.count));
        TRY_DONE(cut(geos, &paths));
        if (paths.count > 0)
            TRY_DONE(add_parts(region, &paths, (int)i));
    }
done:
    paths_release(&paths);
    free(cell.at);
    free(spare.at);
    return status;
}

enum terramis_status commune_build(struct region *region)
{
    struct geos geos;
    TRY(geos_open(&geos));
    enum terramis_status status = build_all(region, &geos);
    geos_close(&geos);
    return status;
}
