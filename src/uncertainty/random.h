/**
 * @file random.h
 * @brief Random numbers by counter: each follows from its place (draw, factor,
 * parcel) and the seed alone, so results do not depend on threads or order.
 *
 * Philox 4x32-10: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers:
 * as easy as 1, 2, 3, SC'11.
 */
#ifndef UNCERTAINTY_RANDOM_H
#define UNCERTAINTY_RANDOM_H

#include <stdint.h>

enum {
    RANDOM_BLOCK = 512,        /**< numbers that random_normals() gives */
    RANDOM_QUANTILES = 1 << 12 /**< different normals */
};

/** A sequence of its own. */
struct random_stream {
    uint32_t seed, kind, draw, factor, place;
};

/** Ten rounds over a counter. */
void random_philox(const uint32_t counter[4], const uint32_t key[2],
                   uint32_t out[4]);

/** Fills a table of normals: the quantiles at the middles of equally probable
 * steps, scaled to variance 1; the farthest is 3.7. */
void random_make_quantiles(float quantiles[RANDOM_QUANTILES]);

/** Block number `block` of a stream: standard normals. */
void random_normals(const struct random_stream *stream,
                    const float quantiles[RANDOM_QUANTILES], uint32_t block,
                    float z[RANDOM_BLOCK]);

/** Number `at` of a stream, in 0..1 but never 0 or 1. */
double random_uniform(const struct random_stream *stream, uint32_t at);

/** A standard normal from numbers 2 at and 2 at + 1 of a stream. */
double random_normal(const struct random_stream *stream, uint32_t at);

/** Gamma variate with that shape > 0 and scale 1, from the stream (Marsaglia &
 * Tsang 2000, ACM TOMS 26(3)). */
double random_gamma(const struct random_stream *stream, double shape);

#endif
