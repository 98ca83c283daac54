/**
 * @file region.h
 * @brief Everything that stands on the land of one pilot.
 *
 * Filled by the generators in the order of their declaration; each reads what
 * the ones before it made.
 */
#ifndef DEMO_REGION_H
#define DEMO_REGION_H

#include "demo/noise.h"
#include "demo/shape.h"
#include "demo/terrain.h"

enum feature_kind {
    FEATURE_ROAD,      /**< rank: importance 1..6; value: width, metres */
    FEATURE_RAIL,      /**< rank: tracks */
    FEATURE_POWER,     /**< rank: kV */
    FEATURE_GAS,       /**< - */
    FEATURE_CANAL,     /**< - */
    FEATURE_BROOK,     /**< rank: class of width; value: km2 upstream */
    FEATURE_WATER,     /**< rank: 1 the river, 0 a pond */
    FEATURE_BUILDING,  /**< rank: 0 dwelling, 1 farm, 2 industry */
    FEATURE_WOOD,      /**< rank: 0 wood, 1 broad-leaved, 2 hedge */
    FEATURE_CATCHMENT, /**< group: number of the abstraction */
    FEATURE_PERIMETER, /**< rank: 0 PPI, 1 PPR, 2 PPE; group as above */
    FEATURE_CAPTAGE,   /**< group as above */
    FEATURE_SIS,       /**< polluted soil, polygon */
    FEATURE_CASIAS,    /**< former industry, point; rank 1: at the centroid */
    FEATURE_ORDER,     /**< "instruction", point */
    FEATURE_NATURE,    /**< - */
    FEATURE_COMMUNE,   /**< rank: size of its village; group: the commune */
    FEATURE_PARCEL,    /**< rank: section; value: number */
    FEATURE_KINDS
};

struct feature {
    struct shape shape;
    int rank;
    int group;  /**< see above, or the commune where that says nothing */
    int number; /**< of a main road; 0: none */
    double value;
};

struct feature_list {
    struct feature *at;
    size_t count, capacity;
};

enum settlement_size {
    SETTLEMENT_FARM,
    SETTLEMENT_VILLAGE,
    SETTLEMENT_TOWN,
    SETTLEMENT_OUTSIDE /**< where roads leave the land */
};

struct settlement {
    struct point at;
    enum settlement_size size;
};

/** Where a cell of the terrain lies. */
enum region_zone {
    ZONE_FAR,
    ZONE_AROUND, /**< within 1.2 km outside the outline: things are drawn */
    ZONE_NEAR,   /**< within 500 m: rasters have data */
    ZONE_INSIDE
};

struct region {
    const struct pilot *pilot;
    bool small;
    struct terrain terrain;
    struct shape outline;
    uint8_t *zone; /**< enum region_zone per cell of the terrain */
    struct settlement *settlements; /**< communes first, then farms, outside */
    size_t settlement_count, settlement_capacity;
    size_t commune_count;
    struct feature_list features[FEATURE_KINDS];
    struct arena arena; /**< owns the shapes */
};

/** Builds everything. Release in either case. */
enum terramis_status region_build(const struct pilot *pilot, bool small,
                                  struct region *region);
void region_release(struct region *region);

enum region_zone region_zone_at(const struct region *region, struct point p);

/** Adds a copy of `points` as a feature. */
enum terramis_status region_add(struct region *region, enum feature_kind kind,
                                enum shape_type type,
                                const struct points *points, int rank,
                                int group, double value);

/** Adds a shape that lives in the region's arena. */
enum terramis_status region_add_shape(struct region *region,
                                      enum feature_kind kind,
                                      const struct shape *shape, int rank,
                                      int group, double value);

/** Adds the parts of a line that are not far, each as a feature. */
enum terramis_status region_add_line(struct region *region,
                                     enum feature_kind kind,
                                     const struct points *line, int rank,
                                     int group, double value);

/** The commune (0..) whose village is nearest. */
int region_commune(const struct region *region, struct point p);

/* The generators, in order. */
enum terramis_status settle_villages(struct region *region);
enum terramis_status commune_build(struct region *region);
enum terramis_status network_build(struct region *region);
void number_roads(struct region *region); /**< the main ones */
enum terramis_status water_build(struct region *region);
enum terramis_status catchment_build(struct region *region);
enum terramis_status cover_build(struct region *region); /**< wood, nature */
enum terramis_status settle_buildings(struct region *region);
enum terramis_status pollution_build(struct region *region);
enum terramis_status fabric_build(struct region *region); /**< parcels */
enum terramis_status cover_hedges(struct region *region); /**< beside them */

#endif
