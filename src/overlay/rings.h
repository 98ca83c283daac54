/**
 * @file rings.h
 * @brief Rings of polygons as the kernels of this folder take them, and the
 * lattice on which they compute.
 */
#ifndef OVERLAY_RINGS_H
#define OVERLAY_RINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/grid.h"
#include "geo/rect.h"

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
 * normal form). A ring without area is left alone. */
void rings_orient(double *xy, size_t points, bool shell);

/** Bounds of all points; empty when there are none or one is not
 * finite (or beyond 1e15). */
struct rect rings_bounds(const struct rings *rings);

/**
 * The kernels measure in cells, x to the east and y to the south, on a lattice
 * of 2^-30 of a cell (5 nm at 5 m) whose zero is the CRS's origin rather than
 * the tile's. Up to 2^22 cells from there (beyond, the lattice is as fine as a
 * double is) differences of lattice numbers are exact, so an edge gets the
 * same bits in every tile it crosses and from both of the polygons it
 * separates.
 */
static inline double lattice_snap(double cells)
{
    // Adding 1.5 * 2^22 leaves 2^-30 as the last bit of the sum; this is
    // rint(cells * 2^30) / 2^30 without a call, for any magnitude.
    const double last_bit_is_2_30 = 6291456.0;
    return (cells + last_bit_is_2_30) - last_bit_is_2_30;
}

static inline double lattice_x(const struct grid *grid, double x)
{
    return lattice_snap(x / grid->cell);
}

static inline double lattice_y(const struct grid *grid, double y)
{
    return lattice_snap(-y / grid->cell);
}

/** The west and north edges of `grid` on the lattice: whole numbers where the
 * corner is a multiple of the cell size, however it was rounded. */
double lattice_west(const struct grid *grid);
double lattice_north(const struct grid *grid);

#endif
