/**
 * @file distance.h
 * @brief Exact Euclidean distance from cell centres to vector features.
 *
 * To the true geometry, not to burnt cells; no largest distance; features
 * outside the tile count. Branch and bound: see segments_near.c for the bound,
 * distance_real.h for the recursion.
 */
#ifndef OVERLAY_DISTANCE_H
#define OVERLAY_DISTANCE_H

#include "base/status.h"
#include "geo/grid.h"
#include "overlay/segments.h"

/** One worker's scratch: a few kB, more where segments are dense. */
struct distance;

enum terramis_status distance_new(struct distance **out);
void distance_free(struct distance *distance);

/**
 * Sets out[row * nx + col] to the distance, metres, from the centre of the
 * cell of `tile` to the nearest segment; INFINITY if there are none. `wanted`:
 * one number per cell, above 0 where the distance matters: where none does
 * around, it is INFINITY, too; NULL: it matters everywhere.
 *
 * The error is below 1 mm plus the rounding to float (or below a 10,000th of a
 * cell where cells are larger than 10 m). The result is the same bits whatever
 * the order of the segments and whatever the tiling, as long as the corners of
 * the tiles are multiples of the cell size. The one error is no memory.
 */
enum terramis_status distance_run(struct distance *distance,
                                  const struct segments *segments,
                                  const struct grid *tile, const float *wanted,
                                  float *out);

#endif
