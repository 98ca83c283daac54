#include <stdlib.h>

#include "demo/contour.h"
#include "demo/region.h"

/* Woods on the slopes, and protected nature in the valley floors. */

/* 1 in the middle of a settlement, 0 a kilometre away. */
static double built(const struct region *region, struct point p)
{
    double most = 0;
    for (size_t i = 0; i < region->settlement_count; i++) {
        const struct settlement *s = &region->settlements[i];
        double reach = s->size == SETTLEMENT_TOWN      ? 1800
                       : s->size == SETTLEMENT_VILLAGE ? 700
                       : s->size == SETTLEMENT_FARM    ? 250
                                                       : 1;
        double d = point_distance(p, s->at);
        if (d < reach)
            most = fmax(most, noise_ramp(-d, -reach, -reach / 3));
    }
    return most;
}

static enum terramis_status add_woods(struct region *region, double *field)
{
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny;
    uint64_t seed = region->pilot->seed + 70;
    for (int rank = 0; rank < 2; rank++) {
        for (int32_t c = 0; c < count; c++) {
            struct point p = terrain_centre(t, c);
            field[c] = -1;
            if (region->zone[c] < ZONE_NEAR)
                continue;
            /* two kinds, each where its own noise is high; a gap between */
            double kind = noise_fbm(seed + 5, p.x, p.y, 6000, 2);
            field[c] = 5 * (fmin(terrain_slope(t, p), 0.25) - 0.085) +
                       0.8 * noise_fbm(seed, p.x, p.y, 2600, 3) +
                       region->pilot->wood - 0.18 - 1.5 * built(region, p);
            if (t->kind[c] != TERRAIN_LAND)
                field[c] -= 0.7;
            field[c] = fmin(field[c], 4 * (rank ? kind - 0.05 : -kind));
        }
        TRY(contour_add(region, field, FEATURE_WOOD,
                        region->small ? 40000 : 15000, rank, 0));
    }
    return TERRAMIS_OK;
}

static enum terramis_status add_nature(struct region *region, double *field)
{
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny;
    for (int32_t c = 0; c < count; c++)
        field[c] = t->kind[c] == TERRAIN_PLAIN || t->kind[c] == TERRAIN_WATER;
    TRY(contour_blur(t, field, 2));
    for (int32_t c = 0; c < count; c++) {
        struct point p = terrain_centre(t, c);
        double noise = noise_fbm(region->pilot->seed + 71, p.x, p.y, 7000, 2);
        field[c] = fmin(field[c] - 0.45, 0.8 * noise + 0.06);
        field[c] -= built(region, p);
        if (region->zone[c] < ZONE_NEAR)
            field[c] = -1;
    }
    return contour_add(region, field, FEATURE_NATURE, 300000, 0, 0);
}

enum terramis_status cover_build(struct region *region)
{
    double *field;
    TRY(mem_new(&field, grid_cells(&region->terrain.grid), sizeof *field));
    enum terramis_status status = add_woods(region, field);
    if (status == TERRAMIS_OK)
        status = add_nature(region, field);
    free(field);
    return status;
}

/* A strip of 5 m along a parcel's side. */
static enum terramis_status add_hedge(struct region *region, struct point a,
                                      struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, d = sqrt(dx * dx + dy * dy);
    double vx = -dy / d * 2.5, vy = dx / d * 2.5;
    struct point c = {a.x + 0.06 * dx, a.y + 0.06 * dy};
    struct point e = {b.x - 0.06 * dx, b.y - 0.06 * dy};
    struct points ring = {0};
    enum terramis_status status;
    TRY_DONE(points_add(&ring, c.x - vx, c.y - vy));
    TRY_DONE(points_add(&ring, e.x - vx, e.y - vy));
    TRY_DONE(points_add(&ring, e.x + vx, e.y + vy));
    TRY_DONE(points_add(&ring, c.x + vx, c.y + vy));
    status = region_add(region, FEATURE_WOOD, SHAPE_AREA, &ring, 2, 0, 5 * d);
done:
    free(ring.at);
    return status;
}

enum terramis_status cover_hedges(struct region *region)
{
    const struct feature_list *parcels = &region->features[FEATURE_PARCEL];
    struct rng rng = {region->pilot->seed + 75};
    /* the bocage is in the south */
    int one_in = region->pilot == &pilots[0] ? 90 : region->small ? 22 : 9;
    for (size_t i = 0; i < parcels->count; i++) {
        const struct ring *ring = &parcels->at[i].shape.rings[0];
        size_t k = (size_t)rng_int(&rng, (int)ring->count);
        struct point a = ring->at[k], b = ring->at[(k + 1) % ring->count];
        double length = point_distance(a, b);
        if (rng_int(&rng, one_in) == 0 && length > 60 && length < 300)
            TRY(add_hedge(region, a, b));
    }
    return TERRAMIS_OK;
}
