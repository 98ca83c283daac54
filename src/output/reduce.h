/**
 * @file reduce.h
 * @brief Half the resolution: one cell from two by two.
 */
#ifndef OUTPUT_REDUCE_H
#define OUTPUT_REDUCE_H

#include <stdint.h>

enum {
    REDUCE_CELLS = 256 /**< that one call makes, of two rows of twice as many */
};

/** The most frequent value among the valid ones of each four cells; of equally
 * frequent ones the first in reading order (north-west, north-east, south-west,
 * south-east); `nodata` where none is valid. */
void reduce_mode(const uint8_t *restrict north, const uint8_t *restrict south,
                 uint8_t nodata, uint8_t *restrict out);

/** The mean of the valid ones of each four cells, halves rounded up; `nodata`
 * where none is valid. */
void reduce_mean(const uint8_t *restrict north, const uint8_t *restrict south,
                 uint8_t nodata, uint8_t *restrict out);

#endif
