/**
 * @file uncertainty.h
 * @brief How far scores, classes and ranks can be trusted: Monte Carlo over the
 * parcels of a finished analysis, without reading any layer again.
 *
 * A draw changes the weights (Dirichlet, or uniform +- percent), moves and
 * stretches the points of membership functions, alike for all parcels, and adds
 * to each parcel's values independent normal errors. A parcel's new membership
 * is its mean membership plus what the change does to the membership of its
 * mean value: right to first order where the parcel is uneven, exact where it
 * is even. The membership functions are tabulated in 2,048 steps over the
 * values that occur. Its new score is that of its memberships plus what the
 * score over its cells differs from the one of its means. Errors of neighbours
 * are independent; what a whole layer has in common belongs in shift.
 */
#ifndef UNCERTAINTY_UNCERTAINTY_H
#define UNCERTAINTY_UNCERTAINTY_H

#include "plan/analysis.h"

/** What the project's units allow: TERRAMIS_PROJECT where a factor of classes
 * has errors in a unit. */
enum terramis_status uncertainty_check(const struct plan *plan);

/** Where the project asks for it: fills analysis->parcels.spreads and
 * analysis->sensitivity. The bits do not depend on `threads`. */
enum terramis_status uncertainty_run(struct analysis *analysis, int threads);

#endif
