#include "demo/route.h"

#include <stdlib.h>
#include <string.h>

#include "demo/heap.h"

enum terramis_status route_init(struct route_net *net,
                                const struct terrain *terrain,
                                struct route_rules rules)
{
    *net = (struct route_net){.terrain = terrain, .rules = rules};
    size_t count = grid_cells(&terrain->grid);
    TRY(mem_new(&net->links, count * 4, 1));
    TRY(mem_new(&net->cost, count, sizeof *net->cost));
    TRY(mem_new(&net->spent, count, sizeof *net->spent));
    TRY(mem_new(&net->from, count, sizeof *net->from));
    for (size_t i = 0; i < count; i++) {
        struct point p = terrain_centre(terrain, (int32_t)i);
        double slope = terrain_slope(terrain, p) / rules.steep;
        double noise = noise_fbm(terrain->pilot->seed + 20, p.x, p.y, 900, 3);
        net->cost[i] = (1 + slope * slope) * (1 + rules.wander * noise);
        if (terrain->kind[i] == TERRAIN_PLAIN)
            net->cost[i] *= 1.3; /* wet */
        if (terrain->kind[i] == TERRAIN_WATER)
            net->cost[i] = 60; /* a bridge */
    }
    return TERRAMIS_OK;
}

void route_release(struct route_net *net)
{
    free(net->links);
    free(net->cost);
    free(net->spent);
    free(net->from);
    *net = (struct route_net){0};
}

/* The link of a cell in a direction 0..7, kept at the cell it goes east or
 * south (or south-west) from; NULL at the edge. */
static uint8_t *link_at(const struct route_net *net, int32_t cell, int d)
{
    int32_t other = terrain_neighbour(net->terrain, cell, d);
    if (other < 0)
        return NULL;
    return d < 4 ? &net->links[cell * 4 + d] : &net->links[other * 4 + d - 4];
}

static enum terramis_status search(struct route_net *net, struct heap *heap,
                                   int32_t start, int32_t goal)
{
    size_t count = grid_cells(&net->terrain->grid);
    for (size_t i = 0; i < count; i++)
        net->spent[i] = INFINITY;
    struct point target = terrain_centre(net->terrain, goal);
    heap->count = 0;
    net->spent[start] = 0;
    net->from[start] = -1;
    TRY(heap_push(heap, 0, start));
    while (heap->count > 0) {
        int32_t c = heap_pop(heap).item;
        if (c == goal)
            return TERRAMIS_OK;
        for (int d = 0; d < 8; d++) {
            uint8_t *link = link_at(net, c, d);
            int32_t next = terrain_neighbour(net->terrain, c, d);
            if (!link)
                continue;
            double step = d % 2 ? 1.4142135623730951 : 1;
            double cost = step * (net->cost[c] + net->cost[next]) / 2;
            cost = net->spent[c] + cost * (*link ? net->rules.reuse : 1);
            if (cost >= net->spent[next])
                continue;
            net->spent[next] = cost;
            net->from[next] = c;
            struct point p = terrain_centre(net->terrain, next);
            double left = point_distance(p, target) / TERRAIN_CELL;
            TRY(heap_push(heap, cost + 0.3 * left, next));
        }
    }
    return TERRAMIS_OK;
}

static void burn(struct route_net *net, int32_t goal, int rank)
{
    for (int32_t c = goal; net->from[c] >= 0; c = net->from[c])
        for (int d = 0; d < 8; d++)
            if (terrain_neighbour(net->terrain, c, d) == net->from[c]) {
                uint8_t *link = link_at(net, c, d);
                if (link && (!*link || *link > rank))
                    *link = (uint8_t)rank;
            }
}

enum terramis_status route_link(struct route_net *net, struct point a,
                                struct point b, int rank)
{
    int32_t start = terrain_cell(net->terrain, a);
    int32_t goal = terrain_cell(net->terrain, b);
    if (start < 0 || goal < 0 || start == goal)
        return TERRAMIS_OK;
    struct heap heap = {0};
    enum terramis_status status = search(net, &heap, start, goal);
    if (status == TERRAMIS_OK && isfinite(net->spent[goal]))
        burn(net, goal, rank);
    free(heap.at);
    return status;
}

struct point route_point(const struct terrain *terrain, int32_t cell)
{
    struct point p = terrain_centre(terrain, cell);
    uint64_t seed = terrain->pilot->seed + 21;
    p.x += 60 * (noise_hash(seed, cell, 0) - 0.5);
    p.y += 60 * (noise_hash(seed, cell, 1) - 0.5);
    return p;
}

/* Links of a cell; *same: do they all have one rank? */
static int degree(const struct route_net *net, int32_t cell, bool *same)
{
    int count = 0, rank = 0;
    *same = true;
    for (int d = 0; d < 8; d++) {
        const uint8_t *link = link_at(net, cell, d);
        if (!link || !*link)
            continue;
        if (rank && *link != rank)
            *same = false;
        rank = *link;
        count++;
    }
    return count;
}

static bool is_node(const struct route_net *net, int32_t cell)
{
    bool same;
    int count = degree(net, cell, &same);
    return count > 0 && (count != 2 || !same);
}

/* Follows the network from a node to the next one, taking up the links. */
static enum terramis_status follow(struct route_net *net, int32_t cell, int d,
                                   struct points *line)
{
    struct point p = route_point(net->terrain, cell);
    uint8_t *link = link_at(net, cell, d);
    line->count = 0;
    TRY(points_add(line, p.x, p.y));
    while (link) {
        *link |= 0x80; /* done */
        cell = terrain_neighbour(net->terrain, cell, d);
        p = route_point(net->terrain, cell);
        TRY(points_add(line, p.x, p.y));
        link = NULL;
        for (int i = 0; i < 8 && !link && !net->from[cell]; i++) {
            uint8_t *next = link_at(net, cell, i);
            if (next && *next && !(*next & 0x80)) {
                link = next;
                d = i;
            }
        }
    }
    return TERRAMIS_OK;
}

static enum terramis_status finish_line(const struct route_net *net,
                                        struct points *line)
{
    TRY(points_simplify(line, net->rules.straighten));
    TRY(points_smooth(line, false));
    TRY(points_smooth(line, false));
    return points_simplify(line, net->rules.detail);
}

enum terramis_status route_trace(struct route_net *net, route_emit *emit,
                                 void *context)
{
    struct points line = {0};
    enum terramis_status status = TERRAMIS_OK;
    int32_t count = net->terrain->grid.nx * net->terrain->grid.ny;
    /* `from` is free now: it says which cells are nodes */
    for (int32_t c = 0; c < count; c++)
        net->from[c] = is_node(net, c);
    for (int32_t c = 0; c < count; c++) {
        for (int d = 0; d < 8 && net->from[c]; d++) {
            const uint8_t *link = link_at(net, c, d);
            if (!link || !*link || *link & 0x80)
                continue;
            int rank = *link;
            TRY_DONE(follow(net, c, d, &line));
            TRY_DONE(finish_line(net, &line));
            TRY_DONE(emit(context, &line, rank));
        }
    }
done:
    free(line.at);
    return status;
}
