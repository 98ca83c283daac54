/**
 * @file measure.h
 * @brief Area, centroid and nearness of flat geometries, without GEOS.
 */
#ifndef GEO_MEASURE_H
#define GEO_MEASURE_H

#include "geo/paths.h"

/** Planar area of the polygons, and their centroid (a point of the geometry
 * where they have no area). */
double measure_area(struct path_range range, double *x, double *y);

/** Is the point inside the polygons? On a border: either. */
bool measure_contains(struct path_range range, double x, double y);

/** Are two geometries with these extents at most `distance` apart (0: they
 * touch or overlap)? The numbers are those of GEOSDistanceWithin(). */
bool measure_within(struct path_range a, struct rect a_extent,
                    struct path_range b, struct rect b_extent, double distance);

/** The same of two segments, from a to b and from c to d. */
bool measure_segments_within(const double *a, const double *b, const double *c,
                             const double *d, double distance);

#endif
