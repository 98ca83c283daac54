/* Distances from cells to segments, against trying every segment, and the same
 * bits in a part of the tile. */
#include "fuzz.h"

#include <math.h>

#include "overlay/distance.h"

enum {
    SIDE = 20,
    MOST = 80
};

static double to_segment(const double *e, double x, double y)
{
    double ux = e[2] - e[0], uy = e[3] - e[1], rx = x - e[0], ry = y - e[1];
    double l2 = ux * ux + uy * uy;
    double t = l2 > 0 ? fmin(fmax((rx * ux + ry * uy) / l2, 0), 1) : 0;
    return hypot(rx - t * ux, ry - t * uy);
}

/* Around the tile, in steps of 1/8 cell; a byte of scale makes some far. */
static size_t segments_of(struct bytes *bytes, const struct grid *grid,
                          double ends[MOST][4])
{
    double scale = ldexp(grid->cell / 8, (int)(take_byte(bytes) % 12) - 4);
    size_t n = 0;
    for (; n < MOST && bytes->left > 0; n++) {
        for (int i = 0; i < 4; i++) {
            double at = take_short(bytes) * scale;
            ends[n][i] = i % 2 ? grid->ymax - 50 + at : grid->xmin + 50 + at;
        }
        if (n > 0 && ends[n][0] == ends[n - 1][0]) /* chains */
            memcpy(ends[n], &ends[n - 1][2], 2 * sizeof(double));
    }
    return n;
}

static void check(const struct grid *grid, const float *found,
                  double ends[MOST][4], size_t n)
{
    double tolerance = grid->cell > 10 ? grid->cell * 1e-4 : 1e-3;
    for (size_t i = 0; i < grid_cells(grid); i++) {
        double x = grid_x(grid, (int)(i % SIDE));
        double y = grid_y(grid, (int)(i / SIDE)), least = INFINITY;
        for (size_t k = 0; k < n; k++)
            least = fmin(least, to_segment(ends[k], x, y));
        bool fine = n == 0 ? isinf(found[i])
                           : fabs((double)found[i] - least) <=
                                 tolerance + least * 0x1p-23;
        found_unless(fine, "cell %zu: %.9g, true %.9g", i, (double)found[i],
                     least);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static double ends[MOST][4];
    static float whole[SIDE * SIDE], part[SIDE * SIDE];
    struct bytes bytes = {data, size};
    struct segments *segments = NULL;
    struct distance *distance = NULL;
    static const double cells[] = {5, 1, 10, 25};
    unsigned mode = take_byte(&bytes);
    struct grid grid = {500000, 6930000, cells[mode % 4], SIDE, SIDE};
    struct window window = {(int)(mode >> 2) % 8, (int)(mode >> 5), 9, 7};
    size_t n = segments_of(&bytes, &grid, ends);
    if (segments_new(&segments, ends[0], n) != TERRAMIS_OK ||
        distance_new(&distance) != TERRAMIS_OK ||
        distance_run(distance, segments, &grid, NULL, whole) != TERRAMIS_OK)
        abort();
    check(&grid, whole, ends, n);
    struct grid tile = grid_part(&grid, window);
    if (distance_run(distance, segments, &tile, NULL, part) != TERRAMIS_OK)
        abort();
    for (int row = 0; row < tile.ny; row++)
        found_unless(memcmp(part + row * tile.nx,
                            whole + (row + window.row) * SIDE + window.col,
                            (size_t)tile.nx * sizeof *part) == 0,
                     "row %d: other bits in a part of the tile", row);
    distance_free(distance);
    segments_free(segments);
    return 0;
}
