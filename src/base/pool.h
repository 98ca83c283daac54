/**
 * @file pool.h
 * @brief Worker threads over numbered tiles, and a sink that takes the results
 * in order: outputs do not depend on the number of threads.
 *
 * As in libvips, an operation is start (per worker: allocate), work (per tile:
 * pure, in parallel) and stop (per worker: free). The calling thread is the
 * sink. At most a bounded number of results waits for it. Input that must be
 * read in order (a file) is one step before the work.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define POOL_UNKNOWN SIZE_MAX

enum {
    POOL_SLOTS = 3 /**< results per thread that may wait for the sink */
};

struct pool_job {
    size_t first;       /**< tiles before it are done already */
    size_t tiles;       /**< POOL_UNKNOWN: as many as fill() gives */
    int threads;        /**< >= 1 */
    size_t slots;       /**< results that may wait for the sink; 0: POOL_SLOTS
                             for each thread */
    size_t result_size; /**< bytes of a result slot, zeroed at the start; a slot
                             is used again and again, so its buffers stay */
    void *data;         /**< handed to all functions */
    /** Makes a worker's state; called in the worker's own thread. NULL: it has
     * none, and no stop(). */
    enum terramis_status (*start)(void *data, void **worker);
    enum terramis_status (*work)(void *data, void *worker, size_t tile,
                                 void *result);
    /** Puts the input of `tile` into its slot before work(): in order, one
     * call at a time, in any worker's thread; *more = false: there is no such
     * tile, nor any after it. NULL: tiles need no input. */
    enum terramis_status (*fill)(void *data, size_t tile, void *result,
                                 bool *more);
    void (*stop)(void *data, void *worker);
    /** Takes the result of `tile`; in order, in the calling thread. NULL: there
     * is nothing to take. */
    enum terramis_status (*commit)(void *data, size_t tile, void *result);
    /** Frees what a result slot holds. */
    void (*release)(void *data, void *result);
    const char *what; /**< for progress; NULL: none */
};

/** Runs all tiles; returns the first failure (by tile number among those that
 * were reached) with its message, or TERRAMIS_INTERRUPTED. */
enum terramis_status pool_run(const struct pool_job *job);

/** Number of processors that may be used. */
int pool_processors(void);

#endif
