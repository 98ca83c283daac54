#include "demo/contour.h"

#include <stdlib.h>
#include <string.h>

/* An edge joins the centres of two cells; its number is twice that of its
 * first cell, plus one where it goes south. */

static void clear_border(const struct grid *g, double *field)
{
    for (int row = 0; row < g->ny; row++)
        for (int col = 0; col < g->nx; col++) {
            double *value = &field[row * g->nx + col];
            if (row == 0 || col == 0 || row == g->ny - 1 || col == g->nx - 1)
                *value = -1;
            if (fabs(*value) < 1e-3) /* no two points in one place */
                *value = *value < 0 ? -1e-3 : 1e-3;
        }
}

/* Links the edges of one square: from where a walk around it comes in, to
 * where it goes out next. So the inside lies to the left. */
static void link_square(const struct grid *g, const double *field, int32_t c,
                        int32_t *next)
{
    const int32_t corners[4] = {c, c + 1, c + g->nx + 1, c + g->nx};
    const int32_t edges[4] = {2 * c, 2 * (c + 1) + 1, 2 * (c + g->nx),
                              2 * c + 1};
    for (int i = 0; i < 4; i++) {
        if (field[corners[i]] > 0 || field[corners[(i + 1) % 4]] < 0)
            continue;
        int out = i + 1;
        while (field[corners[(out + 1) % 4]] > 0)
            out++;
        next[edges[i]] = edges[out % 4];
    }
}

static struct point crossing(const struct terrain *t, const double *field,
                             int32_t edge)
{
    int32_t a = edge / 2, b = edge % 2 ? a + t->grid.nx : a + 1;
    double share = field[a] / (field[a] - field[b]);
    struct point p = terrain_centre(t, a), q = terrain_centre(t, b);
    return (struct point){p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};
}

/* Takes up one loop; drops points that lie on the line anyway. */
static enum terramis_status take_loop(const struct terrain *t,
                                      const double *field, int32_t *next,
                                      int32_t start, struct points *loop)
{
    loop->count = 0;
    for (int32_t edge = start; next[edge] >= 0;) {
        struct point p = crossing(t, field, edge);
        size_t n = loop->count;
        if (n >= 2 &&
            segment_distance(loop->at[n - 1], loop->at[n - 2], p) < 0.3)
            loop->count--;
        TRY(points_add(loop, p.x, p.y));
        int32_t following = next[edge];
        next[edge] = -1;
        edge = following;
    }
    return TERRAMIS_OK;
}

/* Gives a hole to the smallest of the new areas around it. */
static enum terramis_status add_hole(struct region *region,
                                     struct feature_list *list, size_t first,
                                     const struct points *loop)
{
    struct feature *best = NULL;
    double smallest = INFINITY;
    for (size_t i = first; i < list->count; i++) {
        struct ring outer = list->at[i].shape.rings[0];
        double area = ring_area(outer);
        if (area < smallest && ring_holds(outer, loop->at[0])) {
            smallest = area;
            best = &list->at[i];
        }
    }
    if (!best)
        return TERRAMIS_OK; /* in an area that was too small */
    struct shape hole;
    TRY(shape_copy(&region->arena, SHAPE_AREA, loop, &hole));
    size_t n = best->shape.ring_count;
    struct ring *rings = arena_alloc(&region->arena, n + 1, sizeof *rings);
    if (!rings)
        return status_no_memory();
    memcpy(rings, best->shape.rings, n * sizeof *rings);
    rings[n] = hole.rings[0];
    best->shape.rings = rings;
    best->shape.ring_count = n + 1;
    return TERRAMIS_OK;
}

static enum terramis_status take_all(struct region *region, double *field,
                                     int32_t *next, enum feature_kind kind,
                                     double least, struct feature like)
{
    struct feature_list *list = &region->features[kind];
    size_t edges = 2 * grid_cells(&region->terrain.grid);
    size_t first = list->count, hole_count = 0, hole_capacity = 0;
    struct points loop = {0}, *holes = NULL;
    enum terramis_status status = TERRAMIS_OK;
    for (size_t e = 0; e < edges; e++) {
        if (next[e] < 0)
            continue;
        TRY_DONE(take_loop(&region->terrain, field, next, (int32_t)e, &loop));
        double area = ring_area((struct ring){loop.at, loop.count});
        if (loop.count < 4 || fabs(area) < least)
            continue;
        if (area > 0) {
            TRY_DONE(region_add(region, kind, SHAPE_AREA, &loop, like.rank,
                                like.group, area));
            continue;
        }
        TRY_DONE(mem_grow(&holes, &hole_capacity, hole_count, sizeof *holes));
        holes[hole_count++] = loop;
        loop = (struct points){0};
    }
    for (size_t i = 0; i < hole_count; i++)
        TRY_DONE(add_hole(region, list, first, &holes[i]));
done:
    for (size_t i = 0; i < hole_count; i++)
        free(holes[i].at);
    free(holes);
    free(loop.at);
    return status;
}

enum terramis_status contour_add(struct region *region, double *field,
                                 enum feature_kind kind, double least, int rank,
                                 int group)
{
    const struct grid *g = &region->terrain.grid;
    int32_t *next;
    TRY(mem_new(&next, 2 * grid_cells(g), sizeof *next));
    for (size_t i = 0; i < 2 * grid_cells(g); i++)
        next[i] = -1;
    clear_border(g, field);
    for (int row = 0; row + 1 < g->ny; row++)
        for (int col = 0; col + 1 < g->nx; col++)
            link_square(g, field, row * g->nx + col, next);
    enum terramis_status status =
        take_all(region, field, next, kind, least,
                 (struct feature){.rank = rank, .group = group});
    free(next);
    return status;
}

enum terramis_status contour_blur(const struct terrain *terrain, double *field,
                                  int radius)
{
    const struct grid *g = &terrain->grid;
    double *copy;
    TRY(mem_new(&copy, grid_cells(g), sizeof *copy));
    memcpy(copy, field, grid_cells(g) * sizeof *copy);
    for (int row = radius; row < g->ny - radius; row++)
        for (int col = radius; col < g->nx - radius; col++) {
            double sum = 0;
            for (int y = row - radius; y <= row + radius; y++)
                for (int x = col - radius; x <= col + radius; x++)
                    sum += copy[y * g->nx + x];
            field[row * g->nx + col] =
                sum / ((2 * radius + 1) * (2 * radius + 1));
        }
    free(copy);
    return TERRAMIS_OK;
}

/* The circle in twelve, without cos(): see noise.h. */
static const struct point circle[12] = {
    {1, 0},  {0.8660254037844386, 0.5},   {0.5, 0.8660254037844386},
    {0, 1},  {-0.5, 0.8660254037844386},  {-0.8660254037844386, 0.5},
    {-1, 0}, {-0.8660254037844386, -0.5}, {-0.5, -0.8660254037844386},
    {0, -1}, {0.5, -0.8660254037844386},  {0.8660254037844386, -0.5}};

struct point contour_direction(struct rng *rng)
{
    for (;;) {
        struct point p = {rng_real(rng, -1, 1), rng_real(rng, -1, 1)};
        double d = sqrt(p.x * p.x + p.y * p.y);
        if (d > 0.1 && d <= 1)
            return (struct point){p.x / d, p.y / d};
    }
}

enum terramis_status contour_blob(struct region *region, struct rng *rng,
                                  enum feature_kind kind, struct point centre,
                                  struct point along, double rx, double ry,
                                  int rank, int group)
{
    struct points ring = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (int i = 0; i < 12; i++) {
        double r = rng_real(rng, 0.8, 1.2);
        double x = rx * r * circle[i].x, y = ry * r * circle[i].y;
        TRY_DONE(points_add(&ring, centre.x + x * along.x - y * along.y,
                            centre.y + x * along.y + y * along.x));
    }
    double area = ring_area((struct ring){ring.at, ring.count});
    status = region_add(region, kind, SHAPE_AREA, &ring, rank, group, area);
done:
    free(ring.at);
    return status;
}
