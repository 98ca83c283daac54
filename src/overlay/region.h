/**
 * @file region.h
 * @brief The marginal land of a tile as disjoint regions.
 *
 * Marginal land is cut, as true geometry, into pieces that each belong to the
 * same kinds and to the same constraint (or to none: plantable). Everything
 * that is measured later, areas and zonal statistics alike, is measured on
 * these pieces, so that marginal = excluded + plantable holds by construction.
 */
#ifndef OVERLAY_REGION_H
#define OVERLAY_REGION_H

#include "layer/vector.h"

/** Kinds of marginal land; bit masks in outputs. */
enum marginal_kind {
    KIND_POLLUTED_SOIL,
    KIND_CATCHMENT,
    KIND_RIGHT_OF_WAY,
    KIND_COUNT
};

enum {
    PLANTABLE = -1 /* region.constraint of land that is not excluded */
};

/** Areas that count together: their union is what matters. */
struct area_set {
    const struct vector **vectors; /**< not owned */
    size_t count;
};

/** What a territory's land is cut by. */
struct overlay {
    const GEOSGeometry *territory;     /**< frozen */
    struct area_set kinds[KIND_COUNT]; /**< marginal land */
    struct area_set holes[KIND_COUNT]; /**< less these (carriageways) */
    struct area_set *constraints;      /**< with their setbacks */
    size_t constraint_count;
};

struct region {
    unsigned kinds;         /**< bit 1 << enum marginal_kind; never 0 */
    int constraint;         /**< first constraint that excludes it, or
                                 PLANTABLE */
    GEOSGeometry *geometry; /**< polygons inside the tile, not empty */
    struct rect extent;
};

/** A tile's regions; zero-initialise, use again for the next tile. */
struct regions {
    struct region *items;
    size_t count, capacity;
    double land; /**< planar m2 of the territory inside the tile */
};

/** Cuts the land inside `rect`. Pure but for the worker's own `geos`. */
enum terramis_status regions_build(struct regions *regions, struct geos *geos,
                                   const struct overlay *overlay,
                                   struct rect rect);
/** Empties, keeps the room. */
void regions_clear(struct regions *regions, struct geos *geos);
void regions_release(struct regions *regions, struct geos *geos);

/** Union of a set's areas inside `rect`; NULL in *result where there are
 * none. The caller destroys it. */
enum terramis_status area_set_union(const struct area_set *set,
                                    struct geos *geos, struct rect rect,
                                    GEOSGeometry **result);

/** The part of `geometry` (with its extent) inside `rect`, polygons only;
 * NULL in *result where it is empty. */
enum terramis_status clip_to_rect(struct geos *geos,
                                  const GEOSGeometry *geometry,
                                  struct rect extent, struct rect rect,
                                  GEOSGeometry **result);

#endif
