/**
 * @file distance_block.h
 * @brief Distances from the cell centres of one block to a list of segments.
 *
 * In two precisions, the same code: float where that is exact to a fraction of
 * a millimetre, double for blocks far from everything.
 */
#ifndef OVERLAY_DISTANCE_BLOCK_H
#define OVERLAY_DISTANCE_BLOCK_H

#include <stddef.h>

#include "base/status.h"
#include "geo/grid.h"
#include "overlay/segments.h"

/** Cells along a side of a block. */
enum {
    BLOCK = 32
};

/** One worker's scratch; zero-initialise. */
struct distance_scratch {
    void *numbers;   /**< lists of segments, one behind the other */
    size_t capacity; /**< bytes */
    unsigned *kept;
    size_t kept_capacity;
};

/**
 * Writes the distance, metres, of the cells of `part` (of the block) to `out`,
 * whose rows are `stride` items apart; out[0] is the part's first cell. The
 * segments' coordinates are relative to the block's centre; at least one.
 */
enum terramis_status distance_block_float(struct distance_scratch *scratch,
                                          const struct segments_near *near,
                                          double cell, struct window part,
                                          float *out, size_t stride);
enum terramis_status distance_block_double(struct distance_scratch *scratch,
                                           const struct segments_near *near,
                                           double cell, struct window part,
                                           float *out, size_t stride);

void distance_scratch_release(struct distance_scratch *scratch);

#endif
