#include "output/reduce.h"

#include <stddef.h>

#include "base/clones.h"

/* Counts are known when compiling and nothing branches, so that the loops
 * vectorise. */

/* Of four values one has the majority if an earlier one equals a later one;
 * the first such in reading order also wins against a pair of others. */
CLONES void reduce_mode(const uint8_t *restrict north,
                        const uint8_t *restrict south, uint8_t nodata,
                        uint8_t *restrict out)
{
    for (size_t i = 0; i < REDUCE_CELLS; i++) {
        uint8_t a = north[2 * i], b = north[2 * i + 1];
        uint8_t c = south[2 * i], d = south[2 * i + 1];
        uint8_t value = d; /* one by one: the first that is valid */
        value = c != nodata ? c : value;
        value = b != nodata ? b : value;
        value = a != nodata ? a : value;
        value = (c != nodata) & (c == d) ? c : value;
        value = (b != nodata) & ((b == c) | (b == d)) ? b : value;
        value = (a != nodata) & ((a == b) | (a == c) | (a == d)) ? a : value;
        out[i] = value;
    }
}

CLONES void reduce_mean(const uint8_t *restrict north,
                        const uint8_t *restrict south, uint8_t nodata,
                        uint8_t *restrict out)
{
    for (size_t i = 0; i < REDUCE_CELLS; i++) {
        uint16_t a = north[2 * i], b = north[2 * i + 1];
        uint16_t c = south[2 * i], d = south[2 * i + 1];
        uint16_t n = (uint16_t)((a != nodata) + (b != nodata) + (c != nodata) +
                                (d != nodata));
        uint16_t sum =
            (uint16_t)((a != nodata ? a : 0) + (b != nodata ? b : 0) +
                       (c != nodata ? c : 0) + (d != nodata ? d : 0));
        /* (2 sum + 3) / 6 for sums of three bytes, without a division */
        uint16_t third = (uint16_t)(((2U * sum + 3U) * 10923U) >> 16);
        uint16_t value = nodata;
        value = n == 1 ? sum : value;
        value = n == 2 ? (uint16_t)((sum + 1) >> 1) : value;
        value = n == 3 ? third : value;
        value = n == 4 ? (uint16_t)((sum + 2) >> 2) : value;
        out[i] = (uint8_t)value;
    }
}
