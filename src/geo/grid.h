/**
 * @file grid.h
 * @brief Regular north-up grid of square cells; all cell arithmetic is here.
 *
 * Rows count from the north. The grid of a territory has its corner on a
 * multiple of the cell size, so that the grids of two territories, and of two
 * runs, lie on one another.
 */
#ifndef GEO_GRID_H
#define GEO_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/rect.h"

struct grid {
    double xmin; /**< west edge, CRS units */
    double ymax; /**< north edge, CRS units */
    double cell; /**< cell size, CRS units */
    int nx;      /**< columns */
    int ny;      /**< rows */
};

/** A window of cells of some grid. */
struct window {
    int col, row; /**< first cell */
    int nx, ny;
};

/** The smallest grid of `cell` that covers `area`, its corner on a multiple of
 * `cell`; false if it would have more than 2^31 - 1 columns or rows, or if
 * `area` is empty. */
bool grid_cover(struct rect area, double cell, struct grid *grid);

/** The part of `grid` in `window` as a grid of its own. */
struct grid grid_part(const struct grid *grid, struct window window);

struct rect grid_rect(const struct grid *grid);

static inline size_t grid_cells(const struct grid *grid)
{
    return (size_t)grid->nx * (size_t)grid->ny;
}

/** x of the centre of a column, y of the centre of a row. */
static inline double grid_x(const struct grid *grid, int col)
{
    return grid->xmin + (col + 0.5) * grid->cell;
}

static inline double grid_y(const struct grid *grid, int row)
{
    return grid->ymax - (row + 0.5) * grid->cell;
}

#endif
