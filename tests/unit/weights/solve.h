/**
 * @file solve.h
 * @brief Runs a weighting on a few factors, as config/ does.
 */
#ifndef UNIT_WEIGHTS_SOLVE_H
#define UNIT_WEIGHTS_SOLVE_H

#include "weights/weights.h"

/** A task of factors; zero-initialise, release with solve_release(). */
struct solve {
    struct arena arena;
    struct problems problems;
    struct weights_report report;
    struct weights_task task;
};

/** Runs the method; returns the problems found, one per line, or "". */
static inline const char *solve(struct solve *s, const struct weighting_op *op,
                                const void *params, struct weights_item *items,
                                size_t count,
                                const struct weights_group *groups,
                                size_t group_count)
{
    s->problems.file = "p";
    s->task = (struct weights_task){.params = params,
                                    .at = {1, 1},
                                    .items = items,
                                    .count = count,
                                    .groups = groups,
                                    .group_count = group_count,
                                    .arena = &s->arena,
                                    .problems = &s->problems,
                                    .report = &s->report};
    if (op->solve(&s->task) != TERRAMIS_OK)
        return "no memory";
    return problems_status(&s->problems) == TERRAMIS_OK ? "" : status_message();
}

static inline void solve_release(struct solve *s)
{
    problems_release(&s->problems);
    arena_release(&s->arena);
}

#endif
