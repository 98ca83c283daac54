/**
 * @file weights.h
 * @brief Where the factors' weights come from: one file per method and one
 * line in weightings.def. Methods know ids and groups, not the project file.
 */
#ifndef WEIGHTS_WEIGHTS_H
#define WEIGHTS_WEIGHTS_H

#include "param/phrase.h"

/** Position of a factor that is in no group. */
#define WEIGHTS_NO_GROUP ((size_t)-1)

/** A factor to weigh. */
struct weights_item {
    const char *id;
    size_t group;    /**< position in the task's groups; WEIGHTS_NO_GROUP */
    bool given;      /**< has the project file a weight for it? */
    double weight;   /**< in: that weight, >= 0; out: sums to 1 over all */
    struct place at; /**< of the factor in the project file */
};

/** Factors that combine first with one another, then with the rest. */
struct weights_group {
    const char *id;
    double weight; /**< given; NAN: the sum of its factors */
    struct place at;
};

/** A judgement as it was made or completed: a weighs `value` times b. */
struct weights_judgement {
    const char *a, *b;
    double value;
    double better; /**< advice: value nearest to the other judgements */
    double cr;     /**< consistency ratio with it */
};

/** What AHP found among elements compared with one another. */
struct weights_set {
    const char *group; /**< NULL: the groups and factors at the top */
    size_t count;
    const char **ids;
    double *weight; /**< within the set, sum 1 */
    double lambda_max, ci, ri, cr;
    struct weights_judgement *worst; /**< those that hurt most, first */
    size_t worst_count;
    struct weights_judgement *completed; /**< those that nobody made */
    size_t completed_count;
};

/** For people: how the weights came about. */
struct weights_report {
    const char *random_index; /**< NULL: no AHP */
    double max_cr;
    struct weights_set *sets;
    size_t count;
};

struct weights_task {
    const void *params; /**< of the method */
    struct place at;    /**< of weights: */
    struct weights_item *items;
    size_t count; /**< at least 1 */
    const struct weights_group *groups;
    size_t group_count;
    struct arena *arena;       /**< owns the report */
    struct problems *problems; /**< what is wrong is added here */
    struct weights_report *report;
};

struct weighting_op {
    struct operator op;
    bool direct; /**< takes the factors' own weight: */
    /** Fills the items' weights and the report; where problems were added
     * they may be anything. The status is only for lack of memory. */
    enum terramis_status (*solve)(const struct weights_task *task);
};

extern const struct registry weighting_registry;

/** A judgement as people write it: "3", "1/3", "0.73". */
struct phrase weights_ratio(double ratio);

static inline const struct weighting_op *
weighting_of(const struct operator_use *use)
{
    return (const struct weighting_op *)use->op;
}

#endif
