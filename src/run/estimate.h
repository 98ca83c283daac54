/**
 * @file estimate.h
 * @brief What a run will take, before it begins.
 */
#ifndef RUN_ESTIMATE_H
#define RUN_ESTIMATE_H

#include "plan/plan.h"
#include "terramis.h"

/** Bytes of memory at the peak, and of that what the layers of the plan (just
 * read) take. Rasters are read block by block: their size does not matter. */
struct estimate {
    double total, layers;
};

struct estimate estimate_memory(const struct terramis_options *options,
                                const struct plan *plan);

/** TERRAMIS_INPUT where a run would take more than options->max_memory. */
enum terramis_status estimate_check(const struct terramis_options *options,
                                    const struct plan *plan);

#endif
