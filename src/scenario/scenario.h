/**
 * @file scenario.h
 * @brief A territory's parcels under the project and its scenarios: scores,
 * ranks, and what is planted and harvested year by year.
 *
 * Nothing is read again. A scenario with other weights moves each parcel's
 * score by what its mean memberships give with them less what they give with
 * the project's. With a weighted sum on complete data that is the score that
 * the layers would give; with other rules, and where data are missing, it is
 * the change at the parcel's mean, added to its exact score. Equal weights
 * leave the score as it is, to the bit.
 */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "parcel/parcel.h"
#include "score/combination.h"

enum {
    SCENARIO_ANY = KIND_COUNT, /**< land of any kind, after the kinds */
    SCENARIO_KINDS
};

/** A parcel under a scenario. */
struct scenario_parcel {
    double score; /**< 0..100, NAN as the parcel's own */
    enum suitability_class class;
    int rank; /**< from 1; 0: not ranked */
    int year; /**< from 1: when it is planted first; 0: not at all */
};

/** One year of a kind of marginal land; a parcel of several kinds counts for
 * each of them, and once in SCENARIO_ANY. Areas in ZONAL_UNIT. */
struct scenario_year {
    int64_t planted;  /**< in that year */
    int64_t standing; /**< planted by then and alive */
    double harvest;   /**< t dry matter */
    double low, high; /**< its range */
};

struct scenario {
    const struct scenario_config *config; /**< NULL: the project itself */
    struct scenario_parcel *parcels;      /**< as the territory's parcels */
    struct scenario_year *years;          /**< kind after kind */
};

struct scenarios {
    struct scenario *items; /**< the project itself is the first */
    size_t count;
    int horizon; /**< years of each kind */
};

/** What the scenarios are made from. */
struct scenario_base {
    const struct config *config;
    const struct combination *combination;
    const double *weight;    /**< of the project, per factor */
    struct parcels *parcels; /**< finished; read only */
    const struct yield_bound *yield;
};

/** Fills `scenarios`; the caller releases in either case. */
enum terramis_status scenarios_run(struct scenarios *scenarios,
                                   const struct scenario_base *base);
void scenarios_release(struct scenarios *scenarios);

/** Year `year` (from 1) of a kind. */
static inline const struct scenario_year *
scenario_year(const struct scenarios *all, const struct scenario *one, int kind,
              int year)
{
    return &one->years[(size_t)kind * (size_t)all->horizon + (size_t)year - 1];
}

/** "base" or the scenario's id. */
static inline const char *scenario_id(const struct scenario *scenario)
{
    return scenario->config ? scenario->config->id : SCENARIO_BASE;
}

#endif
