#include "overlay/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void outline_clear(struct outline *outline)
{
    outline->points = 0;
    outline->count = 0;
}

void outline_release(struct outline *outline)
{
    free(outline->xy);
    free(outline->start);
    *outline = (struct outline){0};
}

/* Points of a ring, line or point, copied to `xy` (room for `points`). */
static enum terramis_status copy_points(struct geos *geos,
                                        const GEOSGeometry *simple, double *xy)
{
    const GEOSCoordSequence *sequence =
        GEOSGeom_getCoordSeq_r(geos->context, simple);
    TRY(geos_check(geos, sequence, N_("coordinates")));
    if (!GEOSCoordSeq_copyToBuffer_r(geos->context, sequence, xy, 0, 0))
        return geos_check(geos, NULL, N_("coordinates"));
    return TERRAMIS_OK;
}

static size_t count_points(struct geos *geos, const GEOSGeometry *simple)
{
    int points = GEOSGetNumCoordinates_r(geos->context, simple);
    return points < 0 ? 0 : (size_t)points;
}

static enum terramis_status add_ring(struct outline *outline, struct geos *geos,
                                     const GEOSGeometry *ring, bool shell)
{
    size_t points = count_points(geos, ring);
    TRY(mem_grow(&outline->xy, &outline->xy_room,
                 2 * (outline->points + points), sizeof *outline->xy));
    TRY(mem_grow(&outline->start, &outline->start_room, outline->count + 1,
                 sizeof *outline->start));
    double *xy = outline->xy + 2 * outline->points;
    TRY(copy_points(geos, ring, xy));
    rings_orient(xy, points, shell);
    outline->start[outline->count++] = outline->points;
    outline->points += points;
    outline->start[outline->count] = outline->points;
    return TERRAMIS_OK;
}

enum terramis_status outline_add(struct outline *outline, struct geos *geos,
                                 const GEOSGeometry *polygons)
{
    GEOSContextHandle_t c = geos->context;
    int parts = GEOSGetNumGeometries_r(c, polygons);
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(c, polygons, i);
        if (GEOSGeomTypeId_r(c, part) != GEOS_POLYGON ||
            GEOSisEmpty_r(c, part) == 1)
            continue;
        TRY(add_ring(outline, geos, GEOSGetExteriorRing_r(c, part), true));
        int holes = GEOSGetNumInteriorRings_r(c, part);
        for (int h = 0; h < holes; h++)
            TRY(add_ring(outline, geos, GEOSGetInteriorRingN_r(c, part, h),
                         false));
    }
    return TERRAMIS_OK;
}

enum terramis_status outline_add_paths(struct outline *outline,
                                       struct path_range polygons)
{
    struct rings rings = paths_rings(polygons);
    if (rings.count == 0)
        return TERRAMIS_OK;
    size_t first = rings.start[0], points = rings.start[rings.count] - first;
    TRY(mem_grow(&outline->xy, &outline->xy_room,
                 2 * (outline->points + points), sizeof *outline->xy));
    TRY(mem_grow(&outline->start, &outline->start_room,
                 outline->count + rings.count, sizeof *outline->start));
    memcpy(outline->xy + 2 * outline->points, rings.xy + 2 * first,
           2 * points * sizeof *outline->xy);
    for (size_t i = 0; i <= rings.count; i++)
        outline->start[outline->count + i] =
            rings.start[i] - first + outline->points;
    outline->count += rings.count;
    outline->points += points;
    return TERRAMIS_OK;
}

struct rings outline_rings(const struct outline *outline)
{
    return (struct rings){outline->xy, outline->start, outline->count};
}

static enum terramis_status add_path(struct segment_list *list,
                                     const double *xy, size_t points)
{
    size_t segments = points > 1 ? points - 1 : 1;
    TRY(mem_grow(&list->ends, &list->room, list->count + segments,
                 sizeof *list->ends));
    for (size_t i = 0; i < segments; i++) {
        size_t j = points > 1 ? i + 1 : i;
        double *end = list->ends[list->count++];
        end[0] = xy[2 * i];
        end[1] = xy[2 * i + 1];
        end[2] = xy[2 * j];
        end[3] = xy[2 * j + 1];
    }
    return TERRAMIS_OK;
}

enum terramis_status segment_list_add(struct segment_list *list,
                                      struct path_range geometry)
{
    const struct paths *p = geometry.paths;
    for (size_t i = geometry.first; i < geometry.first + geometry.count; i++)
        TRY(add_path(list, p->xy + 2 * p->start[i],
                     p->start[i + 1] - p->start[i]));
    return TERRAMIS_OK;
}
