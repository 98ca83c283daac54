#include "geo/paths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void paths_clear(struct paths *paths)
{
    paths->count = 0;
}

void paths_release(struct paths *paths)
{
    free(paths->xy);
    free(paths->start);
    free(paths->kind);
    *paths = (struct paths){0};
}

/* A failing realloc() to less leaves things as they are. */
static void trim(void *items, size_t *room, size_t count, size_t size)
{
    void *old;
    memcpy(&old, items, sizeof old);
    void *less = count > 0 && count < *room ? realloc(old, count * size) : NULL;
    if (less) {
        memcpy(items, &less, sizeof less);
        *room = count;
    }
}

void paths_trim(struct paths *paths)
{
    size_t points = paths_points(paths);
    trim(&paths->xy, &paths->xy_room, 2 * points, sizeof *paths->xy);
    trim(&paths->start, &paths->start_room, paths->count + 1,
         sizeof *paths->start);
    trim(&paths->kind, &paths->kind_room, paths->count, sizeof *paths->kind);
}

/* Room for `count` more paths with `points` points. */
static enum terramis_status make_room(struct paths *paths, size_t count,
                                      size_t points)
{
    TRY(mem_grow(&paths->xy, &paths->xy_room,
                 2 * (paths_points(paths) + points), sizeof *paths->xy));
    TRY(mem_grow(&paths->start, &paths->start_room, paths->count + count,
                 sizeof *paths->start));
    return mem_grow(&paths->kind, &paths->kind_room, paths->count + count,
                    sizeof *paths->kind);
}

enum terramis_status paths_add(struct paths *paths, enum path_kind kind,
                               size_t points, double **xy)
{
    TRY(make_room(paths, 1, points));
    size_t first = paths_points(paths);
    *xy = paths->xy + 2 * first;
    paths->kind[paths->count] = (unsigned char)kind;
    paths->start[paths->count++] = first;
    paths->start[paths->count] = first + points;
    return TERRAMIS_OK;
}

void paths_orient(struct paths *paths, size_t first)
{
    for (size_t i = first; i < paths->count; i++) {
        enum path_kind kind = paths_kind(paths, i);
        size_t from = paths->start[i], points = paths->start[i + 1] - from;
        if (kind <= PATH_HOLE &&
            rings_orient(paths->xy + 2 * from, points, kind == PATH_SHELL))
            paths->kind[i] ^= PATH_TURNED;
    }
}

enum terramis_status paths_append(struct paths *paths, struct path_range from)
{
    const struct paths *source = from.paths;
    if (from.count == 0)
        return TERRAMIS_OK;
    size_t first = source->start[from.first], at = paths_points(paths);
    size_t points = source->start[from.first + from.count] - first;
    TRY(make_room(paths, from.count, points));
    memcpy(paths->xy + 2 * at, source->xy + 2 * first,
           2 * points * sizeof *paths->xy);
    memcpy(paths->kind + paths->count, source->kind + from.first, from.count);
    for (size_t i = 0; i <= from.count; i++)
        paths->start[paths->count + i] =
            source->start[from.first + i] - first + at;
    paths->count += from.count;
    return TERRAMIS_OK;
}

static enum terramis_status add_simple(struct paths *paths, struct geos *geos,
                                       const GEOSGeometry *simple,
                                       enum path_kind kind)
{
    GEOSContextHandle_t c = geos->context;
    int points = GEOSGetNumCoordinates_r(c, simple);
    double *xy;
    if (points <= 0)
        return TERRAMIS_OK;
    TRY(paths_add(paths, kind, (size_t)points, &xy));
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(c, simple);
    if (!sequence || !GEOSCoordSeq_copyToBuffer_r(c, sequence, xy, 0, 0))
        return geos_check(geos, NULL, N_("coordinates"));
    return TERRAMIS_OK;
}

static enum terramis_status add_polygon(struct paths *paths, struct geos *geos,
                                        const GEOSGeometry *polygon)
{
    GEOSContextHandle_t c = geos->context;
    if (GEOSisEmpty_r(c, polygon) == 1)
        return TERRAMIS_OK;
    TRY(add_simple(paths, geos, GEOSGetExteriorRing_r(c, polygon), PATH_SHELL));
    int holes = GEOSGetNumInteriorRings_r(c, polygon);
    for (int h = 0; h < holes; h++)
        TRY(add_simple(paths, geos, GEOSGetInteriorRingN_r(c, polygon, h),
                       PATH_HOLE));
    return TERRAMIS_OK;
}

/* Its parts of one kind.
 * NOLINTNEXTLINE(misc-no-recursion): as deep as the collections are nested */
static enum terramis_status add_parts(struct paths *paths, struct geos *geos,
                                      const GEOSGeometry *geometry,
                                      enum path_kind kind)
{
    GEOSContextHandle_t c = geos->context;
    int type = GEOSGeomTypeId_r(c, geometry);
    if (type == GEOS_POLYGON)
        return kind == PATH_SHELL ? add_polygon(paths, geos, geometry)
                                  : TERRAMIS_OK;
    if (type < GEOS_POLYGON)
        return (type == GEOS_POINT) == (kind == PATH_POINT) &&
                       kind != PATH_SHELL
                   ? add_simple(paths, geos, geometry, kind)
                   : TERRAMIS_OK;
    int parts = GEOSGetNumGeometries_r(c, geometry);
    for (int i = 0; i < parts; i++)
        TRY(add_parts(paths, geos, GEOSGetGeometryN_r(c, geometry, i), kind));
    return TERRAMIS_OK;
}

enum terramis_status paths_add_geometry(struct paths *paths, struct geos *geos,
                                        const GEOSGeometry *geometry)
{
    size_t first = paths->count;
    TRY(add_parts(paths, geos, geometry, PATH_SHELL));
    TRY(add_parts(paths, geos, geometry, PATH_LINE));
    TRY(add_parts(paths, geos, geometry, PATH_POINT));
    paths_orient(paths, first);
    return TERRAMIS_OK;
}

struct rings paths_rings(struct path_range range)
{
    const struct paths *p = range.paths;
    struct rings rings = {p->xy, p->start ? p->start + range.first : NULL, 0};
    while (rings.count < range.count &&
           paths_kind(p, range.first + rings.count) <= PATH_HOLE)
        rings.count++;
    return rings;
}

struct rect paths_bounds(struct path_range range)
{
    struct rect r = rect_empty();
    if (range.count == 0)
        return r;
    const struct paths *p = range.paths;
    const double *end = p->xy + 2 * p->start[range.first + range.count];
    double not_finite = 0;
    for (const double *at = p->xy + 2 * p->start[range.first]; at < end;
         at += 2) {
        r.xmin = at[0] < r.xmin ? at[0] : r.xmin;
        r.ymin = at[1] < r.ymin ? at[1] : r.ymin;
        r.xmax = at[0] > r.xmax ? at[0] : r.xmax;
        r.ymax = at[1] > r.ymax ? at[1] : r.ymax;
        not_finite += at[0] * 0 + at[1] * 0; /* NaN from then on */
    }
    r.xmin += not_finite;
    return r;
}
