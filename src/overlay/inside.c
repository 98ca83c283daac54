#include "overlay/inside.h"

#include <math.h>
#include <string.h>

/** The first of the n cells from `from` on (cells from the tile's edge) whose
 * centre is not before it; n if there is none. */
static inline int first_centre(double from, int n)
{
    if (from <= 0.5)
        return 0;
    if (!(from <= n - 0.5))
        return n;
    int below = (int)(from - 0.5);
    return below + (below + 0.5 < from);
}

/** Counts an edge's crossing with the line of centres of each row, where the
 * winding number of the cells to its east changes (modulo 256). */
static void cross_rows(const struct grid *tile, unsigned char *mark, double x0,
                       double y0, double x1, double y1)
{
    unsigned char step = 1;
    if (y0 > y1) {
        double x = x0, y = y0;
        x0 = x1, y0 = y1;
        x1 = x, y1 = y;
        step = (unsigned char)-1;
    }
    int row = first_centre(y0, tile->ny), end = first_centre(y1, tile->ny);
    if (row >= end)
        return;
    double slope = (x1 - x0) / (y1 - y0);
    for (; row < end; row++) {
        double x = x0 + lattice_snap((row + 0.5 - y0) * slope);
        int col = first_centre(x, tile->nx);
        if (col < tile->nx) {
            unsigned char *m = mark + (size_t)row * (size_t)tile->nx + col;
            *m = (unsigned char)(*m + step);
        }
    }
}

void inside_mark(const struct rings *rings, const struct grid *tile,
                 enum inside_rule rule, unsigned char *mark)
{
    memset(mark, 0, grid_cells(tile));
    struct rect bounds = rings_bounds(rings);
    if (rect_is_empty(bounds))
        return;
    double west = lattice_west(tile);
    double north = lattice_north(tile);
    for (size_t i = 0; i < rings->count; i++) {
        const double *p = rings->xy + 2 * rings->start[i];
        const double *last = rings->xy + 2 * rings->start[i + 1] - 2;
        for (; p < last; p += 2)
            cross_rows(tile, mark, lattice_x(tile, p[0]) - west,
                       lattice_y(tile, p[1]) - north,
                       lattice_x(tile, p[2]) - west,
                       lattice_y(tile, p[3]) - north);
    }
    unsigned char counts = rule == INSIDE_NON_ZERO ? 255 : 1;
    int row = first_centre(lattice_y(tile, bounds.ymax) - north, tile->ny);
    int end = first_centre(lattice_y(tile, bounds.ymin) - north, tile->ny);
    for (; row < end; row++) {
        unsigned char *m = mark + (size_t)row * (size_t)tile->nx;
        unsigned char winding = 0;
        for (int col = 0; col < tile->nx; col++) {
            winding = (unsigned char)(winding + m[col]);
            m[col] = (winding & counts) != 0;
        }
    }
}
