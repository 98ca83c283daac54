/**
 * @file rings.h
 * @brief Rings of polygons, flat, as the kernels take them.
 */
#ifndef GEO_RINGS_H
#define GEO_RINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/rect.h"

/** Larger numbers (CRS units) are no coordinates; keeps the kernels' products
 * finite. */
#define RINGS_LARGEST 1e15

/**
 * The rings of one polygon, one multipolygon or many polygons, flat. Ring i is
 * the points start[i] .. start[i + 1] - 1 of `xy`, closed (its last point
 * repeats its first). All shells turn one way and all holes the other, which
 * way does not matter; rings_orient() makes it so. Nothing is owned.
 */
struct rings {
    const double *xy;    /**< x, y pairs, CRS units */
    const size_t *start; /**< count + 1 indices of points */
    size_t count;        /**< rings */
};

/** Reverses a closed ring of `points` points in place unless it turns the
 * right way: shells clockwise, holes counter-clockwise (the order of GEOS's
 * normal form). A ring without area is left alone. Was it reversed? */
bool rings_orient(double *xy, size_t points, bool shell);

/** Reverses the order of `points` points in place. */
void rings_turn(double *xy, size_t points);

/** Does a closed ring of `points` points surely neither cross nor touch itself?
 * false: perhaps not. The bound of rounding is Shewchuk's (1997, Discrete &
 * Computational Geometry 18); takes the square of `points`. */
bool rings_surely_simple(const double *xy, size_t points);

/** Bounds of all points; empty when there are none or one is not
 * finite (or beyond 1e15). */
struct rect rings_bounds(const struct rings *rings);

#endif
