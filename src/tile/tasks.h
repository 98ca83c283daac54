/**
 * @file tasks.h
 * @brief A few different tasks, each after those it needs, several at a time.
 */
#ifndef TILE_TASKS_H
#define TILE_TASKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    TASKS_MAX = 64
};

struct task {
    enum terramis_status (*run)(void *data);
    void *data;
    uint64_t after; /**< bit i: only when task number i is done; i is lower
                         than the task's own number */
};

/** Runs TASKS_MAX tasks at most in `threads` threads, this one among them;
 * tasks with lower numbers begin first. Gives the failure that running them one
 * after the other would give: with the lowest number, and no later task begins
 * after it. TERRAMIS_INTERRUPTED after terramis_interrupt(). */
enum terramis_status tasks_run(const struct task *tasks, size_t count,
                               int threads);

#endif
