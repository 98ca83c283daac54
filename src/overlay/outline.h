/**
 * @file outline.h
 * @brief Rings and segments of geometries as the kernels take them.
 */
#ifndef OVERLAY_OUTLINE_H
#define OVERLAY_OUTLINE_H

#include "geo/paths.h"

/** Rings with their memory; zero-initialise, use again. */
struct outline {
    double *xy;
    size_t points, xy_room; /**< room in doubles */
    size_t *start;
    size_t count, start_room;
};

/** Forgets the rings, keeps the room. */
void outline_clear(struct outline *outline);
void outline_release(struct outline *outline);

/** Appends the rings of a (multi)polygon, oriented as rings.h wants. */
enum terramis_status outline_add(struct outline *outline, struct geos *geos,
                                 const GEOSGeometry *polygons);

/** Appends the rings of flat polygons, oriented already. */
enum terramis_status outline_add_paths(struct outline *outline,
                                       struct path_range polygons);

/** The rings as the kernels take them. */
struct rings outline_rings(const struct outline *outline);

/** Line segments with their memory; zero-initialise. */
struct segment_list {
    double (*ends)[4]; /**< x1, y1, x2, y2 */
    size_t count, room;
};

/** Appends every segment of any geometry: lines, borders of polygons, points
 * as segments without length. */
enum terramis_status segment_list_add(struct segment_list *list,
                                      struct path_range geometry);

#endif
