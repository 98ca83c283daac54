/**
 * @file local.h
 * @brief Yields where it is warmer or rainier than the territory's climate
 * says: the model of growth.h over soil water, warmth and rain, tabulated once.
 *
 * Warmth is added to all temperatures alike, rain is multiplied alike in all
 * months; light and evapotranspiration stay. Between the nodes straight lines
 * (0.1 t/ha off at most in a climate of the Seine's), beyond them level.
 */
#ifndef YIELD_LOCAL_H
#define YIELD_LOCAL_H

#include "yield/growth.h"

enum {
    LOCAL_AWC = 51,  /**< 0, 10 ... 500 mm */
    LOCAL_WARM = 17, /**< -4, -3.5 ... 4 degrees C */
    LOCAL_RAIN = 26  /**< 0.1, 0.2 ... 2.6 of the climate's rain */
};

struct local_yields {
    double temperature; /**< of the climate, mean of the year */
    double rain;        /**< of the year, mm */
    float at[LOCAL_WARM][LOCAL_RAIN][LOCAL_AWC]; /**< t/ha */
};

void local_fill(struct local_yields *local, const struct growth_crop *crop,
                const struct climate *climate);

/** Yield on a soil of `awc` mm, where the year has a mean `temperature` and
 * `share` times `rain` mm; NAN of either: the climate's own. */
double local_yield(const struct local_yields *local, double awc,
                   double temperature, double rain, double share);

#endif
