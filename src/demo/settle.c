#include <stdlib.h>

#include "demo/region.h"

/* Villages, farms and their buildings. */

static enum terramis_status add_settlement(struct region *region,
                                           struct point at,
                                           enum settlement_size size)
{
    TRY(mem_grow(&region->settlements, &region->settlement_capacity,
                 region->settlement_count, sizeof *region->settlements));
    region->settlements[region->settlement_count++] =
        (struct settlement){at, size};
    return TERRAMIS_OK;
}

static double nearest_settlement(const struct region *region, struct point p)
{
    double best = INFINITY;
    for (size_t i = 0; i < region->settlement_count; i++)
        best = fmin(best, point_distance(p, region->settlements[i].at));
    return best;
}

/* Dry, nearly flat, and inside. */
static bool is_buildable(const struct region *region, struct point p,
                         double slope)
{
    int32_t cell = terrain_cell(&region->terrain, p);
    return cell >= 0 && region->zone[cell] == ZONE_INSIDE &&
           region->terrain.kind[cell] == TERRAIN_LAND &&
           terrain_slope(&region->terrain, p) < slope;
}

/* The one of `tries` random places that is farthest from all others
 * (Mitchell 1991): even, but not regular. */
static enum terramis_status settle_one(struct region *region, struct rng *rng,
                                       int tries, enum settlement_size size)
{
    struct rect r = grid_rect(&region->terrain.grid);
    struct point best = {0, 0};
    double farthest = -1;
    for (int done = 0; done < tries;) {
        struct point p = {rng_real(rng, r.xmin, r.xmax),
                          rng_real(rng, r.ymin, r.ymax)};
        if (!is_buildable(region, p, 0.07))
            continue;
        double distance = nearest_settlement(region, p);
        done++;
        if (distance > farthest) {
            farthest = distance;
            best = p;
        }
    }
    return add_settlement(region, best, size);
}

static enum terramis_status settle_outside(struct region *region)
{
    struct rect r = rect_grow(grid_rect(&region->terrain.grid), -600);
    for (int i = 1; i <= 3; i++) {
        double x = r.xmin + (r.xmax - r.xmin) * i / 4;
        double y = r.ymin + (r.ymax - r.ymin) * i / 4;
        const struct point ends[] = {
            {x, r.ymin}, {x, r.ymax}, {r.xmin, y}, {r.xmax, y}};
        for (int e = 0; e < 4; e++)
            TRY(add_settlement(region, ends[e], SETTLEMENT_OUTSIDE));
    }
    return TERRAMIS_OK;
}

enum terramis_status settle_villages(struct region *region)
{
    const struct pilot *pilot = region->pilot;
    struct rng rng = {pilot->seed + 40};
    for (const struct point *p = pilot->towns; p->x > 0; p++)
        TRY(add_settlement(region, *p, SETTLEMENT_TOWN));
    while (region->settlement_count < (size_t)pilot->communes)
        TRY(settle_one(region, &rng, 12, SETTLEMENT_VILLAGE));
    region->commune_count = region->settlement_count;
    int farms = region->small ? 110 : 320;
    for (int i = 0; i < farms; i++)
        TRY(settle_one(region, &rng, 4, SETTLEMENT_FARM));
    return settle_outside(region);
}

/* A rectangle beside a road: its middle, the road's direction, its sides. */
static enum terramis_status add_building(struct region *region, struct point at,
                                         struct point along, double length,
                                         double depth, int rank)
{
    struct points ring = {0};
    enum terramis_status status;
    double ux = along.x * length / 2, uy = along.y * length / 2;
    double vx = -along.y * depth / 2, vy = along.x * depth / 2;
    TRY_DONE(points_add(&ring, at.x - ux - vx, at.y - uy - vy));
    TRY_DONE(points_add(&ring, at.x + ux - vx, at.y + uy - vy));
    TRY_DONE(points_add(&ring, at.x + ux + vx, at.y + uy + vy));
    TRY_DONE(points_add(&ring, at.x - ux + vx, at.y - uy + vy));
    status = region_add(region, FEATURE_BUILDING, SHAPE_AREA, &ring, rank,
                        region_commune(region, at), length * depth);
done:
    free(ring.at);
    return status;
}

/* Stretches of road near a settlement, as pairs of points. */
static enum terramis_status streets_near(const struct region *region,
                                         struct point at, double radius,
                                         struct points *streets)
{
    const struct feature_list *roads = &region->features[FEATURE_ROAD];
    streets->count = 0;
    for (size_t i = 0; i < roads->count; i++) {
        const struct ring *line = &roads->at[i].shape.rings[0];
        for (size_t k = 1; k < line->count && roads->at[i].rank > 1; k++) {
            struct point a = line->at[k - 1], b = line->at[k];
            struct point middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
            if (point_distance(middle, at) > radius ||
                point_distance(a, b) < 15)
                continue;
            TRY(points_add(streets, a.x, a.y));
            TRY(points_add(streets, b.x, b.y));
        }
    }
    return TERRAMIS_OK;
}

/* Is there room for a building of this radius among those from `first`? */
static bool has_room(const struct region *region, size_t first, struct point p,
                     double radius)
{
    const struct feature_list *list = &region->features[FEATURE_BUILDING];
    for (size_t i = first; i < list->count; i++)
        if (point_distance(shape_middle(&list->at[i].shape), p) <
            radius + sqrt(list->at[i].value) * 0.75)
            return false;
    int32_t cell = terrain_cell(&region->terrain, p);
    return cell >= 0 && region->zone[cell] == ZONE_INSIDE &&
           region->terrain.kind[cell] != TERRAIN_WATER;
}

static enum terramis_status build_one(struct region *region, struct rng *rng,
                                      const struct points *streets,
                                      size_t first, int rank)
{
    static const double lengths[] = {11, 26, 60}, depths[] = {8, 13, 34};
    size_t street = (size_t)rng_int(rng, (int)(streets->count / 2));
    struct point a = streets->at[2 * street], b = streets->at[2 * street + 1];
    double d = point_distance(a, b), t = rng_real(rng, 0, 1);
    struct point along = {(b.x - a.x) / d, (b.y - a.y) / d};
    double side = rng_int(rng, 2) ? 1 : -1;
    double length = lengths[rank] * rng_real(rng, 0.75, 1.4);
    double depth = depths[rank] * rng_real(rng, 0.8, 1.3);
    double back = 7 + depth / 2 +
                  rng_real(rng, 2, rank ? 40 : 28) * rng_real(rng, 0, 1.6);
    struct point at = {a.x + t * (b.x - a.x) - side * back * along.y,
                       a.y + t * (b.y - a.y) + side * back * along.x};
    if (!has_room(region, first, at, sqrt(length * depth) * 0.75 + 2))
        return TERRAMIS_OK;
    return add_building(region, at, along, length, depth, rank);
}

enum terramis_status settle_buildings(struct region *region)
{
    static const double radii[] = {140, 420, 1500};
    static const int many[] = {9, 60, 2100}, few[] = {3, 16, 170};
    struct rng rng = {region->pilot->seed + 41};
    struct points streets = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < region->settlement_count; i++) {
        const struct settlement *s = &region->settlements[i];
        if (s->size == SETTLEMENT_OUTSIDE)
            continue;
        int wanted = (region->small ? few : many)[s->size];
        size_t first = region->features[FEATURE_BUILDING].count;
        for (int k = 0; k < wanted; k++) {
            /* denser towards the middle */
            double share = k % 4 == 0 ? 1 : k % 4 == 1 ? 0.65 : 0.4;
            if (k < 4 || s->size == SETTLEMENT_TOWN)
                TRY_DONE(streets_near(region, s->at, radii[s->size] * share,
                                      &streets));
            int rank = s->size == SETTLEMENT_FARM                   ? k > 0
                       : s->size == SETTLEMENT_TOWN && k % 25 == 24 ? 2
                                                                    : 0;
            if (streets.count >= 2)
                TRY_DONE(build_one(region, &rng, &streets, first, rank));
        }
    }
done:
    free(streets.at);
    return status;
}
