/**
 * @file tiling.h
 * @brief A grid cut into square tiles, numbered row by row from the north-west.
 */
#ifndef TILE_TILING_H
#define TILE_TILING_H

#include "geo/grid.h"

enum {
    TILE_SIZE = 256 /* cells per side unless told */
};

struct tiling {
    struct grid grid;
    int size;   /**< cells per tile side */
    int nx, ny; /**< tiles */
};

static inline struct tiling tiling_of(const struct grid *grid, int size)
{
    return (struct tiling){.grid = *grid,
                           .size = size,
                           .nx = (grid->nx + size - 1) / size,
                           .ny = (grid->ny + size - 1) / size};
}

static inline size_t tiling_count(const struct tiling *tiling)
{
    return (size_t)tiling->nx * (size_t)tiling->ny;
}

/** The cells of tile number `index`; tiles at the east and south are cut. */
static inline struct window tiling_window(const struct tiling *tiling,
                                          size_t index)
{
    int col = (int)(index % (size_t)tiling->nx) * tiling->size;
    int row = (int)(index / (size_t)tiling->nx) * tiling->size;
    int nx = tiling->grid.nx - col, ny = tiling->grid.ny - row;
    return (struct window){.col = col,
                           .row = row,
                           .nx = nx < tiling->size ? nx : tiling->size,
                           .ny = ny < tiling->size ? ny : tiling->size};
}

#endif
