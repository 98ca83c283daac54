/**
 * @file mosaic_cell.h
 * @brief The inside of struct mosaic: edges in cells, winding states, and the
 * sweep of one cell.
 */
#ifndef OVERLAY_MOSAIC_CELL_H
#define OVERLAY_MOSAIC_CELL_H

#include "overlay/mosaic.h"
#include "overlay/mosaic_records.h"

/** Lengths are in the records' units, areas in half a square of them, summed
 * modulo 2^64: exactly, in whatever order, if only the sum is in 0..CELL_AREA.
 */
#define CELL_SIDE (INT64_C(1) << 30)
#define CELL_AREA (UINT64_C(1) << 61)

/** An edge inside one cell, from its northern end; x and y from the cell's
 * north-west corner, y to the south. */
struct cell_edge {
    int32_t x0, y0, x1, y1; /**< y0 < y1 */
    int label;
    int turn; /**< winding from its west to its east side: +1 or -1 */
};

/** Where an edge crosses a cell's west side. */
struct cell_crossing {
    int32_t at; /**< y */
    int label;
    int turn; /**< winding from north to south */
};

/** Winding numbers around a place. */
struct winding {
    int count[MOSAIC_SETS];
    uint64_t inside; /**< sets with a winding number other than 0 */
    struct parcel_winding {
        int parcel, count;
    } * parcels; /**< those other than 0 */
    size_t parcel_count, parcel_room;
};

/** Land of one combination in a cell. */
struct cell_part {
    uint64_t area;
    int parcel;
    uint16_t kinds;
    int16_t constraint;
};

/** Which parts of a cell are wanted; of land alone, edges of parcels are left
 * out. */
enum cell_wanted {
    CELL_ALL,
    CELL_LAND,
    CELL_PARCELS
};

/** What the sweep of a cell needs; `rule` and `winding` are lent. */
struct cell_sweep {
    const struct mosaic_rule *rule;
    enum cell_wanted wanted;
    struct winding *winding; /**< at the north-west corner; left as it was */
    struct cell_edge *edges; /**< sorted by the sweep */
    size_t edge_count, edge_room;
    struct cell_crossing *west; /**< sorted by the sweep */
    size_t west_count, west_room;
    bool sets;    /**< some edge is not of a parcel, */
    bool parcels; /**< some is */
    bool alone;   /**< all edges are of one area */
    double *heights;
    size_t height_room;
    struct active_edge *active;
    size_t active_room;
    struct cell_part *parts; /**< result */
    size_t part_count, part_room;
};

/** Adds `turn` to the winding number of `label`. */
enum terramis_status winding_turn(struct winding *winding, int label, int turn);

/** Combination of the sets inside: kinds and constraint; false: not land of
 * the territory. */
bool winding_land(const struct winding *winding, const struct mosaic_rule *rule,
                  uint16_t *kinds, int16_t *constraint);

/** Takes the edges of a cell: sorted records first .. end - 1. */
enum terramis_status cell_sweep_load(struct cell_sweep *sweep,
                                     const struct cell_records *records,
                                     uint32_t first, uint32_t end,
                                     enum cell_wanted wanted);

/** Sweeps a cell of few chains of edges, as most are: fills sweep->parts. Else
 * *done is false, and nothing is changed but the order of s->west. */
enum terramis_status cell_sweep_chains(struct cell_sweep *sweep, bool *done);

/** The same in all cells, in slabs between heights. */
enum terramis_status cell_sweep_slabs(struct cell_sweep *sweep);

/** Puts the crossings of the west side in order. */
void cell_sort_west(struct cell_sweep *sweep);

/** Area to the south of a crossing of the west side, */
static inline uint64_t cell_south_of(const struct cell_crossing *crossing)
{
    return (uint64_t)((CELL_SIDE - crossing->at) * 2 * CELL_SIDE);
}

/** and, at its heights, to the east of an edge. */
static inline uint64_t cell_east_of(const struct cell_edge *edge)
{
    return (uint64_t)((edge->y1 - edge->y0) *
                      (2 * CELL_SIDE - edge->x0 - edge->x1));
}

/** Adds the area of a place, of one combination, to sweep->parts. */
enum terramis_status cell_add_area(struct cell_sweep *sweep, int parcel,
                                   uint16_t kinds, int16_t constraint,
                                   uint64_t area);

/** The same of the combination that the winding numbers say, once for the land
 * and once for each parcel. */
enum terramis_status cell_add_land(struct cell_sweep *sweep, uint64_t area);

/** The same where all edges are of one area, by signed areas along its edges,
 * without sweeping. (Rings are oriented, so the winding numbers of one area
 * are 0 and one other, 1 or -1.) */
enum terramis_status cell_sweep_area(struct cell_sweep *sweep);

/** The same where only borders of parcels cross the cell, whose land is of the
 * combination given: the areas of the parcels alone. */
enum terramis_status cell_sweep_parcels(struct cell_sweep *sweep,
                                        uint16_t kinds, int16_t constraint);

void cell_sweep_release(struct cell_sweep *sweep);

#endif
