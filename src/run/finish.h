/**
 * @file finish.h
 * @brief What comes after the tiles, several things at a time.
 */
#ifndef RUN_FINISH_H
#define RUN_FINISH_H

#include "output/output.h"
#include "output/rasters.h"
#include "run/journal.h"

/** From the sums of a territory's tiles, which are put aside in the journal:
 * its parcels, their uncertainty where asked for, its sites, rasters and
 * outputs. Files and errors are the same for any number of threads. */
enum terramis_status finish_territory(const struct output_job *job,
                                      struct territory_result *result,
                                      struct rasters *rasters,
                                      struct journal *journal, int threads);

/** The outputs of the whole run. */
enum terramis_status finish_project(const struct output_job *job, int threads);

#endif
