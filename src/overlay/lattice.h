/**
 * @file lattice.h
 * @brief The lattice on which the kernels of this folder compute.
 */
#ifndef OVERLAY_LATTICE_H
#define OVERLAY_LATTICE_H

#include "geo/grid.h"
#include "geo/rings.h"

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
