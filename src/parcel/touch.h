/**
 * @file touch.h
 * @brief Where features of layers come into a parcel. Bounds and borders tell
 * mostly; only the rest is asked of GEOS.
 */
#ifndef PARCEL_TOUCH_H
#define PARCEL_TOUCH_H

#include <stdbool.h>

#include "geo/paths.h"

/** A parcel that is asked about; one per thread. Zero-initialise. */
struct touch {
    struct path_range parcel;
    struct rect extent; /**< of the parcel, less the slivers */
    struct geos geos;   /**< opened when first needed */
    GEOSGeometry *whole, *core;
    const GEOSPreparedGeometry *prepared; /**< of the core */
};

/** The next parcel. */
void touch_begin(struct touch *touch, struct path_range parcel,
                 struct rect extent);
void touch_close(struct touch *touch);

enum touch_answer {
    TOUCH_NO,    /**< surely not */
    TOUCH_MAYBE, /**< its border meets the parcel's bounds */
    TOUCH_WHOLE  /**< covers the parcel's bounds, slivers left out */
};

/** Without GEOS: does the feature come into the parcel's bounds? */
enum touch_answer touch_bounds(const struct touch *touch,
                               struct path_range feature);

/** Does the feature come further than a sliver of 10 cm into the parcel?
 * Borders that were drawn at different precision overlap. */
enum terramis_status touch_test(struct touch *touch, struct path_range feature,
                                bool *yes);

/** The part of a feature in the parcel, NULL where it does not come into it;
 * the caller destroys it in touch->geos. */
enum terramis_status touch_part(struct touch *touch, struct path_range feature,
                                GEOSGeometry **part);

/** The parcel's geometry, in touch->geos. */
enum terramis_status touch_whole(struct touch *touch,
                                 const GEOSGeometry **whole);

#endif
