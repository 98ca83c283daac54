/**
 * @file membership.h
 * @brief Membership functions: from a criterion's value to 0..1 (fuzzy
 * standardisation, Zadeh 1965). They work on rows of floats, so they
 * vectorise and need no tile.
 */
#ifndef MEMBERSHIP_MEMBERSHIP_H
#define MEMBERSHIP_MEMBERSHIP_H

#include "param/param.h"

/** run() gives this for a class that the table does not have. */
#define MEMBERSHIP_UNKNOWN (-1.0F)

/** What a function needs at run time, made once by bind(). */
struct membership_bound {
    const void *params;
    double *keys;  /**< table: codes, increasing */
    float *values; /**< table: membership of each */
    size_t count;
    void *prepared; /**< by bind() for its run(), in one block; or NULL */
    size_t prepared_count;
};

/** The classes of a layer of polygons: class i has the code i. */
struct membership_classes {
    const char *const *names;
    const size_t *features; /**< how many have it; NULL: not counted */
    size_t count;
};

struct membership_op {
    struct operator op;
    bool classes;        /**< takes codes of classes, not measures */
    const char *example; /**< settings in file notation, for plots and tests */
    double range[2];     /**< of x in its plot */
    /** Prepares `bound`. Table: matches keys with the classes or, where that is
     * NULL, with numbers. NULL: run() needs nothing but the parameters. */
    enum terramis_status (*bind)(struct membership_bound *bound,
                                 const struct membership_classes *classes);
    /** n values; NaN in gives NaN out. `in` and `out` do not overlap. */
    void (*run)(const struct membership_bound *bound, const float *in, size_t n,
                float *out);
};

extern const struct registry membership_registry;

static inline const struct membership_op *
membership_of(const struct operator_use *use)
{
    return (const struct membership_op *)use->op;
}

/** Prepares a function; release frees. `classes` NULL: numbers. */
enum terramis_status membership_bind(struct membership_bound *bound,
                                     const struct operator_use *use,
                                     const struct membership_classes *classes);
void membership_release(struct membership_bound *bound);

#endif
