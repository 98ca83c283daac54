/**
 * @file memory.h
 * @brief How much memory a run will take, known before it begins.
 */
#ifndef PLAN_MEMORY_H
#define PLAN_MEMORY_H

#include "plan/plan.h"

/** Bytes beside the layers that the plan holds already. None depends on the
 * number of tiles. */
struct memory_need {
    double blocks;  /**< decoded blocks of the rasters, for all workers */
    double workers; /**< buffers of all workers, results that wait for the sink
                         included */
    double parcels; /**< sums and results of the largest territory's parcels */
};

/** What `threads` workers with tiles of `tile` cells per side need. */
struct memory_need plan_memory(const struct plan *plan, int threads, int tile);

#endif
