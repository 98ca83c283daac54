/**
 * @file rescore.h
 * @brief Parcels with other weights, from their mean memberships.
 */
#ifndef SCENARIO_RESCORE_H
#define SCENARIO_RESCORE_H

#include "scenario/scenario.h"

/** Mean memberships of all parcels, and their scores with the project's
 * weights. */
struct rescore {
    float **x; /**< [factor][parcel]; NAN: no data */
    float *before, *after;
    size_t factors, parcels;
};

enum terramis_status rescore_open(struct rescore *r,
                                  const struct scenario_base *base);
void rescore_close(struct rescore *r);

/** Moves the scores in `items`, copies of the parcels, to those with `weight`.
 */
void rescore_run(struct rescore *r, const struct scenario_base *base,
                 const double *weight, struct parcel *items);

#endif
