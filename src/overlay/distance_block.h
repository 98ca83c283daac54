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

enum {
    BLOCK = 32,        /**< cells along a side of a block */
    SQUARE = 8,        /**< and of the squares that it consists of */
    BLOCK_ALL = 0xffff /**< the set of all these */
};

/** The squares of a block that a square of `size` cells (a power of two from
 * SQUARE on, aligned to itself) consists of: a set of 16, row by row. */
static inline unsigned block_squares(int col, int row, int size)
{
    unsigned across = (1U << size / SQUARE) - 1, all = 0;
    for (int i = 0; i < size / SQUARE; i++)
        all |= across << (row / SQUARE + i) * (BLOCK / SQUARE);
    return all << col / SQUARE;
}

/** What is asked for of a block. */
struct distance_part {
    struct window cells; /**< of the block */
    unsigned squares;    /**< block_squares() of which some cell matters; those
                              in the others become INFINITY */
    float *out;          /**< the first of `cells` */
    size_t stride;       /**< items from row to row */
};

/** One worker's scratch; zero-initialise. */
struct distance_scratch {
    void *numbers;   /**< lists of segments, one behind the other */
    size_t capacity; /**< bytes */
    unsigned *kept;
    size_t kept_capacity;
};

/**
 * Writes the distances, metres, of the cells of `part`. The segments'
 * coordinates are relative to the block's centre; at least one.
 */
enum terramis_status distance_block_float(struct distance_scratch *scratch,
                                          const struct segments_near *near,
                                          double cell,
                                          const struct distance_part *part);
enum terramis_status distance_block_double(struct distance_scratch *scratch,
                                           const struct segments_near *near,
                                           double cell,
                                           const struct distance_part *part);

void distance_scratch_release(struct distance_scratch *scratch);

#endif
