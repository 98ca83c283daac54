/**
 * @file climate.h
 * @brief The days of a mean year from its monthly climate.
 *
 * Temperature and radiation run straight from mid-month to mid-month. Rain and
 * evapotranspiration are spread evenly over their month, which keeps its sum.
 */
#ifndef YIELD_CLIMATE_H
#define YIELD_CLIMATE_H

enum {
    MONTHS = 12,
    DAYS = 365
};

/** Monthly means and sums, January first. */
struct climate {
    double tmin[MONTHS], tmax[MONTHS]; /**< degrees C, means of the days */
    double radiation[MONTHS];          /**< global, MJ/m2 and day */
    double rain[MONTHS];               /**< mm per month */
    double pet[MONTHS]; /**< potential evapotranspiration, mm per month */
};

struct climate_day {
    double tmin, tmax, radiation, rain, pet; /**< rain, pet: mm per day */
};

void climate_days(const struct climate *climate, struct climate_day days[DAYS]);

#endif
