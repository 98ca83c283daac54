#include "demo/region.h"

#include <stdlib.h>

enum region_zone region_zone_at(const struct region *region, struct point p)
{
    int32_t cell = terrain_cell(&region->terrain, p);
    return cell < 0 ? ZONE_FAR : (enum region_zone)region->zone[cell];
}

enum terramis_status region_add_shape(struct region *region,
                                      enum feature_kind kind,
                                      const struct shape *shape, int rank,
                                      int group, double value)
{
    struct feature_list *list = &region->features[kind];
    TRY(mem_grow(&list->at, &list->capacity, list->count, sizeof *list->at));
    list->at[list->count++] = (struct feature){
        .shape = *shape, .rank = rank, .group = group, .value = value};
    return TERRAMIS_OK;
}

enum terramis_status region_add(struct region *region, enum feature_kind kind,
                                enum shape_type type,
                                const struct points *points, int rank,
                                int group, double value)
{
    struct shape shape;
    TRY(shape_copy(&region->arena, type, points, &shape));
    return region_add_shape(region, kind, &shape, rank, group, value);
}

enum terramis_status region_add_line(struct region *region,
                                     enum feature_kind kind,
                                     const struct points *line, int rank,
                                     int group, double value)
{
    struct points part = *line;
    size_t start = 0;
    for (size_t i = 0; i <= line->count; i++) {
        if (i < line->count && region_zone_at(region, line->at[i]) != ZONE_FAR)
            continue;
        part.at = line->at + start;
        part.count = i - start;
        start = i + 1;
        if (part.count >= 2)
            TRY(region_add(region, kind, SHAPE_LINE, &part, rank, group,
                           value));
    }
    return TERRAMIS_OK;
}

int region_commune(const struct region *region, struct point p)
{
    size_t best = 0;
    for (size_t i = 1; i < region->commune_count; i++)
        if (point_distance(p, region->settlements[i].at) <
            point_distance(p, region->settlements[best].at))
            best = i;
    return (int)best;
}

/* Marks the cells inside the outline, row by row. */
static void zone_inside(struct region *region)
{
    const struct grid *g = &region->terrain.grid;
    const struct ring *ring = &region->outline.rings[0];
    for (size_t i = 0, j = ring->count - 1; i < ring->count; j = i++) {
        struct point a = ring->at[i], b = ring->at[j];
        for (int row = 0; row < g->ny; row++) {
            double y = grid_y(g, row);
            if ((a.y > y) == (b.y > y))
                continue;
            double x = (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x;
            for (int col = 0; col < g->nx && grid_x(g, col) < x; col++)
                region->zone[row * g->nx + col] ^= ZONE_INSIDE;
        }
    }
}

/* Marks the cells within `reach` cells of the inside. */
static void zone_around(struct region *region, int reach, enum region_zone zone)
{
    const struct grid *g = &region->terrain.grid;
    for (int row = 0; row < g->ny; row++)
        for (int col = 0; col < g->nx; col++) {
            if (region->zone[row * g->nx + col] != ZONE_INSIDE)
                continue;
            for (int y = row - reach; y <= row + reach; y++)
                for (int x = col - reach; x <= col + reach; x++)
                    if (x >= 0 && y >= 0 && x < g->nx && y < g->ny &&
                        region->zone[y * g->nx + x] < zone)
                        region->zone[y * g->nx + x] = (uint8_t)zone;
        }
}

static enum terramis_status build_land(struct region *region)
{
    struct points outline = {0};
    enum terramis_status status;
    TRY_DONE(pilot_outline(region->pilot, &outline));
    TRY_DONE(
        shape_copy(&region->arena, SHAPE_AREA, &outline, &region->outline));
    TRY_DONE(terrain_build(region->pilot, &outline, &region->terrain));
    TRY_DONE(mem_new(&region->zone, grid_cells(&region->terrain.grid), 1));
    zone_inside(region);
    zone_around(region, 12, ZONE_AROUND);
    zone_around(region, 5, ZONE_NEAR);
done:
    free(outline.at);
    return status;
}

enum terramis_status region_build(const struct pilot *pilot, bool small,
                                  struct region *region)
{
    *region = (struct region){.pilot = pilot, .small = small};
    TRY(build_land(region));
    TRY(settle_villages(region));
    TRY(commune_build(region));
    TRY(network_build(region));
    TRY(water_build(region));
    TRY(catchment_build(region));
    TRY(cover_build(region));
    TRY(settle_buildings(region));
    TRY(pollution_build(region));
    TRY(fabric_build(region));
    return cover_hedges(region);
}

void region_release(struct region *region)
{
    for (int i = 0; i < FEATURE_KINDS; i++)
        free(region->features[i].at);
    free(region->settlements);
    free(region->zone);
    arena_release(&region->arena);
    terrain_release(&region->terrain);
    *region = (struct region){0};
}
