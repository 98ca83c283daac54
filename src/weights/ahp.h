/**
 * @file ahp.h
 * @brief The parts of AHP weighting: judgements to matrices, matrices to
 * weights. Private to weights/.
 */
#ifndef WEIGHTS_AHP_H
#define WEIGHTS_AHP_H

#include "weights/pairwise.h"
#include "weights/weights.h"

/** The settings of `kind: ahp`. */
struct ahp {
    struct list judgements; /**< of ahp_judgement */
    struct list matrices;   /**< of ahp_matrix */
    int random_index;       /**< enum random_index */
    double max_cr;
};

struct ahp_judgement {
    struct place at;
    const char *a, *b;
    const char *value; /**< "3" or "1/3" */
};

struct ahp_matrix {
    struct place at;
    struct texts of;
    struct texts values; /**< row by row; "_" or "?": missing */
};

/** Elements compared with one another: those of a group, or the groups and
 * the factors without group at the top. */
struct ahp_set {
    const char *group; /**< NULL: the top */
    size_t count;
    const char **ids;
    size_t *item;  /**< factor of each; WEIGHTS_NO_GROUP: it is a group */
    size_t *below; /**< group of each; WEIGHTS_NO_GROUP: it is a factor */
    struct pairwise matrix;
    bool made[PAIRWISE_MAX][PAIRWISE_MAX]; /**< i < j */
    struct place at[PAIRWISE_MAX][PAIRWISE_MAX];
};

struct ahp_sets {
    struct ahp_set *items; /**< one per group, then the top */
    size_t count;
};

/** The sets of a task; empty judgements. In the task's arena. */
enum terramis_status ahp_find_sets(const struct weights_task *task,
                                   struct ahp_sets *sets);

/** Puts judgements and matrices into the sets; problems are added to the
 * task's. */
void ahp_read(const struct weights_task *task, struct ahp_sets *sets);

#endif
