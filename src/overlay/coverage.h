/**
 * @file coverage.h
 * @brief Exact share of each cell's area that lies inside polygons.
 *
 * Signed-area accumulation, as font rasterisers do it (Raph Levien, font-rs,
 * 2015, after FreeType's "smooth" rasteriser): every edge adds to the cells it
 * crosses by how much it covers the cells to its right; the running sum along
 * a row is the coverage. Linear in the cells crossed plus the window touched.
 *
 * Sums are integers of 2^-30 of a cell: 0 and 1 are exact, polygons that share
 * edges add up to exactly 1, and the result is the same bits in every tiling
 * (cell corners on multiples of the cell size). It differs from the true area
 * by less than 1e-9 of a cell per edge that crosses the cell.
 */
#ifndef OVERLAY_COVERAGE_H
#define OVERLAY_COVERAGE_H

#include "base/status.h"
#include "geo/grid.h"
#include "overlay/lattice.h"

/** One worker's scratch: 12 bytes per cell of the largest grid. */
struct coverage;

/** Room for grids of up to max_nx by max_ny cells; coverage_free() frees. */
enum terramis_status coverage_new(struct coverage **out, int max_nx,
                                  int max_ny);
void coverage_free(struct coverage *coverage);

/**
 * Computes the covered fraction, 0..1, of the cells of `grid` (a tile, within
 * the size given to coverage_new()). Geometry beyond the grid is clipped
 * exactly.
 *
 * Several polygons in one call must not overlap: fractions add, up to 1.
 * Rings that are not finite count as empty.
 *
 * @param touched the cells of `grid` that may be covered; all others are 0
 * @return fractions of that window, row-major, valid until the next call with
 *         this scratch; NULL (and an empty window) if no cell is touched
 */
const float *coverage_run(struct coverage *coverage, const struct rings *rings,
                          const struct grid *grid, struct window *touched);

#endif
