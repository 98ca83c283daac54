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
};

/** Scratch: the cells of one row of the tile, each a record of `lanes` whole
 * numbers: score and memberships in steps. */
struct zonal_rows {
    size_t row; /**< + 1; 0: none yet */
    bool gaps;  /**< some value of the row is missing */
    size_t lanes;
    uint32_t *steps, *sum;
    size_t room, sum_room;
};

/** Results of a tile; zero-initialise, use again. */
struct zonal_list {
    struct zonal_part *parts;
    size_t count, room;
    int64_t *factors; /**< 3 x factors per part: areas, sums, raw sums */
    size_t factor_room;
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
