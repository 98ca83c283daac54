/**
 * @file raise.h
 * @brief What it takes to lift a parcel's class by one factor alone.
 */
#ifndef PARCEL_RAISE_H
#define PARCEL_RAISE_H

#include "membership/membership.h"
#include "score/combination.h"

/** The least that one factor must reach for the next better class while the
 * others stay; to be found by search for any rule, so the membership is right
 * within 1e-4, rounded up. */
struct raise {
    bool enough;       /**< false: not even a membership of 1 does */
    double membership; /**< to reach; NAN */
    double value;      /**< nearest value that has it; NAN: not known */
};

/** What is asked about: a parcel's results and means, as they were printed or
 * as they are. */
struct raise_parcel {
    enum suitability_class class;
    double score;
    const double *membership; /**< per factor; NAN: no data */
    const double *value;      /**< the same; NAN: no data, or classes */
};

/** Rules and buffers of one thread. */
struct raises {
    const struct config *config;
    struct combination combination;
    struct membership_bound *bounds; /**< per factor; params NULL: classes */
    double *weight;
    float *x;
    const float **rows;
    double offset; /**< score - that of the mean memberships */
};

/** The caller closes in either case. */
enum terramis_status raises_open(struct raises *raises,
                                 const struct config *config);
void raises_close(struct raises *raises);

/** The class to be reached; CLASS_NONE where there is none better or the parcel
 * has no class. */
enum suitability_class raise_next(enum suitability_class class);

/** Fills `out`, one per factor. */
void raises_of(struct raises *raises, const struct raise_parcel *parcel,
               struct raise *out);

#endif
