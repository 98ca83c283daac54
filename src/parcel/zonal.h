/**
 * @file zonal.h
 * @brief Exact zonal statistics of parcels inside one tile.
 */
#ifndef PARCEL_ZONAL_H
#define PARCEL_ZONAL_H

#include "geo/areal.h"
#include "overlay/coverage.h"
#include "overlay/outline.h"
#include "parcel/parcel.h"

/** The scored cells of a tile. */
struct zonal_cells {
    struct grid grid;
    struct areal_scale scale;
    const float *score;    /**< NaN: no score */
    const float *const *x; /**< memberships per factor; NaN: no data */
    size_t factors;
};

/** One parcel's sums inside the tile. */
struct zonal_part {
    size_t parcel; /**< index in parcels.items */
    struct zonal_sums sums;
};

/** Results of a tile; zero-initialise, use again. */
struct zonal_list {
    struct zonal_part *parts;
    size_t count, room;
    int64_t *factors; /**< 2 x factors per part: areas, then sums */
    size_t factor_room;
};

/** A worker's tools, lent. */
struct zonal_tools {
    struct geos *geos;
    struct coverage *coverage;
    struct outline *outline;
};

/** Measures the part of every parcel inside the tile against its regions.
 * Pure but for `list` and the tools. */
enum terramis_status zonal_run(struct zonal_list *list,
                               struct zonal_tools *tools,
                               const struct parcels *parcels,
                               const struct regions *regions,
                               const struct zonal_cells *cells);

/** Adds a tile's parts to the parcels. */
void zonal_commit(const struct zonal_list *list, struct parcels *parcels);

void zonal_list_release(struct zonal_list *list);

#endif
