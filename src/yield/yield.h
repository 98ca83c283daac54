/**
 * @file yield.h
 * @brief What miscanthus gives at its plateau: models, penalties, range.
 *
 * To add a model: its file, one line in yields.def, its test.
 *
 *     struct yield_bound yield;
 *     TRY_DONE(yield_bind(&yield, config, territory));
 *     struct yield_range range = yield_of(&yield, &land);
 *   done:
 *     yield_release(&yield);
 */
#ifndef YIELD_YIELD_H
#define YIELD_YIELD_H

#include "score/score.h"

/** t dry matter per hectare and year; all NAN where it is not known. */
struct yield_range {
    double low, mean, high;
};

/** Values of factors that a model may want, means of the parcel. */
enum yield_input {
    YIELD_AWC,         /**< the soil's available water, mm */
    YIELD_TEMPERATURE, /**< mean of the year, degrees C */
    YIELD_RAIN,        /**< of the year, mm */
    YIELD_INPUTS
};

/** The land of a parcel. */
struct yield_land {
    enum suitability_class class;
    double input[YIELD_INPUTS]; /**< NAN: not known */
    double polluted;            /**< share of it on polluted soil, 0..1 */
    const double *content;      /**< of its soil, mg/kg, per metal; NAN: not
                                     sampled */
    const float *memberships;   /**< means, per factor; NAN: no data */
};

struct yield_op {
    struct operator op;
    const char *example; /**< settings in file notation; NULL: none needed */
    /** Id of the factor whose values are that input; NULL: the settings name
     * none. NULL: the model needs none. */
    const char *(*input)(const void *params, enum yield_input input);
    /** Prepares for a territory, in one block; sets a message without place.
     * NULL: nothing to do. */
    enum terramis_status (*prepare)(const void *params, const char *territory,
                                    void **prepared);
    /** Pure; without penalties. low = high = mean where the model knows no
     * range. */
    struct yield_range (*run)(const void *params, const void *prepared,
                              const struct yield_land *land);
};

extern const struct registry yield_registry;

static inline const struct yield_op *yield_op_of(const struct operator_use *use)
{
    return (const struct yield_op *)use->op;
}

/** A model made ready for a territory. */
struct yield_bound {
    const struct config *config;
    void *prepared;             /**< owned */
    size_t input[YIELD_INPUTS]; /**< position of the factor from 1; 0: none */
};

/** `territory`: its id. TERRAMIS_PROJECT with a place where the settings do not
 * go with it. Release in either case. */
enum terramis_status yield_bind(struct yield_bound *bound,
                                const struct config *config,
                                const char *territory);
void yield_release(struct yield_bound *bound);

/** The model's yield less the penalties; the range is the model's or that of
 * `spread`, whichever is wider. */
struct yield_range yield_of(const struct yield_bound *bound,
                            const struct yield_land *land);

/** The positions (from 1) of the factors that the model takes values of; 0:
 * none. TERRAMIS_PROJECT where there is no such factor. */
enum terramis_status yield_inputs(const struct config *config,
                                  size_t positions[YIELD_INPUTS]);

#endif
