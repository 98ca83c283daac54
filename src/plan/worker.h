/**
 * @file worker.h
 * @brief A worker and the steps of its work on a tile.
 */
#ifndef PLAN_WORKER_H
#define PLAN_WORKER_H

#include "plan/analysis.h"

/** A share of a cell below this is rounding, not land. */
#define LAND_TRACE 1e-6F

/** Cells first ... first + count - 1 of a tile. */
struct span {
    size_t first, count;
};

/** Its own PROJ context, datasets and buffers; nothing is allocated
 * per tile once the buffers have grown. */
struct worker {
    const struct analysis *analysis;
    struct crs_area *measure;
    struct areal areal;
    struct mosaic *mosaic;
    struct criterion_tools tools;
    struct raster_reader **readers; /**< per factor; NULL: vector */
    float **raw;                    /**< values per factor */
    const float **measured;         /**< the same; NULL: codes of classes */
    float **x;                      /**< memberships per factor */
    float *score;
    float *plantable, *excluded; /**< shares per cell */
    struct span *spans;          /**< of cells to score, in order */
    size_t span_count, span_room;
    unsigned char *class;    /**< of the score; CLASS_NONE outside spans */
    unsigned char *limiting; /**< the same */
    uint32_t *slot;          /**< per parcel, for zonal_run() */
    struct grid grid;        /**< the tile's */
};

/** Shares per cell, the spans to score and the tile's sums, from the pieces of
 * land. */
enum terramis_status worker_sum_land(struct worker *w,
                                     const struct piece_list *land,
                                     struct tile_result *r);

/** In the spans: reads all factors, standardises and combines them; class and
 * limiting factor. Classes that a table lacks are noted in `r`. */
enum terramis_status worker_score(struct worker *w, struct tile_result *r);

/** What each cell shows; the sums by class and limiting factor. */
void worker_show(struct worker *w, const struct piece_list *land,
                 struct tile_result *r);

#endif
