#include "overlay/coverage.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

/** A covered cell, in the integers of the accumulation. */
#define COVERAGE_ONE (1 << 30)

struct coverage {
    int64_t *change; /**< coverage of a cell less that of its left neighbour;
                          ny rows of nx + 1; all 0 between two calls */
    float *fraction; /**< the result */
    size_t capacity; /**< items of both */
    int nx, ny;      /**< the window of this call */
};

enum terramis_status coverage_new(struct coverage **out, int max_nx, int max_ny)
{
    enum terramis_status status;
    struct coverage *c = NULL;
    size_t nx = (size_t)max_nx, ny = (size_t)max_ny;
    TRY_DONE(mem_new(&c, 1, sizeof *c));
    c->capacity = (nx + 1) * ny;
    TRY_DONE(mem_new(&c->change, c->capacity, sizeof *c->change));
    TRY_DONE(mem_new(&c->fraction, c->capacity, sizeof *c->fraction));
    *out = c;
    return TERRAMIS_OK;
done:
    coverage_free(c);
    return status;
}

void coverage_free(struct coverage *coverage)
{
    if (!coverage)
        return;
    free(coverage->change);
    free(coverage->fraction);
    free(coverage);
}

/** Adds the piece of an edge inside one row: from xa to xb (cells), `height`
 * of the row in units of COVERAGE_ONE, negative where the edge goes up.
 *
 * Each cell's coverage by the piece is rounded by itself, and the differences
 * of the rounded numbers are stored: so they sum to `height` exactly, and what
 * is left of the window can be left out without changing a bit. */
static inline void add_piece(int64_t *change, int nx, double xa, double xb,
                             double height)
{
    double left = xa < xb ? xa : xb, right = xa < xb ? xb : xa;
    int64_t total = (int64_t)height, before = 0;
    if (left >= nx)
        return;
    if (right <= 0) {
        change[0] += total;
        return;
    }
    int first = left < 0 ? -1 : (int)left;
    int last = right >= nx ? nx : (int)right;
    if (last == right && last > first)
        last--; // ends on the border: belongs to the cell on the left
    if (first == last) {
        int64_t covered = llrint(height * (first + 1 - 0.5 * (left + right)));
        change[first] += covered;
        change[first + 1] += total - covered;
        return;
    }
    double slope = 1 / (right - left);
    if (first >= 0) {
        double run = first + 1 - left;
        before = llrint(height * (0.5 * slope * run * run));
        change[first] += before;
    }
    int end = last < nx ? last : nx;
    for (int i = first + 1; i < end; i++) {
        int64_t covered = llrint(height * ((i + 0.5 - left) * slope));
        change[i] += covered - before;
        before = covered;
    }
    if (last < nx) {
        double run = right - last;
        int64_t covered = llrint(height * (1 - 0.5 * slope * run * run));
        change[last] += covered - before;
        change[last + 1] += total - covered;
    }
}

/** Adds an edge, cut at the borders of the rows. Always from its northern end,
 * so that both polygons at an edge get the same cuts. */
static void add_edge(struct coverage *c, double x0, double y0, double x1,
                     double y1)
{
    double sign = COVERAGE_ONE;
    if (y0 > y1) {
        double x = x0, y = y0;
        x0 = x1, y0 = y1;
        x1 = x, y1 = y;
        sign = -COVERAGE_ONE;
    }
    if (y0 == y1 || y1 <= 0 || y0 >= c->ny)
        return;
    double slope = (x1 - x0) / (y1 - y0);
    double x = x0, y = y0;
    if (y0 < 0) {
        x = x0 + lattice_snap(-y0 * slope);
        y = 0;
    }
    int row = (int)y;
    int64_t *change = c->change + (size_t)row * ((size_t)c->nx + 1);
    for (; row < c->ny && row < y1; row++) {
        double x_end = x1, y_end = y1;
        if (row + 1 < y1) {
            y_end = row + 1;
            x_end = x0 + lattice_snap((y_end - y0) * slope);
        }
        add_piece(change, c->nx, x, x_end, sign * (y_end - y));
        x = x_end;
        y = y_end;
        change += c->nx + 1;
    }
}

/** Running sums along the rows; leaves `change` cleared. */
static void sum_rows(struct coverage *c)
{
    int64_t *change = c->change;
    float *fraction = c->fraction;
    for (int row = 0; row < c->ny; row++) {
        int64_t sum = 0;
        for (int col = 0; col < c->nx; col++) {
            sum += change[col];
            change[col] = 0;
            int64_t size = sum < 0 ? -sum : sum;
            int covered = size < COVERAGE_ONE ? (int)size : COVERAGE_ONE;
            fraction[col] = (float)covered * (1.0F / COVERAGE_ONE);
        }
        change[c->nx] = 0;
        change += c->nx + 1;
        fraction += c->nx;
    }
}

/** The cells from `low` to `high` (in cells from the grid's edge) that lie in
 * 0..n; returns their number. */
static int touched_cells(double low, double high, int n, int *first)
{
    double from = fmax(floor(low), 0), to = fmin(ceil(high), n);
    if (!(from < to))
        return 0;
    *first = (int)from;
    return (int)to - (int)from;
}

const float *coverage_run(struct coverage *coverage, const struct rings *rings,
                          const struct grid *grid, struct window *touched)
{
    *touched = (struct window){0};
    struct rect bounds = rings_bounds(rings);
    if (rect_is_empty(bounds))
        return NULL;
    double west = lattice_west(grid);
    double north = lattice_north(grid);
    struct window w = {0};
    w.nx = touched_cells(lattice_x(grid, bounds.xmin) - west,
                         lattice_x(grid, bounds.xmax) - west, grid->nx, &w.col);
    w.ny =
        touched_cells(lattice_y(grid, bounds.ymax) - north,
                      lattice_y(grid, bounds.ymin) - north, grid->ny, &w.row);
    if (w.nx == 0 || w.ny == 0)
        return NULL;
    assert(((size_t)w.nx + 1) * (size_t)w.ny <= coverage->capacity);
    *touched = w;
    coverage->nx = w.nx;
    coverage->ny = w.ny;
    west += w.col;
    north += w.row;
    for (size_t i = 0; i < rings->count; i++) {
        const double *p = rings->xy + 2 * rings->start[i];
        const double *end = rings->xy + 2 * rings->start[i + 1];
        if (p == end)
            continue;
        double x0 = lattice_x(grid, p[0]) - west;
        double y0 = lattice_y(grid, p[1]) - north;
        for (p += 2; p < end; p += 2) {
            double x1 = lattice_x(grid, p[0]) - west;
            double y1 = lattice_y(grid, p[1]) - north;
            add_edge(coverage, x0, y0, x1, y1);
            x0 = x1, y0 = y1;
        }
    }
    sum_rows(coverage);
    return coverage->fraction;
}
