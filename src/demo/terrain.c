#include "demo/terrain.h"

#include <stdlib.h>

#include "demo/heap.h"
#include "demo/noise.h"

enum {
    EROSION_STEPS = 24
};
/* Erodibility times time of a step; with the steps above a knick point
 * retreats 4 km where 1 km2 drains through. */
static const double erosion_rate = 0.16;
/* Share of the difference to its neighbours that a cell loses in a step. */
static const double diffusion_rate = 0.075;
/* Square kilometres from which a valley floor counts as wet. */
static const double wet_floor = 1.5;

int32_t terrain_cell(const struct terrain *terrain, struct point p)
{
    const struct grid *g = &terrain->grid;
    double col = floor((p.x - g->xmin) / g->cell);
    double row = floor((g->ymax - p.y) / g->cell);
    if (!(col >= 0 && row >= 0 && col < g->nx && row < g->ny))
        return -1;
    return (int32_t)row * g->nx + (int32_t)col;
}

struct point terrain_centre(const struct terrain *terrain, int32_t cell)
{
    const struct grid *g = &terrain->grid;
    return (struct point){grid_x(g, cell % g->nx), grid_y(g, cell / g->nx)};
}

int32_t terrain_neighbour(const struct terrain *terrain, int32_t cell,
                          int direction)
{
    static const int dx[] = {1, 1, 0, -1, -1, -1, 0, 1};
    static const int dy[] = {0, 1, 1, 1, 0, -1, -1, -1};
    const struct grid *g = &terrain->grid;
    int col = cell % g->nx + dx[direction], row = cell / g->nx + dy[direction];
    if (col < 0 || row < 0 || col >= g->nx || row >= g->ny)
        return -1;
    return row * g->nx + col;
}

/* Lowers the plateau towards one river and marks its floor and water. */
static void draw_course(struct terrain *t, const struct course *course,
                        int32_t cell)
{
    const struct guide *guide = course->guide;
    struct point p = terrain_centre(t, cell);
    double nearest = INFINITY, level = 0, share = 0;
    for (size_t i = 0; i + 1 < course->line.count; i++) {
        double d =
            segment_distance(p, course->line.at[i], course->line.at[i + 1]);
        if (d < nearest) {
            nearest = d;
            level = course->levels[i];
            share = (double)i / (double)course->line.count;
        }
    }
    double wide = 1 + 0.9 * noise_fbm(t->pilot->seed + 5, p.x, p.y, 4000, 2);
    double floor_width = guide->plain * fmax(wide, 0.25) + 0.5 * guide->width;
    double water = guide->class == 3 ? guide->width * (0.3 + 0.2 * share) : 0;
    double side = guide->side *
                  (1 + 0.8 * noise_fbm(t->pilot->seed + 6, p.x, p.y, 2500, 2));
    /* the rougher a side, the more ways the water finds down it */
    double rough = 22 * noise_fbm(t->pilot->seed + 8, p.x, p.y, 1500, 4);
    double rise = (nearest - floor_width) * fmax(side, 0.03) +
                  rough * noise_ramp(nearest - floor_width, 0, 500);
    double bed = level + 0.8 + fmin(nearest * 0.0012, 1.8) +
                 0.5 * noise_at(t->pilot->seed + 7, p.x / 500, p.y / 500);
    if (nearest < water) {
        t->kind[cell] = TERRAIN_WATER;
        t->z[cell] = fmin(t->z[cell], level - 1);
    } else if (nearest < floor_width) {
        if (t->kind[cell] == TERRAIN_LAND)
            t->kind[cell] = TERRAIN_PLAIN;
        t->z[cell] = fmin(t->z[cell], bed);
    } else {
        t->z[cell] = fmin(t->z[cell], bed + fmax(rise, 0.2));
    }
}

static void draw_plateau(struct terrain *t)
{
    const struct pilot *pilot = t->pilot;
    const struct grid *g = &t->grid;
    int32_t count = g->nx * g->ny;
    double middle = grid_y(g, g->ny / 2);
    for (int32_t c = 0; c < count; c++) {
        struct point p = terrain_centre(t, c);
        int col = c % g->nx, row = c / g->nx;
        t->z[c] = pilot->plateau + pilot->tilt * (middle - p.y) / 1000 +
                  pilot->relief * noise_fbm(pilot->seed, p.x, p.y, 9000, 3) +
                  3 * noise_fbm(pilot->seed + 3, p.x, p.y, 1200, 3);
        t->kind[c] = TERRAIN_LAND;
        for (size_t i = 0; i < t->course_count; i++)
            draw_course(t, &t->courses[i], c);
        if (t->kind[c] == TERRAIN_LAND &&
            (col == 0 || row == 0 || col == g->nx - 1 || row == g->ny - 1))
            t->kind[c] = TERRAIN_EDGE;
    }
}

/* Floods the land from its outlets: every cell gets its way down. */
static enum terramis_status flood(struct terrain *t, struct heap *heap)
{
    int32_t count = t->grid.nx * t->grid.ny, n = 0;
    heap->count = 0;
    for (int32_t c = 0; c < count; c++) {
        t->down[c] = -2;
        if (t->kind[c] == TERRAIN_LAND)
            continue;
        t->down[c] = -1;
        TRY(heap_push(heap, t->z[c], c));
    }
    while (heap->count > 0) {
        struct heap_item top = heap_pop(heap);
        t->order[n++] = top.item;
        for (int d = 0; d < 8; d++) {
            int32_t next = terrain_neighbour(t, top.item, d);
            if (next < 0 || t->down[next] != -2)
                continue;
            t->down[next] = top.item;
            /* on the flat the water wanders rather than running straight */
            double flat = top.key + 0.3 * noise_hash(t->pilot->seed, next, d);
            TRY(heap_push(heap, fmax(t->z[next], flat), next));
        }
    }
    return TERRAMIS_OK;
}

static void feed(struct terrain *t)
{
    int32_t count = t->grid.nx * t->grid.ny;
    for (int32_t c = 0; c < count; c++)
        t->fed[c] = TERRAIN_CELL * TERRAIN_CELL * 1e-6;
    for (int32_t i = count - 1; i >= 0; i--) {
        int32_t c = t->order[i];
        if (t->down[c] >= 0)
            t->fed[t->down[c]] += t->fed[c];
    }
}

static void incise(struct terrain *t)
{
    int32_t count = t->grid.nx * t->grid.ny;
    for (int32_t i = 0; i < count; i++) {
        int32_t c = t->order[i], d = t->down[c];
        if (d < 0)
            continue;
        /* a pit fills up: water does not run uphill */
        double below = t->z[d] + 0.05;
        if (t->z[c] < below) {
            t->z[c] = below;
            continue;
        }
        bool straight = c % t->grid.nx == d % t->grid.nx ||
                        c / t->grid.nx == d / t->grid.nx;
        double step = TERRAIN_CELL * (straight ? 1 : 1.4142135623730951);
        double f = erosion_rate * sqrt(t->fed[c] * 1e6) / step;
        t->z[c] = (t->z[c] + f * t->z[d]) / (1 + f);
    }
}

static void diffuse(struct terrain *t, double *scratch)
{
    int32_t count = t->grid.nx * t->grid.ny, nx = t->grid.nx;
    for (int32_t c = 0; c < count; c++) {
        scratch[c] = t->z[c];
        if (t->kind[c] == TERRAIN_LAND)
            scratch[c] +=
                diffusion_rate * (t->z[c - 1] + t->z[c + 1] + t->z[c - nx] +
                                  t->z[c + nx] - 4 * t->z[c]);
    }
    for (int32_t c = 0; c < count; c++)
        t->z[c] = scratch[c];
}

static void measure_above(struct terrain *t)
{
    int32_t count = t->grid.nx * t->grid.ny;
    for (int32_t i = 0; i < count; i++) {
        int32_t c = t->order[i], d = t->down[c];
        bool wet = t->kind[c] != TERRAIN_LAND || t->fed[c] >= wet_floor;
        if (t->kind[c] == TERRAIN_EDGE)
            t->above[c] = 20;
        else
            t->above[c] =
                wet || d < 0 ? 0 : t->above[d] + fmax(t->z[c] - t->z[d], 0);
    }
}

static enum terramis_status erode(struct terrain *t)
{
    struct heap heap = {0};
    double *scratch = NULL;
    enum terramis_status status =
        mem_new(&scratch, grid_cells(&t->grid), sizeof *scratch);
    for (int i = 0; i < EROSION_STEPS && status == TERRAMIS_OK; i++) {
        status = flood(t, &heap);
        if (status == TERRAMIS_OK) {
            feed(t);
            incise(t);
            diffuse(t, scratch);
        }
    }
    if (status == TERRAMIS_OK)
        status = flood(t, &heap);
    if (status == TERRAMIS_OK) {
        feed(t);
        measure_above(t);
    }
    free(scratch);
    free(heap.at);
    return status;
}

enum terramis_status terrain_build(const struct pilot *pilot,
                                   const struct points *outline,
                                   struct terrain *t)
{
    *t = (struct terrain){.pilot = pilot};
    struct ring ring = {outline->at, outline->count};
    struct shape shape = {SHAPE_AREA, &ring, 1};
    grid_cover(rect_grow(shape_rect(&shape), TERRAIN_MARGIN), TERRAIN_CELL,
               &t->grid);
    size_t count = grid_cells(&t->grid);
    TRY(mem_new(&t->z, count, sizeof *t->z));
    TRY(mem_new(&t->fed, count, sizeof *t->fed));
    TRY(mem_new(&t->above, count, sizeof *t->above));
    TRY(mem_new(&t->down, count, sizeof *t->down));
    TRY(mem_new(&t->order, count, sizeof *t->order));
    TRY(mem_new(&t->kind, count, 1));
    for (size_t i = 0; i < PILOT_GUIDES && pilot->guides[i].name; i++) {
        struct course *course = &t->courses[t->course_count++];
        course->guide = &pilot->guides[i];
        TRY(pilot_course(pilot, course->guide, &course->line, &course->levels));
    }
    draw_plateau(t);
    return erode(t);
}

void terrain_release(struct terrain *t)
{
    for (size_t i = 0; i < t->course_count; i++) {
        free(t->courses[i].line.at);
        free(t->courses[i].levels);
    }
    free(t->z);
    free(t->fed);
    free(t->above);
    free(t->down);
    free(t->order);
    free(t->kind);
    *t = (struct terrain){0};
}

static double value_near(const struct terrain *t, const double *field, int col,
                         int row)
{
    const struct grid *g = &t->grid;
    col = col < 0 ? 0 : col >= g->nx ? g->nx - 1 : col;
    row = row < 0 ? 0 : row >= g->ny ? g->ny - 1 : row;
    return field[row * g->nx + col];
}

double terrain_sample(const struct terrain *t, const double *field,
                      struct point p)
{
    double x = (p.x - t->grid.xmin) / t->grid.cell - 0.5;
    double y = (t->grid.ymax - p.y) / t->grid.cell - 0.5;
    int col = (int)floor(x), row = (int)floor(y);
    double u = x - col, v = y - row;
    double a = value_near(t, field, col, row);
    double b = value_near(t, field, col + 1, row);
    double c = value_near(t, field, col, row + 1);
    double d = value_near(t, field, col + 1, row + 1);
    double top = a + u * (b - a), bottom = c + u * (d - c);
    return top + v * (bottom - top);
}

/* Uniform cubic B-spline weights: smooth, no overshoot at the plain's edge. */
static void weights(double t, double w[4])
{
    double s = 1 - t;
    w[0] = s * s * s / 6;
    w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    w[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    w[3] = t * t * t / 6;
}

double terrain_height(const struct terrain *t, struct point p)
{
    double x = (p.x - t->grid.xmin) / t->grid.cell - 0.5;
    double y = (t->grid.ymax - p.y) / t->grid.cell - 0.5;
    int col = (int)floor(x), row = (int)floor(y);
    double wx[4], wy[4], sum = 0;
    weights(x - col, wx);
    weights(y - row, wy);
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++)
            sum +=
                wx[i] * wy[j] * value_near(t, t->z, col + i - 1, row + j - 1);
    return sum;
}

double terrain_slope(const struct terrain *t, struct point p)
{
    const double step = TERRAIN_CELL / 2.0;
    double east = terrain_height(t, (struct point){p.x + step, p.y});
    double west = terrain_height(t, (struct point){p.x - step, p.y});
    double north = terrain_height(t, (struct point){p.x, p.y + step});
    double south = terrain_height(t, (struct point){p.x, p.y - step});
    double dx = (east - west) / (2 * step), dy = (north - south) / (2 * step);
    return sqrt(dx * dx + dy * dy);
}
