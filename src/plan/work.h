/**
 * @file work.h
 * @brief What a worker does with a tile.
 */
#ifndef PLAN_WORK_H
#define PLAN_WORK_H

#include "plan/analysis.h"

/** Pool callbacks; `data` is a struct analysis. */
enum terramis_status work_start(void *data, void **worker);
enum terramis_status work_tile(void *data, void *worker, size_t tile,
                               void *result);
void work_stop(void *data, void *worker);

#endif
