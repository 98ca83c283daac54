#include <stdlib.h>

#include "demo/contour.h"
#include "demo/region.h"
#include "demo/route.h"

/* Brooks, the large river's surface, ponds. */

static enum terramis_status add_banks(struct region *region,
                                      const struct course *course)
{
    struct points ring = {0};
    const struct point *at = course->line.at;
    size_t n = course->line.count;
    enum terramis_status status = TERRAMIS_OK;
    /* down along the one bank, up along the other */
    for (size_t k = 0; k < 2 * n; k += 3) {
        size_t i = k < n ? k : 2 * n - 1 - k;
        struct point a = at[i ? i - 1 : 0], b = at[i + 1 < n ? i + 1 : i];
        double dx = b.x - a.x, dy = b.y - a.y, d = sqrt(dx * dx + dy * dy);
        double share = (double)i / (double)n;
        double half = course->guide->width * (0.3 + 0.2 * share) *
                      (1 + 0.25 * noise_at(region->pilot->seed + (k < n),
                                           at[i].x / 900, at[i].y / 900));
        half *= k < n ? 1 : -1;
        TRY_DONE(points_add(&ring, at[i].x + half * dy / d,
                            at[i].y - half * dx / d));
    }
    double area = ring_area((struct ring){ring.at, ring.count});
    status = region_add(region, FEATURE_WATER, SHAPE_AREA, &ring, 1, 0, area);
done:
    free(ring.at);
    return status;
}

static enum terramis_status add_course(struct region *region,
                                       const struct course *course)
{
    struct points line = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < course->line.count; i++) {
        struct point p = course->line.at[i];
        if (terrain_cell(&region->terrain, p) >= 0)
            TRY_DONE(points_add(&line, p.x, p.y));
    }
    TRY_DONE(points_smooth(&line, false));
    TRY_DONE(points_simplify(&line, 4));
    TRY_DONE(region_add_line(region, FEATURE_BROOK, &line, course->guide->class,
                             (int)(course - region->terrain.courses), 999));
    if (course->guide->class == 3)
        status = add_banks(region, course);
done:
    free(line.at);
    return status;
}

static bool is_brook(const struct terrain *t, int32_t cell)
{
    return t->fed[cell] >= t->pilot->brooks && t->kind[cell] == TERRAIN_LAND;
}

/* Brooks that flow into a cell. */
static int brooks_into(const struct terrain *t, int32_t cell)
{
    int count = 0;
    for (int d = 0; d < 8; d++) {
        int32_t other = terrain_neighbour(t, cell, d);
        if (other >= 0 && t->down[other] == cell && is_brook(t, other))
            count++;
    }
    return count;
}

/* From a source or confluence down to the next confluence or main river. */
static enum terramis_status add_brook(struct region *region, int32_t cell)
{
    const struct terrain *t = &region->terrain;
    struct points line = {0};
    enum terramis_status status = TERRAMIS_OK;
    double fed = t->fed[cell];
    for (int32_t c = cell; c >= 0; c = t->down[c]) {
        struct point p = route_point(t, c);
        fed = t->kind[c] == TERRAIN_LAND ? t->fed[c] : fed;
        TRY_DONE(points_add(&line, p.x, p.y));
        if (c != cell && (!is_brook(t, c) || brooks_into(t, c) != 1))
            break;
    }
    TRY_DONE(points_smooth(&line, false));
    TRY_DONE(points_smooth(&line, false));
    TRY_DONE(points_simplify(&line, 5));
    status = region_add_line(region, FEATURE_BROOK, &line, 0, -1, fed);
done:
    free(line.at);
    return status;
}

static enum terramis_status add_ponds(struct region *region)
{
    struct rng rng = {region->pilot->seed + 50};
    for (size_t i = 0; i < region->settlement_count; i++) {
        const struct settlement *s = &region->settlements[i];
        if (s->size == SETTLEMENT_OUTSIDE || i % 2)
            continue;
        struct point along = contour_direction(&rng);
        struct point p = {s->at.x + rng_real(&rng, 90, 400) * along.x,
                          s->at.y + rng_real(&rng, 90, 400) * along.y};
        if (region_zone_at(region, p) == ZONE_INSIDE)
            TRY(contour_blob(region, &rng, FEATURE_WATER, p, along,
                             rng_real(&rng, 9, 26), rng_real(&rng, 7, 15), 0,
                             0));
    }
    return TERRAMIS_OK;
}

enum terramis_status water_build(struct region *region)
{
    const struct terrain *t = &region->terrain;
    int32_t count = t->grid.nx * t->grid.ny;
    for (size_t i = 0; i < t->course_count; i++)
        TRY(add_course(region, &t->courses[i]));
    for (int32_t c = 0; c < count; c++)
        if (is_brook(t, c) && brooks_into(t, c) != 1)
            TRY(add_brook(region, c));
    return add_ponds(region);
}
