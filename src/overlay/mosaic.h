/**
 * @file mosaic.h
 * @brief The land of a tile as a mosaic: cell by cell, which areas cover how
 * much of it, all at once and exactly.
 *
 * Areas are given as rings with a label: a set (territory, kinds of marginal
 * land, what is kept free, constraints; overlapping areas of one set count
 * once, by the non-zero winding rule) or a parcel. Every ring is followed
 * through the cells it crosses. In a cell with edges each chain of edges has
 * one combination of labels on either side, as far as no other chain changes
 * sides with it; the areas of combinations follow from those to the east of
 * chains. Cells with very many chains are swept in horizontal slabs between the
 * heights of end points and crossings, so that inside a slab edges do not cross
 * (Bentley & Ottmann 1979, restricted to a cell): each trapezoid between two
 * edges has one combination. Cells without edges take the combination of their
 * corner. Nothing is dissolved, buffered or intersected as geometry, so no
 * overlay can fail, and an error in the order of nearly coincident edges is an
 * error of their distance.
 *
 * Coordinates are on the lattice of rings.h, and a cell's result depends on
 * the edges in that cell alone: the same bits in every tiling.
 */
#ifndef OVERLAY_MOSAIC_H
#define OVERLAY_MOSAIC_H

#include <stdint.h>

#include "base/status.h"
#include "geo/grid.h"
#include "overlay/lattice.h"

enum {
    MOSAIC_SETS = 64,         /**< labels 0..63 are sets */
    MOSAIC_ONE = 1 << 22,     /**< share of a whole cell */
    MOSAIC_NOT_EXCLUDED = -1, /**< piece.constraint of plantable land */
    MOSAIC_NO_PARCEL = -1
};

/** What the sets mean. Sets not named mean nothing. */
struct mosaic_rule {
    uint64_t territory; /**< land lies inside any of these sets */
    uint64_t kinds[8];  /**< kind k: inside any of these ... */
    uint64_t holes[8];  /**< ... and of none of these */
    int kind_count;
    int first_constraint; /**< sets first_constraint ... exclude, in order */
    int constraint_count;
};

/** `run` cells from `cell` on (row-major in the tile), each covered to
 * `share` / MOSAIC_ONE by land of one combination. */
struct piece {
    uint32_t cell, run;
    uint32_t share;
    int32_t parcel;     /**< MOSAIC_NO_PARCEL in the list of land */
    uint16_t kinds;     /**< bit k: kind k */
    int16_t constraint; /**< the first one that excludes it, or
                             MOSAIC_NOT_EXCLUDED */
};

struct piece_list {
    struct piece *items;
    size_t count, capacity;
};

/** A worker's scratch; grows to what a tile needs. */
struct mosaic;

/** Tiles of up to `size` x `size` cells. mosaic_free() frees. */
enum terramis_status mosaic_new(struct mosaic **mosaic, int size);
void mosaic_free(struct mosaic *mosaic);

/** Begins a tile. */
void mosaic_begin(struct mosaic *mosaic, const struct grid *tile);

/** Adds areas with one label: a set (0..MOSAIC_SETS - 1), or MOSAIC_SETS + a
 * parcel's number. Rings are oriented as rings.h says; areas of one parcel may
 * be added in several calls, but must not overlap one another (a valid
 * multipolygon never does) unless each is added to a set too. Rings that are
 * not finite count as empty. */
enum terramis_status mosaic_add(struct mosaic *mosaic,
                                const struct rings *rings, int label);

/** Cuts the tile. *land: every place of the territory once, kinds 0 where it
 * is not marginal. *parcels: marginal land of each parcel; where parcels
 * overlap, once for each. Both live until the next mosaic_begin(). */
enum terramis_status mosaic_cut(struct mosaic *mosaic,
                                const struct mosaic_rule *rule,
                                const struct piece_list **land,
                                const struct piece_list **parcels);

#endif
