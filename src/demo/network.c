#include <stdlib.h>

#include "demo/region.h"
#include "demo/route.h"

/* Roads, railway, power lines, gas pipe and canal. */

struct emission {
    struct region *region;
    enum feature_kind kind;
};

static enum terramis_status emit_line(void *context, const struct points *line,
                                      int rank)
{
    static const double widths[] = {0, 14, 7, 6, 5.5, 4, 3};
    const struct emission *e = context;
    struct point middle = line->at[line->count / 2];
    return region_add_line(e->region, e->kind, line, rank,
                           region_commune(e->region, middle), widths[rank]);
}

/* Neighbours as of Gabriel: no third place within the circle over a and b. */
static bool are_neighbours(const struct region *region, size_t a, size_t b)
{
    const struct settlement *s = region->settlements;
    double ab = point_distance(s[a].at, s[b].at);
    for (size_t i = 0; i < region->settlement_count; i++) {
        if (i == a || i == b || s[i].size == SETTLEMENT_FARM)
            continue;
        double ai = point_distance(s[a].at, s[i].at);
        double bi = point_distance(s[b].at, s[i].at);
        if (ai * ai + bi * bi < ab * ab)
            return false;
    }
    return true;
}

static enum terramis_status link_villages(struct region *region,
                                          struct route_net *net)
{
    const struct settlement *s = region->settlements;
    for (size_t a = 0; a < region->settlement_count; a++)
        for (size_t b = a + 1; b < region->settlement_count; b++) {
            if (s[a].size == SETTLEMENT_FARM || s[b].size == SETTLEMENT_FARM ||
                (s[a].size == SETTLEMENT_OUTSIDE &&
                 s[b].size == SETTLEMENT_OUTSIDE) ||
                !are_neighbours(region, a, b))
                continue;
            bool town =
                s[a].size == SETTLEMENT_TOWN || s[b].size == SETTLEMENT_TOWN;
            TRY(route_link(net, s[a].at, s[b].at, town ? 3 : 4));
        }
    return TERRAMIS_OK;
}

/* Main roads from town to town, and from towns out of the land. */
static enum terramis_status link_towns(struct region *region,
                                       struct route_net *net)
{
    const struct settlement *s = region->settlements;
    for (size_t a = 0; a < region->settlement_count; a++)
        for (size_t b = a + 1; b < region->settlement_count; b++)
            if (s[a].size == SETTLEMENT_TOWN && s[b].size == SETTLEMENT_TOWN &&
                b - a <= 2)
                TRY(route_link(net, s[a].at, s[b].at, 2));
    return TERRAMIS_OK;
}

static enum terramis_status link_farms(struct region *region,
                                       struct route_net *net)
{
    for (size_t i = 0; i < region->settlement_count; i++) {
        struct settlement *s = &region->settlements[i];
        if (s->size != SETTLEMENT_FARM)
            continue;
        struct point village =
            region->settlements[region_commune(region, s->at)].at;
        TRY(route_link(net, s->at, village, i % 3 ? 5 : 6));
    }
    return TERRAMIS_OK;
}

static enum terramis_status build_roads(struct region *region)
{
    struct route_net net;
    struct emission emission = {region, FEATURE_ROAD};
    struct rect r = grid_rect(&region->terrain.grid);
    struct point town = region->settlements[0].at;
    struct point middle = {town.x + 2500, town.y + 3200};
    struct point west = {r.xmin + 500, town.y + 1500};
    struct point east = {r.xmax - 500, town.y + 2000};
    enum terramis_status status;
    TRY_DONE(route_init(&net, &region->terrain,
                        (struct route_rules){0.05, 0.35, 0.5, 45, 4}));
    TRY_DONE(link_towns(region, &net));
    TRY_DONE(link_villages(region, &net));
    TRY_DONE(link_farms(region, &net));
    TRY_DONE(route_trace(&net, emit_line, &emission));
    /* the motorway has a net of its own: it joins no village street */
    route_release(&net);
    TRY_DONE(route_init(&net, &region->terrain,
                        (struct route_rules){0.08, 1, 0.2, 160, 6}));
    TRY_DONE(route_link(&net, west, middle, 1));
    TRY_DONE(route_link(&net, middle, east, 1));
    TRY_DONE(route_trace(&net, emit_line, &emission));
    number_roads(region);
done:
    route_release(&net);
    return status;
}

static enum terramis_status build_rail(struct region *region)
{
    struct route_net net;
    struct emission emission = {region, FEATURE_RAIL};
    struct rect r = grid_rect(&region->terrain.grid);
    struct point main = region->settlements[0].at;
    struct point ends[3] = {{r.xmin + 500, main.y - 3500},
                            {r.xmax - 500, main.y + 1500},
                            {main.x + 500, r.ymax - 500}};
    if (region->pilot == &pilots[0])
        ends[2] = region->settlements[2].at;
    enum terramis_status status;
    TRY_DONE(route_init(&net, &region->terrain,
                        (struct route_rules){0.045, 0.2, 0.1, 120, 6}));
    for (int i = 0; i < 3; i++)
        TRY_DONE(route_link(&net, ends[i],
                            (struct point){main.x + 300, main.y + 300},
                            i < 2 ? 2 : 1));
    TRY_DONE(route_trace(&net, emit_line, &emission));
done:
    route_release(&net);
    return status;
}

/* A line in long straight runs across the land, at `share` of its height. */
static enum terramis_status straight_line(struct region *region,
                                          enum feature_kind kind, double west,
                                          double east, int rank)
{
    struct rect r = grid_rect(&region->terrain.grid);
    struct points line = {0};
    enum terramis_status status = TERRAMIS_OK;
    double height = r.ymax - r.ymin, width = r.xmax - r.xmin;
    struct rng rng = {region->pilot->seed + 30 + (uint64_t)rank};
    for (int i = 0; i <= 9; i++) {
        double x = r.xmin + width * (i + rng_real(&rng, -0.25, 0.25)) / 9;
        double share = west + (east - west) * i / 9;
        double y = r.ymin + height * (share + rng_real(&rng, -0.03, 0.03));
        TRY_DONE(points_add(&line, fmax(x, r.xmin), y));
    }
    if (kind == FEATURE_GAS)
        TRY_DONE(points_smooth(&line, false));
    status = region_add(region, kind, SHAPE_LINE, &line, rank, 0, 0);
done:
    free(line.at);
    return status;
}

/* A canal beside the river, where the plain is. */
static enum terramis_status build_canal(struct region *region)
{
    const struct course *river = &region->terrain.courses[0];
    struct points line = {0};
    enum terramis_status status = TERRAMIS_OK;
    if (river->guide->class != 3)
        return TERRAMIS_OK;
    for (size_t i = river->line.count * 5 / 8; i < river->line.count; i += 6) {
        struct point a = river->line.at[i - 1], b = river->line.at[i];
        double dx = b.x - a.x, dy = b.y - a.y, d = sqrt(dx * dx + dy * dy);
        struct point p = {b.x + 780 * dy / d, b.y - 780 * dx / d};
        TRY_DONE(points_add(&line, p.x, p.y));
    }
    TRY_DONE(points_smooth(&line, false));
    status = region_add(region, FEATURE_CANAL, SHAPE_LINE, &line, 0, 0, 25);
done:
    free(line.at);
    return status;
}

enum terramis_status network_build(struct region *region)
{
    TRY(build_roads(region));
    TRY(build_rail(region));
    TRY(straight_line(region, FEATURE_POWER, 0.35, 0.62, 400));
    TRY(straight_line(region, FEATURE_POWER, 0.75, 0.55, 90));
    TRY(straight_line(region, FEATURE_POWER, 0.22, 0.45, 63));
    TRY(straight_line(region, FEATURE_GAS, 0.58, 0.40, 0));
    return build_canal(region);
}
