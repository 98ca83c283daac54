/**
 * @file zonal.h
 * @brief Exact zonal statistics of parcels inside one tile.
 */
#ifndef PARCEL_ZONAL_H
#define PARCEL_ZONAL_H

#include "geo/areal.h"
#include "parcel/parcel.h"

/** The scored cells of a tile. */
struct zonal_cells {
    struct grid grid;
    const struct areal *areal;
    const float *score;    /**< 0..100; NaN: no score */
    const float *const *x; /**< memberships per factor; NaN: no data */
    /** Values per factor, NaN where x is; NULL: codes, which have no mean. */
    const float *const *raw;
    size_t factors;
};

/** One parcel's sums inside the tile. */
struct zonal_part {
    size_t parcel; /**< index in parcels.items */
    struct zonal_sums sums;
    uint32_t least; /**< least score, in steps; UINT32_MAX: none */
};

/** Scratch: the cells of one row of the tile, each a record of whole numbers:
 * score, memberships and values in steps. */
struct zonal_rows {
    size_t row;      /**< + 1; 0: none yet */
    uint64_t filled; /**< set of the parts of the row that have their records */
    bool gaps;       /**< some value of these is missing */
    int32_t most;    /**< largest value of the tile so far, in steps */
    int32_t *steps;
    int64_t *sum;
    size_t room, sum_room;
};

/** Results of a tile; zero-initialise, use again. */
struct zonal_list {
    struct zonal_part *parts;
    size_t count, room;
    size_t factors, stride;
    /** `stride` per part: sums of the score, of memberships and of values,
     * from 1 + factors before its end on the areas with a score and with each
     * factor. */
    int64_t *sums;
    size_t sum_room;
    struct zonal_rows rows;
};

/** True area of a share of a cell, in the unit of the sums. */
static inline int64_t zonal_share(uint32_t share, double scale)
{
    return (int64_t)((double)share * scale + 0.5);
}

/** Sums the pieces of every parcel. `slot`: one number per parcel of the
 * territory, all 0 before and after. Pure but for `list` and `slot`. */
enum terramis_status zonal_run(struct zonal_list *list, uint32_t *slot,
                               const struct piece_list *pieces,
                               const struct zonal_cells *cells);

/** Adds a tile's parts to the parcels; TERRAMIS_PROJECT for a parcel of so many
 * cells that its sums no longer fit. */
enum terramis_status zonal_commit(const struct zonal_list *list,
                                  struct parcels *parcels);

void zonal_list_release(struct zonal_list *list);

#endif
