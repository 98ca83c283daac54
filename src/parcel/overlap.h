/**
 * @file overlap.h
 * @brief Land that several parcels of a layer claim: it counts for the first
 * of them in the layer, and what the others share with it is reported.
 *
 * Whether a parcel shares land with earlier ones is found with the mosaic, all
 * of them at once and without an overlay; only parcels that do are cut by GEOS.
 */
#ifndef PARCEL_OVERLAP_H
#define PARCEL_OVERLAP_H

#include "geo/crs.h"
#include "layer/vector.h"

/** A parcel that shares land with earlier ones. */
struct overlap {
    size_t feature;
    size_t first; /**< the first feature that it shares land with */
    double area;  /**< shared with earlier ones, m2 on the ellipsoid */
    bool repeats; /**< the same land as an earlier one */
};

/** Zero-initialise: no parcel shares land. */
struct overlaps {
    struct overlap *items; /**< in the layer's order */
    size_t count, room;
    uint32_t *item_of;  /**< feature -> item + 1; 0: shares none; NULL: all */
    struct vector rest; /**< what is left of them for themselves, where it is
                             something; fid: the feature's number */
};

/** Shared land of less is a difference of rounding, m2. */
#define OVERLAP_LEAST 0.01

/** Finds them; the result does not depend on `threads`. The caller releases in
 * either case. */
enum terramis_status overlaps_find(struct overlaps *overlaps,
                                   const struct vector *parcels,
                                   const struct crs *crs, int threads);
void overlaps_release(struct overlaps *overlaps);

/** The overlap of a feature; NULL: it has its land for itself. */
static inline const struct overlap *overlap_of(const struct overlaps *overlaps,
                                               size_t feature)
{
    uint32_t item = overlaps->item_of ? overlaps->item_of[feature] : 0;
    return item ? &overlaps->items[item - 1] : NULL;
}

/** How many they are, and how much land. */
struct overlap_sum {
    size_t parcels, repeats;
    double area; /**< m2 that would count more than once */
};

static inline void overlap_add(struct overlap_sum *sum,
                               const struct overlap *overlap)
{
    sum->parcels++;
    sum->repeats += overlap->repeats;
    sum->area += overlap->area;
}

struct overlap_sum overlaps_sum(const struct overlaps *overlaps);

#endif
