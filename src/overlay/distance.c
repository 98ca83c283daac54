#include "overlay/distance.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "overlay/distance_block.h"
#include "overlay/lattice.h"

struct distance {
    struct segments_near near;
    struct distance_scratch scratch;
};

/** Where the blocks of a tile lie: counted from the CRS's origin, so that all
 * tilings share them. */
struct frame {
    double cell;
    double west, north; /**< the tile's edges, cells from the origin, whole */
    double x, y;        /**< metres to add where corners are no multiples */
};

enum terramis_status distance_new(struct distance **out)
{
    return mem_new(out, 1, sizeof **out);
}

void distance_free(struct distance *distance)
{
    if (!distance)
        return;
    segments_near_release(&distance->near);
    distance_scratch_release(&distance->scratch);
    free(distance);
}

static struct frame frame_of(const struct grid *tile)
{
    double west = lattice_west(tile), north = lattice_north(tile);
    struct frame f = {tile->cell, floor(west), floor(north), 0, 0};
    f.x = (west - f.west) * f.cell;
    f.y = -(north - f.north) * f.cell;
    return f;
}

/** Can floats hold distances up to this? Their error grows to about a
 * five-millionth of the distance: 1 mm at 4 km. */
static bool float_will_do(double distance, double cell)
{
    return distance < fmax(4000, 400 * cell);
}

/** The cells of a block whose first cell is `from` cells from the tile's edge
 * that lie in the tile's 0..n. */
static int clip(int from, int n, int *first)
{
    *first = from < 0 ? -from : 0;
    int end = from + BLOCK > n ? n - from : BLOCK;
    return end - *first;
}

/** Is a cell of these wanted? They are nx x ny, their rows `stride` apart. */
static bool some_wanted(const float *wanted, int nx, int ny, size_t stride)
{
    for (int y = 0; y < ny; y++)
        for (int x = 0; x < nx; x++)
            if (wanted[(size_t)y * stride + (size_t)x] > 0)
                return true;
    return false;
}

/** The squares of a block that meet `part`, whose first cell is wanted[0], and
 * have wanted cells there. */
static unsigned squares_wanted(struct window part, const float *wanted,
                               size_t stride)
{
    unsigned found = 0;
    for (int row = 0; row < BLOCK; row += SQUARE)
        for (int col = 0; col < BLOCK; col += SQUARE) {
            int west = col > part.col ? col - part.col : 0;
            int north = row > part.row ? row - part.row : 0;
            int east = col + SQUARE - part.col, south = row + SQUARE - part.row;
            int nx = (east < part.nx ? east : part.nx) - west;
            int ny = (south < part.ny ? south : part.ny) - north;
            if (nx > 0 && ny > 0 &&
                (!wanted ||
                 some_wanted(wanted + (size_t)north * stride + (size_t)west, nx,
                             ny, stride)))
                found |= block_squares(col, row, SQUARE);
        }
    return found;
}

static void fill(float *out, struct window part, size_t stride)
{
    for (int y = 0; y < part.ny; y++)
        for (int x = 0; x < part.nx; x++)
            out[(size_t)y * stride + (size_t)x] = INFINITY;
}

/** One block; col, row: its first cell from the tile's edge. */
static enum terramis_status run_block(struct distance *d,
                                      const struct segments *segments,
                                      const struct grid *tile,
                                      const struct frame *f, int col, int row,
                                      const float *wanted, float *out)
{
    struct segments_square square = {
        .x = (f->west + col + BLOCK / 2.0) * f->cell + f->x,
        .y = -(f->north + row + BLOCK / 2.0) * f->cell + f->y,
        .half = (BLOCK - 1) * 0.5 * f->cell};
    struct window part;
    part.nx = clip(col, tile->nx, &part.col);
    part.ny = clip(row, tile->ny, &part.row);
    size_t stride = (size_t)tile->nx;
    size_t at = (size_t)(row + part.row) * stride + (size_t)(col + part.col);
    struct distance_part wish = {part, 0, out + at, stride};
    wish.squares = squares_wanted(part, wanted ? wanted + at : NULL, stride);
    if (wish.squares == 0) {
        fill(out + at, part, stride);
        return TERRAMIS_OK;
    }
    TRY(segments_near(segments, square, &d->near));
    if (float_will_do(d->near.distance + 3 * square.half, f->cell))
        return distance_block_float(&d->scratch, &d->near, f->cell, &wish);
    return distance_block_double(&d->scratch, &d->near, f->cell, &wish);
}

enum terramis_status distance_run(struct distance *distance,
                                  const struct segments *segments,
                                  const struct grid *tile, const float *wanted,
                                  float *out)
{
    if (segments_count(segments) == 0) {
        for (size_t i = 0; i < grid_cells(tile); i++)
            out[i] = INFINITY;
        return TERRAMIS_OK;
    }
    struct frame f = frame_of(tile);
    int col0 = (int)(floor(f.west / BLOCK) * BLOCK - f.west);
    int row0 = (int)(floor(f.north / BLOCK) * BLOCK - f.north);
    for (int row = row0; row < tile->ny; row += BLOCK)
        for (int col = col0; col < tile->nx; col += BLOCK)
            TRY(run_block(distance, segments, tile, &f, col, row, wanted, out));
    return TERRAMIS_OK;
}
