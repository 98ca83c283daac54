/**
 * @file curve.h
 * @brief What the smooth curves share: the side that they keep, and values
 * beyond thresholds (ArcGIS Rescale by Function). Private to membership/.
 */
#ifndef MEMBERSHIP_CURVE_H
#define MEMBERSHIP_CURVE_H

#include <stddef.h>

#include "membership/membership.h"

/** Which side of a bell counts; the other is 1. */
enum curve_side {
    SIDE_BOTH,
    SIDE_INCREASING,
    SIDE_DECREASING
};

extern const char *const curve_sides[];      /**< both, increasing, ... */
extern const char *const curve_directions[]; /**< increasing, decreasing */

/** Memberships below `lower` and above `upper`; NAN: no threshold. */
struct curve_limits {
    double lower, upper, below, above;
};

/** Rows of a struct's curve_limits member `limits`. */
#define CURVE_LIMIT_ROWS(owner)                                                \
    {.name = "lower",                                                          \
     .type = PARAM_REAL,                                                       \
     .offset = offsetof(owner, limits.lower),                                  \
     .help = N_("Value under which the membership is below:")},                \
        {.name = "upper",                                                      \
         .type = PARAM_REAL,                                                   \
         .offset = offsetof(owner, limits.upper),                              \
         .help = N_("Value over which the membership is above:")},             \
        {.name = "below",                                                      \
         .type = PARAM_REAL,                                                   \
         .offset = offsetof(owner, limits.below),                              \
         .preset = "0",                                                        \
         .max = 1,                                                             \
         .help = N_("Membership under lower:")},                               \
    {                                                                          \
        .name = "above", .type = PARAM_REAL,                                   \
        .offset = offsetof(owner, limits.above), .preset = "0", .max = 1,      \
        .help = N_("Membership over upper:")                                   \
    }

#define CURVE_SIDE_ROW(owner)                                                  \
    {                                                                          \
        .name = "side", .type = PARAM_CHOICE, .offset = offsetof(owner, side), \
        .preset = "both", .choices = curve_sides,                              \
        .help = N_("Falls on both sides of the midpoint, or stays 1 above it " \
                   "(increasing) or below it (decreasing)")                    \
    }

/** Beyond this, which no layer has, differences of floats would overflow. */
static inline double curve_bounded(double value)
{
    const double most = 0x1p126;
    return value > most ? most : value < -most ? -most : value; /* NaN stays */
}

/** A value of the project file as those of layers are: 5.2 there is 5.2 in a
 * raster, on the same side of it. */
static inline float curve_float(double value)
{
    return (float)curve_bounded(value);
}

/** lower <= upper where both are given. */
enum terramis_status curve_check_limits(const struct curve_limits *limits);

/** `value` > 0, else a message about the key `name`. */
enum terramis_status curve_check_positive(const char *name, double value);

/** Start and reach of mslarge and mssmall: neither is so large that they could
 * not be reckoned with, nor the reach 0. */
enum terramis_status curve_check_products(double start, double reach);

/** Puts below and above beyond the thresholds; NaN stays. */
void curve_limit(const struct curve_limits *limits, const float *in, size_t n,
                 float *out);

/** Distance of x from `middle` on the sides that count, else 0. */
static inline double curve_away(double x, double middle, int side)
{
    double away = x - middle;
    bool level = (side == SIDE_INCREASING && away > 0) ||
                 (side == SIDE_DECREASING && away < 0);
    return level ? 0 : away;
}

#endif
