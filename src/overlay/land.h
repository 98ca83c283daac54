/**
 * @file land.h
 * @brief What the land of a territory is cut by, tile by tile, with the mosaic.
 */
#ifndef OVERLAY_LAND_H
#define OVERLAY_LAND_H

#include "overlay/area_set.h"
#include "overlay/mosaic.h"

/** Kinds of marginal land; bit masks in outputs. */
enum marginal_kind {
    KIND_POLLUTED_SOIL,
    KIND_CATCHMENT,
    KIND_RIGHT_OF_WAY,
    KIND_COUNT
};

/** The kinds as project files and tables spell them; after them "any". */
extern const char *const marginal_kind_names[KIND_COUNT + 1];

/** Labels of the mosaic: the territory, the kinds, then the constraints. */
enum {
    LAND_TERRITORY = 0,
    LAND_KINDS = 1,
    LAND_CONSTRAINTS = LAND_KINDS + KIND_COUNT,
    LAND_CONSTRAINTS_MAX = MOSAIC_SETS - LAND_CONSTRAINTS
};

struct overlay {
    struct path_range territory;
    struct area_set kinds[KIND_COUNT];
    struct area_set constraints[LAND_CONSTRAINTS_MAX]; /**< with setbacks */
    size_t constraint_count;
    struct mosaic_rule rule; /**< of the labels above */
};

/** Adds the features of a layer that meet the tile. `label_of` gives each its
 * label, or a negative number to leave it out; NULL: all have `label`. */
enum terramis_status
land_add_vector(struct mosaic *mosaic, const struct vector *vector,
                const struct grid *tile, int label,
                int (*label_of)(size_t feature, const void *data),
                const void *data);

/** Begins a tile of the mosaic with territory, kinds and constraints. */
enum terramis_status land_begin(struct mosaic *mosaic,
                                const struct overlay *overlay,
                                const struct grid *tile);

#endif
