/* Speed of the overlay kernels on one thread, best of three: distance to
 * random lines, to lines in chains (as roads and outlines are) and to points
 * over a 25 km square, cutting tiles by random polygons. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "overlay/distance.h"
#include "overlay/mosaic.h"

enum {
    TILE = 512,
    SIDE = 5000, /* cells of 5 m */
    REPEATS = 3
};

static const double cell = 5, west = 500000, south = 6900000;

static double uniform(uint64_t *state)
{
    *state ^= *state << 13; /* xorshift64 (Marsaglia 2003) */
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

/* Chains of `links` lines of 10 to 60 m; links 0: points. */
static double *make_lines(size_t n, size_t links)
{
    uint64_t seed = 42;
    double *ends = calloc(n, 4 * sizeof *ends), turn = 0;
    for (size_t i = 0; ends && i < n; i++) {
        double *e = ends + 4 * i;
        if (links < 2 || i % links == 0) {
            e[0] = west + uniform(&seed) * SIDE * cell;
            e[1] = south + uniform(&seed) * SIDE * cell;
            turn = uniform(&seed) * 6.28;
        } else {
            e[0] = e[-2];
            e[1] = e[-1];
            turn += uniform(&seed) - 0.5;
        }
        double length = links ? 10 + 50 * uniform(&seed) : 0;
        e[2] = e[0] + length * cos(turn);
        e[3] = e[1] + length * sin(turn);
    }
    return ends;
}

static struct grid tile_at(int col, int row)
{
    return (struct grid){west + col * TILE * cell,
                         south + (SIDE - row * TILE) * cell, cell, TILE, TILE};
}

/* To see that every build gives the same bits. */
static uint32_t hash(uint32_t h, const float *tile)
{
    for (int i = 0; i < TILE * TILE; i++) {
        uint32_t word;
        memcpy(&word, tile + i, sizeof word);
        h = (h ^ word) * 16777619U; /* FNV-1a */
    }
    return h;
}

static void bench_distance(const char *what, size_t n, size_t links)
{
    static float out[TILE * TILE];
    double *ends = make_lines(n, links);
    double t = log_clock(), build = 0, best = INFINITY, cells = 0;
    struct segments *s = NULL;
    struct distance *d = NULL;
    if (!ends || segments_new(&s, ends, n) || distance_new(&d))
        exit(1);
    build = log_clock() - t;
    uint32_t bits = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        double spent = cells = 0;
        bits = 0;
        for (int row = 0; row < SIDE / TILE; row++)
            for (int col = 0; col < SIDE / TILE; col++) {
                struct grid tile = tile_at(col, row);
                t = log_clock();
                if (distance_run(d, s, &tile, NULL, out))
                    exit(1);
                spent += log_clock() - t;
                cells += TILE * TILE;
                bits = hash(bits, out);
            }
        best = fmin(best, spent);
    }
    printf("distance  %-8s %7zu  %6.1f Mcells/s  index %4.0f ms  bits %08x\n",
           what, n, cells / best / 1e6, build * 1e3, bits);
    free(ends);
    segments_free(s);
    distance_free(d);
}

static struct rect around(const struct grid *tile)
{
    return rect_grow(grid_rect(tile), 100);
}

static void add_box(struct mosaic *mosaic, struct rect r, int label)
{
    double xy[] = {r.xmin, r.ymin, r.xmin, r.ymax, r.xmax,
                   r.ymax, r.xmax, r.ymin, r.xmin, r.ymin};
    size_t start[] = {0, 5};
    struct rings rings = {xy, start, 1};
    if (mosaic_add(mosaic, &rings, label))
        exit(1);
}

/* A tile cut by `polygons` star-shaped areas of `points` points and a mean
 * radius of `radius` cells: parcels, or areas of a set. */
static void bench_mosaic(const char *what, int label, double radius,
                         size_t points, int polygons)
{
    enum {
        MOST = 1024
    };
    static double xy[2 * (MOST + 1)];
    static const struct mosaic_rule rule = {
        .territory = 1, .kinds = {2, 4}, .kind_count = 2};
    const struct piece_list *land, *parcels;
    struct grid tile = tile_at(0, 0);
    struct mosaic *m = NULL;
    double best = 1e9;
    size_t pieces = 0;
    if (mosaic_new(&m, TILE))
        exit(1);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        uint64_t seed = 7;
        double t = log_clock();
        mosaic_begin(m, &tile);
        add_box(m, around(&tile), 0);
        add_box(m, around(&tile), 1);
        for (int k = 0; k < polygons; k++) {
            size_t start[2] = {0, points + 1};
            struct rings rings = {xy, start, 1};
            double x = tile.xmin + uniform(&seed) * TILE * cell;
            double y = tile.ymax - uniform(&seed) * TILE * cell;
            for (size_t i = 0; i < points; i++) {
                double a = 6.283185307179586 * (double)i / (double)points;
                double r = radius * cell * (0.7 + 0.6 * uniform(&seed));
                xy[2 * i] = x + r * cos(a);
                xy[2 * i + 1] = y + r * sin(a);
            }
            xy[2 * points] = xy[0];
            xy[2 * points + 1] = xy[1];
            if (mosaic_add(m, &rings, label < MOSAIC_SETS ? label : label + k))
                exit(1);
        }
        if (mosaic_cut(m, &rule, &land, &parcels))
            exit(1);
        pieces = land->count + parcels->count;
        best = fmin(best, log_clock() - t);
    }
    printf("mosaic    %-8s %5d of r %3.0f cells, %4zu points: %6.1f Mcells/s, "
           "%6.2f us/polygon, %zu pieces\n",
           what, polygons, radius, points, TILE * TILE / best / 1e6,
           best / polygons * 1e6, pieces);
    mosaic_free(m);
}

int main(void)
{
    bench_distance("point", 1, 0);
    bench_distance("points", 5000, 0);
    bench_distance("lines", 4000, 1);
    bench_distance("lines", 40000, 1);
    bench_distance("lines", 400000, 1);
    bench_distance("chains", 40000, 20);
    bench_distance("chains", 400000, 20);
    bench_distance("chains", 4000000, 20);
    bench_mosaic("parcels", MOSAIC_SETS, 8, 8, 1000);
    bench_mosaic("areas", 2, 8, 8, 1000);
    bench_mosaic("parcels", MOSAIC_SETS, 80, 500, 30);
    bench_mosaic("areas", 2, 80, 500, 30);
    return 0;
}
