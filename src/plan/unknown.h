/**
 * @file unknown.h
 * @brief Classes of a raster that the table of a factor lacks, counted over
 * the plantable land: an error, never 0.
 */
#ifndef PLAN_UNKNOWN_H
#define PLAN_UNKNOWN_H

#include "plan/plan.h"

enum {
    UNKNOWN_MAX = 24 /**< told apart; a raster of measures has no end of them */
};

struct unknown_class {
    size_t factor;
    double code;
    int64_t cells; /**< with plantable land */
    double x, y;   /**< centre of the first */
};

struct unknown_classes {
    struct unknown_class items[UNKNOWN_MAX]; /**< as they came */
    size_t count;
    int64_t others; /**< cells of those that did not fit */
};

/** Adds the cells of `more` to its class. */
void unknown_add(struct unknown_classes *classes,
                 const struct unknown_class *more);

/** Adds all of `from`. */
void unknown_merge(struct unknown_classes *to,
                   const struct unknown_classes *from);

/** TERRAMIS_INPUT with a line per factor, its place and its classes with their
 * counts; TERRAMIS_OK where there are none. `territory`: its id. */
enum terramis_status unknown_status(const struct unknown_classes *classes,
                                    const struct plan *plan,
                                    const char *territory);

#endif
