/**
 * @file analysis.h
 * @brief One territory: every tile once, through overlay, factors, score and
 * zonal sums; results in tile order to a sink.
 */
#ifndef PLAN_ANALYSIS_H
#define PLAN_ANALYSIS_H

#include <stdio.h>

#include "parcel/zonal.h"
#include "plan/plan.h"
#include "plan/unknown.h"
#include "scenario/scenario.h"
#include "tile/tiling.h"

/** Raster values of "nothing here". */
enum {
    SUITABILITY_NODATA = 255,
    CLASS_NODATA = 0,
    LIMITING_NODATA = 0
};

/** Areas on the ellipsoid: of a territory in ZONAL_UNIT m2, of a tile in
 * MOSAIC_ONE-ths of a cell. */
struct land_sums {
    int64_t territory;
    int64_t kind[KIND_COUNT];      /**< marginal land, excluded or not */
    int64_t mask[1 << KIND_COUNT]; /**< the same, by exact set of kinds */
    int64_t marginal;
    int64_t plantable;
    int64_t class[CLASS_EXCLUDED + 1]; /**< plantable land by cell class;
                                            CLASS_NONE: no data */
    int64_t *limiting; /**< plantable land by position of its limiting factor,
                            0: none */
    int64_t *excluded; /**< by constraint, each place counted once, for the
                            first constraint in the project's order */
};

/** Adds all sums; `constraints` 0: not .excluded. */
void land_sums_add(struct land_sums *to, const struct land_sums *from,
                   size_t constraints, size_t factors);

/** What a tile gives; row-major, window.nx cells wide. */
struct tile_result {
    struct window window;
    bool blank;                 /**< no marginal land: rasters all nodata */
    unsigned char *suitability; /**< 0..100, SUITABILITY_NODATA */
    unsigned char *class;       /**< enum suitability_class */
    unsigned char *limiting;    /**< position of the limiting factor */
    unsigned char *marginal;    /**< bit mask of kinds */
    struct land_sums land;
    struct unknown_classes unknown;
    struct zonal_list zonal;
};

/** Shares of the scores' variance that come from one factor: its weight, its
 * membership points and its values together. */
struct sensitivity {
    double first; /**< by itself */
    double total; /**< with what it does together with others */
};

struct analysis {
    const struct plan *plan;
    const struct territory *territory;
    struct overlay overlay; /**< the plan's, with this territory */
    struct tiling tiling;
    struct parcels parcels;
    struct yield_bound yield;
    struct scenarios scenarios;
    struct land_sums land;
    struct unknown_classes unknown;  /**< an error where there are any */
    struct sensitivity *sensitivity; /**< per factor; NULL: not asked for */
    double *weight;                  /**< of the score */
    double *limiting_weight;         /**< see plan_limiting_weights() */
};

/** Called in the calling thread, in tile order. */
struct analysis_sink {
    /** Takes tile number `tile`; `analysis` has the sums up to this one. */
    enum terramis_status (*write)(void *data, const struct analysis *analysis,
                                  size_t tile,
                                  const struct tile_result *result);
    void *data;
    /** Once, before all tiles: may give back the sums of the first tiles by
     * analysis_take(), and their number in *first. NULL: nothing. */
    enum terramis_status (*begin)(void *data, struct analysis *analysis,
                                  size_t *first);
};

/** The grid of a territory; TERRAMIS_PROJECT where the resolution is absurd. */
enum terramis_status analysis_grid(const struct plan *plan,
                                   const struct territory *territory,
                                   struct grid *grid);

/** Runs all tiles, `tile` cells per side, of `territory`: the sums of its land
 * and parcels. The caller releases in either case. */
enum terramis_status analysis_run(struct analysis *analysis, struct plan *plan,
                                  const struct territory *territory,
                                  int threads, int tile,
                                  struct analysis_sink sink);

/** Results from the sums: of the land, of parcels, under the scenarios. */
enum terramis_status analysis_finish(struct analysis *analysis);

/** Writes what the tiles gave so far, before analysis_finish(). The bytes are
 * for the same program on the same machine; errors stay in `stream`. */
void analysis_keep(const struct analysis *analysis, FILE *stream);

/** Reads that back before any tile. False: it is not of this territory and
 * project, or not whole; then the sums are worth nothing. */
bool analysis_take(struct analysis *analysis, FILE *stream);

/** As analysis_run() and analysis_finish() with the sums that analysis_keep()
 * wrote to `stream`, no tile computed. *fits: they are of this territory and
 * project as they are now; else nothing is done. */
enum terramis_status analysis_resume(struct analysis *analysis,
                                     struct plan *plan,
                                     const struct territory *territory,
                                     int threads, int tile, FILE *stream,
                                     bool *fits);
void analysis_release(struct analysis *analysis);

#endif
