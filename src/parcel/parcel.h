/**
 * @file parcel.h
 * @brief Parcels of a territory: sums over their plantable land, then score,
 * class, reason and rank.
 */
#ifndef PARCEL_PARCEL_H
#define PARCEL_PARCEL_H

#include "config/config.h"
#include "layer/vector.h"
#include "overlay/land.h"
#include "parcel/overlap.h"
#include "parcel/warnings.h"
#include "score/score.h"
#include "yield/yield.h"

/** Square metres of a finished sum's unit. */
#define ZONAL_UNIT 1e-4

/** While tiles are summed, areas count in MOSAIC_ONE-ths of a cell, true area,
 * and values in steps: whole numbers, so that sums depend neither on their
 * order nor on the tiling. parcels_finish() turns areas into ZONAL_UNIT. */
#define SCORE_STEPS 4096.0F        /* per point of 0..100 */
#define MEMBERSHIP_STEPS 262144.0F /* per 1 */
#define RAW_STEPS 1024.0F          /* per unit of a factor's values */

/** Values of this and more, either way, have no mean. */
#define RAW_MOST 1048576.0F

/** A sum of values that does not fit, or with one beyond RAW_MOST. */
#define RAW_UNKNOWN INT64_MIN

/** What is summed for a parcel, or for a part of it inside one tile. */
struct zonal_sums {
    int64_t kind[KIND_COUNT]; /**< marginal land by kind */
    int64_t excluded;         /**< marginal, but excluded */
    int64_t plantable;
    int64_t plantable_kind[KIND_COUNT]; /**< plantable land by kind */
    int64_t scored;                     /**< plantable land with a score */
    int64_t score;                      /**< sum of score steps x area */
    uint64_t constraints;               /**< bit i: number i excludes some */
    float score_min;                    /**< INFINITY while scored is 0 */
};

/** Allowed use of the crop, the strictest first. */
enum crop_use {
    USE_NONE,       /**< nothing plantable, or soil beyond every threshold */
    USE_MATERIAL,   /**< building materials, composites */
    USE_COMBUSTION, /**< and combustion with control of the ash */
    USE_ANY,        /**< and bedding, mulch, contact with food and feed */
    USE_COUNT
};

/** How sure the allowed use is. */
enum use_basis {
    BASIS_NONE,    /**< no polluted soil, or nothing plantable */
    BASIS_HISTORY, /**< past activity, no proof of pollution */
    BASIS_STATE,   /**< known or declared as polluted, not sampled */
    BASIS_SAMPLED, /**< by the content of the soil */
    BASIS_COUNT
};

struct parcel {
    const char *id;
    size_t feature; /**< index in parcels.vector */
    double area;    /**< m2 on the ellipsoid */
    struct zonal_sums sums;
    int64_t *factor_area; /**< per factor: plantable area with data */
    int64_t *factor_sum;  /**< per factor: sum of membership steps x area */
    int64_t *factor_raw;  /**< per factor: sum of value steps x area;
                               RAW_UNKNOWN: codes, which have no mean */
    /* results of parcels_finish() */
    double score; /**< 0..100, NAN where nothing is plantable */
    enum suitability_class class;
    char subclass[8];  /**< class and letter of its limitation: S2w */
    int limiting;      /**< position of the limiting factor, 0: none */
    double nodata_pct; /**< share of plantable land without some factor, % */
    double yield;      /**< t dry matter per ha and year at the plateau, NAN as
                            score, or where it is not known */
    double yield_low, yield_high;
    double tonnage;   /**< t dry matter per year */
    uint64_t sources; /**< layers that make it marginal (parcel/sources.h) */
    enum crop_use use;
    enum use_basis basis;
    /** Of a parcel in a catchment: share of its land that is arable today, and
     * nitrogen kept from the water by miscanthus, kg N per hectare and year:
     * low, mean, high. NAN: no catchment, or crops not known. */
    double arable, nitrate[3];
    double content[METAL_COUNT]; /**< worst sample of its polluted soil, mg/kg;
                                      NAN: not sampled */
    uint32_t warnings;           /**< set of enum warning */
    const char *warning_text;    /**< their texts; NULL: none */
    int rank;                    /**< from 1; 0: not ranked */
    int site;                    /**< from 1; 0: in no site */
};

/** What Monte Carlo says about a parcel's score, class and rank. */
struct spread {
    double mean, sd;         /**< of the score; NAN where there is none */
    double good;             /**< probability of classes S1 and S2, 0..1 */
    int rank_low, rank_high; /**< 5th and 95th percentile; 0: not ranked */
};

struct parcels {
    const struct vector *vector;     /**< all parcels of the project */
    const struct overlaps *overlaps; /**< of them; NULL: none is known */
    struct parcel *items; /**< those of the territory, in file order */
    size_t count;
    size_t factors;
    int64_t *factor_sums;       /**< memory behind the pointers in items */
    struct spread *spreads;     /**< one per item; NULL: not asked for */
    struct warning_texts texts; /**< of the parcels' warnings */
    uint32_t *position; /**< feature -> item + 1; 0: not in the territory */
};

/** Square metres of a sum. */
static inline double zonal_area(int64_t sum)
{
    return (double)sum * ZONAL_UNIT;
}

/** Hectares of a sum. */
static inline double zonal_ha(int64_t sum)
{
    return (double)sum * (ZONAL_UNIT * 1e-4);
}

/** Marginal land of a parcel, 1e-4 m2. */
static inline int64_t zonal_marginal(const struct zonal_sums *sums)
{
    return sums->excluded + sums->plantable;
}

/** Square metres of a parcel that are counted with earlier ones. */
static inline double parcel_shared(const struct parcels *parcels,
                                   const struct parcel *parcel)
{
    const struct overlap *overlap =
        parcels->overlaps ? overlap_of(parcels->overlaps, parcel->feature)
                          : NULL;
    return overlap ? overlap->area : 0;
}

/** Overlaps of the parcels of a territory. */
struct overlap_sum parcels_overlap(const struct parcels *parcels);

/** Mean membership of a factor over the plantable land; NAN: no data. */
static inline double parcel_membership(const struct parcel *parcel, size_t f)
{
    return parcel->factor_area[f] > 0
               ? (double)parcel->factor_sum[f] /
                     (double)parcel->factor_area[f] / (double)MEMBERSHIP_STEPS
               : (double)NAN;
}

/** Mean value of a factor over the plantable land, in its unit; NAN: no data,
 * classes, or a sum that does not fit. */
static inline double parcel_raw(const struct parcel *parcel, size_t f)
{
    return parcel->factor_area[f] > 0 && parcel->factor_raw[f] != RAW_UNKNOWN
               ? (double)parcel->factor_raw[f] /
                     (double)parcel->factor_area[f] / (double)RAW_STEPS
               : (double)NAN;
}

/** Points of a parcel's score that each factor brings where the score is the
 * sum of weight x membership: in hundredths, so that all of them add up to the
 * score in hundredths, without data or with weights scaled up as well. NAN
 * where the parcel or the factor has none. */
void parcel_contributions(const struct parcel *parcel, const double *weight,
                          size_t factors, double *out);

/** The parcels that share more than 1 m2 and 0.1 % of their area with the
 * territory. The first value of each feature is its id (NULL: the fid is).
 * Areas are those on the ellipsoid of `crs`. `threads` changes nothing but the
 * time. The caller releases. */
enum terramis_status parcels_select(struct parcels *parcels,
                                    struct vector *vector,
                                    struct path_range territory,
                                    const struct crs *crs, int threads,
                                    size_t factors);
void parcels_release(struct parcels *parcels);

/** Turns sums into results and ranks: by class and score, then by plantable
 * land, then by id; parcels below `min_plantable` hectares get no rank. `cell`:
 * size of the cells that were summed, metres. */
enum terramis_status parcels_finish(struct parcels *parcels,
                                    const struct config *config,
                                    const double *weight,
                                    const struct yield_bound *yield,
                                    double cell);

/** Class and yield again, once parcels_assess() knows the contents of the
 * soil. */
enum terramis_status parcels_judge(struct parcels *parcels,
                                   const struct config *config,
                                   const double *weight,
                                   const struct yield_bound *yield);

/** By what a scored parcel is judged. */
struct parcel_rules {
    const struct config *config;
    const struct class_config *limits; /**< of the classes */
    const double *weight;              /**< by which a factor's lack counts */
    size_t factors;                    /**< as of the parcels */
    const struct yield_bound *yield;
};

/** Class, limitation, yield and tonnage of a finished parcel from its score;
 * nothing where it has none. `memberships`: room for those of its factors. */
void parcel_judge(struct parcel *parcel, const struct parcel_rules *rules,
                  float *memberships);

/** Ranks finished parcels, as parcels_finish() does. */
enum terramis_status parcels_rank(struct parcel *items, size_t count,
                                  double min_plantable);

/** A sum of cells in ZONAL_UNIT. */
static inline int64_t zonal_from_cells(int64_t sum, double cell)
{
    return llround((double)sum * (cell * cell / MOSAIC_ONE / ZONAL_UNIT));
}

/** Adjacent plantable parcels together. */
struct site {
    int id; /**< from 1, by plantable land, largest first */
    size_t parcels;
    double plantable;           /**< m2 */
    double score;               /**< area-weighted */
    double tonnage;             /**< t dry matter per year */
    double nitrate[3];          /**< kg N per year kept from the water: low,
                                     mean, high; of its parcels in catchments
                                     whose crops are known, NAN: of none */
    uint32_t warnings;          /**< those of all its parcels, a set */
    const char *warning_text;   /**< their texts; NULL: none */
    int rank;                   /**< from 1, by tonnage, largest first */
    struct path_range geometry; /**< the union of its parcels */
    struct rect extent;
};

struct sites {
    struct site *items;
    size_t count;
    struct paths paths; /**< geometries of sites of several parcels; one alone
                             lends its own */
};

/** Sites of parcels at most 1 m apart of which half or more is plantable, and
 * the other plantable parcels one by one; sets parcel.site. `sites` points into
 * itself and into the parcels' vector. `threads` changes nothing but the
 * time. */
enum terramis_status sites_build(struct sites *sites, struct parcels *parcels,
                                 int threads);
void sites_release(struct sites *sites);

#endif
