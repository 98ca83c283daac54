#include <stdlib.h>

#include "demo/contour.h"
#include "demo/region.h"

/* Drinking water: abstractions in the valleys, the land that feeds them (its
 * catchment on the terrain), and the three protection perimeters. */

/* Square kilometres that may feed an abstraction. */
static const double least_fed = 2.5, most_fed = 16;

static bool drains_into(const struct terrain *t, int32_t cell, int32_t goal)
{
    for (; cell >= 0; cell = t->down[cell])
        if (cell == goal)
            return true;
    return false;
}

/* Is at least two thirds of what drains through the cell in the territory? */
static bool is_ours(const struct region *region, int32_t cell)
{
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny, all = 0, inside = 0;
    for (int32_t c = 0; c < count; c++) {
        if (point_distance(terrain_centre(t, c), terrain_centre(t, cell)) >
                9000 ||
            !drains_into(t, c, cell))
            continue;
        all++;
        inside += region->zone[c] == ZONE_INSIDE;
    }
    return 3 * inside >= 2 * all;
}

static bool is_suitable(const struct region *region, int32_t cell,
                        const int32_t *taken, int count)
{
    const struct terrain *t = &region->terrain;
    if (t->fed[cell] < least_fed || t->fed[cell] > most_fed ||
        region->zone[cell] != ZONE_INSIDE || t->kind[cell] != TERRAIN_LAND)
        return false;
    struct point p = terrain_centre(t, cell);
    for (size_t i = 0; i < region->settlement_count; i++) {
        const struct settlement *s = &region->settlements[i];
        double least = s->size == SETTLEMENT_TOWN ? 1500 : 250;
        if (point_distance(p, s->at) < least)
            return false;
    }
    for (int i = 0; i < count; i++)
        if (point_distance(p, terrain_centre(t, taken[i])) < 3500 ||
            drains_into(t, cell, taken[i]) || drains_into(t, taken[i], cell))
            return false;
    return is_ours(region, cell);
}

static enum terramis_status add_land(struct region *region, int32_t cell,
                                     int number)
{
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny;
    double *field;
    TRY(mem_new(&field, (size_t)count, sizeof *field));
    for (int32_t i = 0; i < count; i++) {
        int32_t c = t->order[i];
        field[c] = c == cell || (t->down[c] >= 0 && field[t->down[c]] > 0);
    }
    enum terramis_status status = contour_blur(t, field, 2);
    for (int32_t c = 0; c < count; c++)
        field[c] -= 0.5;
    if (status == TERRAMIS_OK)
        status =
            contour_add(region, field, FEATURE_CATCHMENT, 300000, 0, number);
    free(field);
    return status;
}

static enum terramis_status
add_perimeters(struct region *region, struct rng *rng, int32_t cell, int number)
{
    const struct terrain *t = &region->terrain;
    struct point at = terrain_centre(t, cell);
    struct point up = contour_direction(rng);
    int32_t down = t->down[cell];
    if (down >= 0) { /* they reach upstream */
        struct point below = terrain_centre(t, down);
        double d = point_distance(at, below);
        up = (struct point){(at.x - below.x) / d, (at.y - below.y) / d};
    }
    struct point middle = {at.x + 260 * up.x, at.y + 260 * up.y};
    TRY(contour_blob(region, rng, FEATURE_PERIMETER, at, up, 62, 50, 0,
                     number));
    TRY(contour_blob(region, rng, FEATURE_PERIMETER, middle, up,
                     rng_real(rng, 480, 620), rng_real(rng, 320, 430), 1,
                     number));
    if (number % 3 == 0)
        TRY(contour_blob(region, rng, FEATURE_PERIMETER,
                         (struct point){at.x + 700 * up.x, at.y + 700 * up.y},
                         up, 1250, 800, 2, number));
    struct points point = {0};
    enum terramis_status status = points_add(&point, at.x, at.y);
    if (status == TERRAMIS_OK)
        status = region_add(region, FEATURE_CAPTAGE, SHAPE_POINT, &point, 0,
                            number, 0);
    free(point.at);
    return status;
}

enum terramis_status catchment_build(struct region *region)
{
    enum {
        MOST = 14
    };
    const struct terrain *t = &region->terrain;
    struct rng rng = {region->pilot->seed + 60};
    int32_t count = t->grid.nx * t->grid.ny, taken[MOST];
    int wanted = region->small ? 9 : MOST, found = 0;
    for (int try = 0; try < 400000 && found < wanted; try++) {
        int32_t cell = rng_int(&rng, count);
        if (!is_suitable(region, cell, taken, found))
            continue;
        taken[found++] = cell;
        TRY(add_land(region, cell, found));
        TRY(add_perimeters(region, &rng, cell, found));
    }
    return TERRAMIS_OK;
}
