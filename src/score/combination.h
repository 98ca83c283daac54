/**
 * @file combination.h
 * @brief How a project combines its factors: inside their groups first, then
 * the groups and the factors without one.
 *
 *     struct combination c;
 *     TRY_DONE(combination_open(&c, config));
 *     combination_run(&c, x, weight, cells, score);
 *   done:
 *     combination_release(&c);
 */
#ifndef SCORE_COMBINATION_H
#define SCORE_COMBINATION_H

#include "score/score.h"

enum {
    GROUPS_MAX = 32
};

/** A rule with settings bound to a number of inputs. */
struct combiner_bound {
    const struct combiner_op *op;
    void *params; /**< owned copy; NULL: it has none */
    size_t inputs;
};

struct combination {
    size_t factors;
    struct combiner_bound rule; /**< of groups and factors without group */
    struct combination_group {
        struct combiner_bound rule;
        size_t *factors; /**< positions, rule.inputs of them */
    } groups[GROUPS_MAX];
    size_t group_count; /**< of groups that have factors */
    size_t *alone;      /**< positions of the factors without group */
    size_t alone_count;
};

/** Binds the rules of `config`; TERRAMIS_PROJECT with a place where they do
 * not go with its factors. The caller releases in either case. */
enum terramis_status combination_open(struct combination *c,
                                      const struct config *config);
void combination_release(struct combination *c);

/** Scores of `cells` cells, as combiner_op.run(). Any number of threads. */
void combination_run(const struct combination *c, const float *const *x,
                     const double *weight, size_t cells, float *score);

/** Is the score the sum of weight x membership? */
bool combination_adds_up(const struct config *config);

#endif
