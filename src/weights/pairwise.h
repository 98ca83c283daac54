/**
 * @file pairwise.h
 * @brief Matrices of pairwise judgements: weights, consistency, completion,
 * advice. Numbers only; ahp.c knows names and places.
 */
#ifndef WEIGHTS_PAIRWISE_H
#define WEIGHTS_PAIRWISE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    PAIRWISE_MAX = 15 /**< where the tables of random indices end */
};

/** a[i][j]: how many times i weighs j; 0: no judgement. Reciprocal, diagonal
 * 1. */
struct pairwise {
    size_t n; /**< 1 .. PAIRWISE_MAX */
    double a[PAIRWISE_MAX][PAIRWISE_MAX];
};

/** Named tables of the random index, mean CI of random matrices. */
enum random_index {
    RANDOM_SAATY_1980,
    RANDOM_SAATY_2005,
    RANDOM_DONEGAN_DODD
};

/** "saaty-1980", ...; ended by NULL. */
extern const char *const random_index_names[];

/** Random index for n elements; 0 for n <= 2. */
double random_index(enum random_index table, size_t n);

/** A matrix of n elements without judgements. */
void pairwise_init(struct pairwise *m, size_t n);

/** a[i][j] = value and a[j][i] = 1 / value. */
void pairwise_set(struct pairwise *m, size_t i, size_t j, double value);

/** Does a chain of judgements link all elements? Else *apart is one that none
 * links to the first. */
bool pairwise_connected(const struct pairwise *m, size_t *apart);

/** Fills in missing judgements so that lambda_max is least (Bozoki, Fulop &
 * Ronyai 2010). The matrix must be connected: the solution is then unique. */
void pairwise_complete(struct pairwise *m);

/** Principal right eigenvector of a complete matrix, sum 1; returns
 * lambda_max (Saaty 1980). */
double pairwise_weights(const struct pairwise *m, double weight[PAIRWISE_MAX]);

/** Consistency index (lambda_max - n) / (n - 1), never below 0. */
double pairwise_ci(double lambda_max, size_t n);

/** A judgement that hurts consistency. */
struct pairwise_advice {
    size_t i, j;   /**< a[i][j] >= 1 */
    double better; /**< on Saaty's scale, 1/9 .. 9 */
    double ci;     /**< consistency index with it */
};

/** The `most` judgements of a complete matrix whose change to what the others
 * imply lowers CI most, best first; `made[i][j]` (i < j): was it made by
 * people? Returns how many there are that help at all. */
size_t pairwise_advise(const struct pairwise *m,
                       bool made[PAIRWISE_MAX][PAIRWISE_MAX],
                       struct pairwise_advice *advice, size_t most);

#endif
