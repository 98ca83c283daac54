/**
 * @file model.h
 * @brief A territory's parcels as rows of memberships, and their scores when
 * weights, membership points and values are drawn.
 *
 *     struct model model;
 *     TRY_DONE(model_open(&model, analysis, 1));
 *     model_draw(&model, (struct model_choice){.draw = 7}, &draw);
 *     model_run(&model, &draw, block, &scratch);
 *   done:
 *     model_close(&model);
 */
#ifndef UNCERTAINTY_MODEL_H
#define UNCERTAINTY_MODEL_H

#include "plan/analysis.h"
#include "uncertainty/random.h"

enum {
    MODEL_BLOCK = RANDOM_BLOCK, /**< parcels that are drawn together */
    MODEL_TABLE = 2048          /**< steps of a tabulated membership */
};

/** A factor that is not certain. */
struct model_factor {
    /** Standard deviations, in the values' unit; spread: share; membership, of
     * each parcel, and common, of all alike: 0..1. */
    double shift, spread, error, membership, common;
    bool certain;
    float low, per_step; /**< of the table; per_step: steps per unit */
    float centre;        /**< mean place of the membership's slopes: points
                              spread about it */
    float *table;        /**< MODEL_TABLE + 2 memberships; NULL: not needed */
    float *raw;          /**< value of each parcel */
    float *base;         /**< membership of that */
};

struct model {
    const struct plan *plan;
    uint32_t territory; /**< number of the territory */
    size_t count;       /**< parcels that have a score */
    size_t *item;       /**< their positions in parcels.items */
    float **m;          /**< mean memberships per factor; NaN: no data */
    float *score;       /**< as the analysis has it */
    float *offset;      /**< score - that of the mean memberships */
    struct model_factor *factors;
    float *floats; /**< memory behind all rows */
    float quantiles[RANDOM_QUANTILES];
};

/** Which draw; `other` takes factor number other - 1 from the second set of
 * draws (0: none), `second` all the rest. */
struct model_choice {
    uint32_t draw;
    bool second;
    size_t other;
};

/** What all parcels of a draw have in common. */
struct model_draw {
    struct model_choice choice;
    double weight[FACTORS_MAX];                   /**< sum 1 */
    float shift[FACTORS_MAX], width[FACTORS_MAX]; /**< of memberships' points */
    float common[FACTORS_MAX];                    /**< added to memberships */
};

/** A thread's buffers; x[f] and score have MODEL_BLOCK items. */
struct model_scratch {
    const float
        *rows[FACTORS_MAX]; /**< memberships of the block that was run */
    float *x;
    float score[MODEL_BLOCK];
    unsigned char class[MODEL_BLOCK];
    float z[MODEL_BLOCK], t[MODEL_BLOCK];
};

/** Takes every `step`-th parcel with a score. The caller closes in either
 * case. */
enum terramis_status model_open(struct model *model,
                                const struct analysis *analysis, size_t step);
void model_close(struct model *model);

enum terramis_status model_scratch_new(const struct model *model,
                                       struct model_scratch **scratch);
void model_scratch_free(struct model_scratch *scratch);

static inline size_t model_blocks(const struct model *model)
{
    return (model->count + MODEL_BLOCK - 1) / MODEL_BLOCK;
}

/** Parcels of a block. */
static inline size_t model_size(const struct model *model, size_t block)
{
    size_t left = model->count - block * MODEL_BLOCK;
    return left < MODEL_BLOCK ? left : MODEL_BLOCK;
}

void model_draw(const struct model *model, struct model_choice choice,
                struct model_draw *draw);

/** Scores and memberships of a block's parcels in that draw. */
void model_run(const struct model *model, const struct model_draw *draw,
               size_t block, struct model_scratch *scratch);

/** Their classes, severe limitations included. */
void model_classes(const struct model *model, size_t block,
                   struct model_scratch *scratch);

#endif
