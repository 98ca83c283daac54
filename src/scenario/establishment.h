/**
 * @file establishment.h
 * @brief The course of a miscanthus crop: what it gives in each of its years.
 *
 *     share
 *       1 |        ___________
 *         |     __/           \__
 *         |  __/                 \
 *         |_/_____________________|____ year of the crop
 *          1 2 3 4       plateau  lifespan
 */
#ifndef SCENARIO_ESTABLISHMENT_H
#define SCENARIO_ESTABLISHMENT_H

#include "config/config.h"

/** Harvest in the `age`-th year of the crop, the one of planting being 1, as a
 * share of the plateau's; 0 before and after its life. */
double establishment_share(const struct establishment_config *course, int age);

#endif
