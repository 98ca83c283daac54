/**
 * @file paths.h
 * @brief Points, lines and polygons of many geometries, flat: coordinates in
 * one array, so that the kernels take them as they are and threads share them.
 * GEOS geometries are made of them where GEOS is needed.
 */
#ifndef GEO_PATHS_H
#define GEO_PATHS_H

#include "geo/geos.h"
#include "geo/rings.h"

/** What a path is. A polygon is a shell and the holes after it. */
enum path_kind {
    PATH_SHELL,
    PATH_HOLE,
    PATH_LINE,
    PATH_POINT,
    PATH_KIND = 3,  /**< mask of the above */
    PATH_TURNED = 4 /**< flag: the ring was reversed by paths_orient() */
};

/** Path i is the points start[i] .. start[i + 1] - 1. Zero-initialise. */
struct paths {
    double *xy;    /**< x, y pairs, CRS units */
    size_t *start; /**< count + 1 numbers of points, once there is a path */
    unsigned char *kind;
    size_t count;
    size_t xy_room, start_room, kind_room;
};

/** Some of the paths: a geometry. */
struct path_range {
    const struct paths *paths;
    size_t first, count;
};

/** Forgets the paths, keeps the room. */
void paths_clear(struct paths *paths);
void paths_release(struct paths *paths);
/** Gives back the room that is not used. */
void paths_trim(struct paths *paths);

static inline size_t paths_points(const struct paths *paths)
{
    return paths->count ? paths->start[paths->count] : 0;
}

static inline enum path_kind paths_kind(const struct paths *paths, size_t i)
{
    return (enum path_kind)(paths->kind[i] & PATH_KIND);
}

/** Appends a path of `points` points, whose coordinates the caller fills in at
 * *xy (valid until the next path). */
enum terramis_status paths_add(struct paths *paths, enum path_kind kind,
                               size_t points, double **xy);

/** Turns the rings from `first` on as rings.h wants them. */
void paths_orient(struct paths *paths, size_t first);

/** Appends a geometry. */
enum terramis_status paths_append(struct paths *paths, struct path_range from);

/** Appends a GEOS geometry: polygons, then lines, then points. */
enum terramis_status paths_add_geometry(struct paths *paths, struct geos *geos,
                                        const GEOSGeometry *geometry);

/** Its polygons as the kernels take them; nothing is copied. The rings must be
 * oriented. */
struct rings paths_rings(struct path_range range);

/** Bounds; not finite where a coordinate is not. */
struct rect paths_bounds(struct path_range range);

/** The geometry as GEOS has it, rings turned as they were; the caller destroys
 * it. */
enum terramis_status paths_geometry(struct path_range range, struct geos *geos,
                                    GEOSGeometry **geometry);

#endif
