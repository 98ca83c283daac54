/**
 * @file monte_carlo.h
 * @brief The two halves of uncertainty_run(). Private to uncertainty/.
 */
#ifndef UNCERTAINTY_MONTE_CARLO_H
#define UNCERTAINTY_MONTE_CARLO_H

#include "uncertainty/model.h"

enum {
    SENSITIVITY_PARCELS = MODEL_BLOCK /**< at most: a sample, evenly spaced */
};

/** Mean, standard deviation, probability of S1 and S2 of all parcels with a
 * score, rank range of those that are ranked. */
enum terramis_status monte_carlo_run(const struct model *model,
                                     const struct parcels *parcels,
                                     struct spread *spreads, int threads);

/** First-order and total indices per factor, of the scores of the model's
 * parcels, SENSITIVITY_PARCELS at most: sums over parcels of the variance that
 * is due to the factor by the sum of the variances (Lamboni et al. 2011); first
 * order by Saltelli et al. 2010, total by Jansen 1999. NAN where nothing
 * varies. */
enum terramis_status sensitivity_run(const struct model *model,
                                     struct sensitivity *indices, int threads);

#endif
