/**
 * @file sources.h
 * @brief Which layers make a parcel marginal land.
 */
#ifndef PARCEL_SOURCES_H
#define PARCEL_SOURCES_H

#include "parcel/assess.h"
#include "parcel/touch.h"

enum {
    SOURCES_MAX = 64 /**< bits of a set; the last stands for all beyond */
};

/** Position of a layer's bit in a set of sources. */
static inline unsigned sources_bit(size_t layer)
{
    return layer < SOURCES_MAX ? (unsigned)layer : SOURCES_MAX - 1;
}

/** Is the layer in the set? Those beyond share one answer. */
static inline bool sources_has(uint64_t set, size_t layer)
{
    return set >> sources_bit(layer) & 1;
}

/** The layers of knowledge->evidence that come more than 10 cm into the parcel
 * that `touch` has begun, as bits in parcel->sources; of a kind of which none
 * does, those within its bounds. Kinds of which the parcel has no land are not
 * looked at. */
enum terramis_status sources_find(struct touch *touch, struct parcel *parcel,
                                  const struct knowledge *knowledge);

#endif
