/**
 * @file areal.h
 * @brief True areas of the cells of a tile.
 *
 * The areal scale of the projection is taken at the middle of blocks of at most
 * 250 m, counted from the CRS's origin, so that it is the same in every tiling.
 * In Lambert-93 it changes by 2.5e-8 per metre at the most (computed for
 * metropolitan France): 3e-6 from the middle to the side of a block, with
 * opposite signs on opposite sides.
 */
#ifndef GEO_AREAL_H
#define GEO_AREAL_H

#include <stdint.h>

#include "geo/crs.h"
#include "geo/grid.h"

/** Scales of a tile's blocks; zero-initialise, use again. */
struct areal {
    int shift;                /**< blocks are 2^shift cells wide and high */
    int first_col, first_row; /**< of the tile, in its first block */
    int nx;                   /**< blocks per row */
    double *scale;            /**< true m2 per planar m2 */
    size_t room;
};

enum terramis_status areal_fill(struct areal *areal, struct crs_area *measure,
                                const struct grid *tile);
void areal_release(struct areal *areal);

/** Scale of a cell of the tile. */
static inline double areal_at(const struct areal *areal, int col, int row)
{
    int i = (areal->first_col + col) >> areal->shift;
    int j = (areal->first_row + row) >> areal->shift;
    return areal->scale[(size_t)j * (size_t)areal->nx + (size_t)i];
}

/** Cells from `col` on that have its scale, at least 1. */
static inline int areal_same(const struct areal *areal, int col)
{
    int block = 1 << areal->shift;
    return block - ((areal->first_col + col) & (block - 1));
}

/** How many of the `most` cells from `cell` on (row-major, `nx` per row) lie in
 * its row and have its scale, which goes to *scale. */
static inline uint32_t areal_stretch(const struct areal *areal, uint32_t nx,
                                     uint32_t cell, uint32_t most,
                                     double *scale)
{
    uint32_t row = cell / nx, col = cell - row * nx;
    uint32_t same = (uint32_t)areal_same(areal, (int)col), left = nx - col;
    *scale = areal_at(areal, (int)col, (int)row);
    same = same < left ? same : left;
    return same < most ? same : most;
}

#endif
