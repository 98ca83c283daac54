/**
 * @file score.h
 * @brief From memberships to suitability 0..100, class and limiting factor.
 */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "config/config.h"

/** Positions of factors are one byte in limiting.tif, 0 being nodata. */
enum {
    FACTORS_MAX = 255
};

/** A rule that combines factors. A NaN membership is a factor without data at
 * that cell: it is left out and the other weights scaled up. */
struct combiner_op {
    struct operator op;
    const char *example; /**< settings in file notation; NULL: none needed */
    bool mean; /**< never below the least or above the best membership */
    /** A better membership never lowers the score, whatever the weights; where
     * false, only with equal weights. */
    bool monotone;
    bool unweighted; /**< weights only say which factors take part */
    /** Finishes settings (a copy, writable) for that many inputs; sets a
     * message without place. NULL: nothing to do. */
    enum terramis_status (*bind)(void *params, size_t inputs);
    /** Order weights of bound settings, the first for the least membership;
     * NULL: it has none. */
    const double *(*order)(const void *params);
    /** `cells` scores 0..100; NaN where no factor has data. x[f][cell] in 0..1,
     * weight[f] >= 0, scaled to sum 1 here; `params` as bound. */
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

/** Best class that a factor's caps leave at a membership; NaN: S1. */
enum suitability_class class_cap(const struct caps_config *caps,
                                 float membership);

/** The class where severe limitations cap it. `x` holds the memberships of the
 * project's factors, `stride` floats apart; *limiting becomes the position
 * (from 1) of the factor that caps most, where one does. */
enum suitability_class class_capped(const struct config *config,
                                    enum suitability_class class,
                                    const float *x, size_t stride,
                                    int *limiting);

/** Class and letter of the limitation, such as S2w (FAO 1976); the class alone
 * for S1, or where the factor at position `limiting` has no letter. */
void class_subclass(const struct config *config, enum suitability_class class,
                    int limiting, char subclass[8]);

/** "S1" ... "N2"; "" for CLASS_NONE. */
const char *class_name(enum suitability_class class);

/** Position (from 1) of the factor that costs most, weight * (1 - x); the
 * first of equals; 0 where none costs anything or none has data. `x` holds
 * `factors` memberships, `stride` floats apart. */
int limiting_factor(const float *x, size_t stride, const double *weight,
                    size_t factors);

/** limiting_factor() for `cells` cells, x[f][cell]. */
void limiting_factors(const float *const *x, const double *weight,
                      size_t factors, size_t cells, unsigned char *limiting);

#endif
