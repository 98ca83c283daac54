/**
 * @file score.h
 * @brief From memberships to suitability 0..100, class and limiting factor.
 */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "config/config.h"

/** A rule that combines factors. A NaN membership is a factor without data at
 * that cell: it is left out and the other weights scaled up. */
struct combiner_op {
    struct operator op;
    /** `cells` scores 0..100; NaN where no factor has data. x[f][cell] in 0..1,
     * weight[f] >= 0 with sum 1. */
    void (*run)(const void *params, const float *const *x, const double *weight,
                size_t factors, size_t cells, float *score);
};

extern const struct registry combiner_registry;

static inline const struct combiner_op *
combiner_of(const struct operator_use *use)
{
    return (const struct combiner_op *)use->op;
}

/** Classes, as in class.tif. */
enum suitability_class {
    CLASS_NONE = 0, /**< nothing to score */
    CLASS_S1,
    CLASS_S2,
    CLASS_S3,
    CLASS_N1,
    CLASS_N2,
    CLASS_EXCLUDED /**< marginal, but a constraint forbids it */
};

enum {
    CLASS_COUNT = 5 /* S1 to N2 */
};

/** FAO class of a score (FAO 1976, Soils Bulletin 32); NaN gives CLASS_NONE. */
enum suitability_class class_of(const struct class_config *limits,
                                double score);

/** class_of() for `n` scores; the limits decrease. */
void class_run(const struct class_config *limits, const float *score, size_t n,
               unsigned char *class);

/** "S1" ... "N2"; "" for CLASS_NONE. */
const char *class_name(enum suitability_class class);

/** Position (from 1) of the factor that costs most, weight * (1 - x); the
 * first of equals; 0 where none costs anything or none has data. `x` holds
 * `factors` memberships, `stride` floats apart. */
int limiting_factor(const float *x, size_t stride, const double *weight,
                    size_t factors);

/** limiting_factor() for `cells` cells, x[f][cell]. */
void limiting_run(const float *const *x, const double *weight, size_t factors,
                  size_t cells, unsigned char *limiting);

#endif
