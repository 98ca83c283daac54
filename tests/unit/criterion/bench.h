/**
 * @file bench.h
 * @brief A worker's tools and sources in memory, for the criteria's tests.
 */
#ifndef UNIT_CRITERION_BENCH_H
#define UNIT_CRITERION_BENCH_H

#include "criterion/criterion.h"
#include "unit/geometry.h"

enum {
    BENCH_TILE = 64
};

struct criterion_bench {
    struct geos *geos;
    struct criterion_tools tools;
};

static inline int bench_set_up(void **state)
{
    static struct criterion_bench bench;
    void *geos;
    *state = &bench;
    if (geos_set_up(&geos) != 0)
        return -1;
    bench.geos = geos;
    return criterion_tools_open(&bench.tools, BENCH_TILE);
}

static inline int bench_tear_down(void **state)
{
    struct criterion_bench *b = *state;
    criterion_tools_close(&b->tools);
    geos_close(b->geos);
    return 0;
}

/** A vector source of features with one value each, prepared by `op`. */
static inline struct criterion_source
bench_source(struct criterion_bench *b, const struct criterion_op *op,
             const struct feature_of *features, size_t count)
{
    struct criterion_source source = {
        .input = INPUT_VECTOR,
        .vector = vector_of(b->geos, features, count, 1)};
    if (op->prepare && op->prepare(&source) != TERRAMIS_OK)
        abort();
    return source;
}

/** Runs `op` over a grid cut into tiles of `size` cells at most BENCH_TILE;
 * caller frees. */
static inline float *bench_run(struct criterion_bench *b,
                               const struct criterion_op *op,
                               const struct criterion_source *source,
                               const struct grid *grid, int size)
{
    float *out = malloc(grid_cells(grid) * sizeof *out);
    float tile[BENCH_TILE * BENCH_TILE + 1];
    for (int row = 0; row < grid->ny; row += size)
        for (int col = 0; col < grid->nx; col += size) {
            struct window w = {col, row, grid->nx - col, grid->ny - row};
            w.nx = w.nx < size ? w.nx : size;
            w.ny = w.ny < size ? w.ny : size;
            struct grid part = grid_part(grid, w);
            tile[grid_cells(&part)] = 77; /* a guard behind the tile */
            if (op->run(source, &b->tools, &part, tile) != TERRAMIS_OK ||
                tile[grid_cells(&part)] != 77)
                abort();
            for (int y = 0; y < w.ny; y++)
                memcpy(out + (size_t)(row + y) * (size_t)grid->nx + col,
                       tile + (size_t)y * (size_t)w.nx,
                       (size_t)w.nx * sizeof *tile);
        }
    return out;
}

#endif
