/* Random polygons for the kernels' tests, and the same for GEOS. */
#ifndef TESTS_SHAPES_H
#define TESTS_SHAPES_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <geos_c.h>

#include "overlay/lattice.h"

#ifdef __SANITIZE_ADDRESS__
enum {
    SLOWER = 20
}; /* fewer cases under the sanitizers */
#elif !defined(__OPTIMIZE__)
enum {
    SLOWER = 5
};
#else
enum {
    SLOWER = 1
};
#endif

enum {
    SHAPE_POINTS = 400,
    SHAPE_RINGS = 6
};

/* Up to three shells, each followed by its holes. */
struct shape {
    double xy[2 * SHAPE_POINTS];
    size_t start[SHAPE_RINGS + 1];
    bool hole[SHAPE_RINGS];
    struct rings rings;
};

static inline double uniform(uint64_t *state)
{
    *state ^= *state << 13; /* xorshift64 (Marsaglia 2003) */
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

static inline double between(uint64_t *state, double low, double high)
{
    return low + (high - low) * uniform(state);
}

static inline int below(uint64_t *state, int n)
{
    return (int)(uniform(state) * n);
}

static inline void shape_clear(struct shape *s)
{
    s->start[0] = 0;
    s->rings = (struct rings){s->xy, s->start, 0};
}

/* Adds a ring of n points xy, closes and orients it. */
static inline void shape_ring(struct shape *s, const double *xy, size_t n,
                              bool hole)
{
    size_t first = s->start[s->rings.count];
    for (size_t i = 0; i <= n; i++) {
        s->xy[2 * (first + i)] = xy[2 * (i % n)];
        s->xy[2 * (first + i) + 1] = xy[2 * (i % n) + 1];
    }
    rings_orient(s->xy + 2 * first, n + 1, !hole);
    s->hole[s->rings.count++] = hole;
    s->start[s->rings.count] = first + n + 1;
}

/* A star-shaped ring around (x, y), its vertices snapped to multiples of
 * `snap` unless 0. */
static inline void shape_star(struct shape *s, uint64_t *seed, double x,
                              double y, double rmin, double rmax, int n,
                              double snap, bool hole)
{
    double xy[2 * SHAPE_POINTS];
    for (int i = 0; i < n; i++) {
        double a = 6.283185307179586 * (i + 0.9 * uniform(seed)) / n;
        double r = between(seed, rmin, rmax);
        xy[2 * i] = x + r * cos(a);
        xy[2 * i + 1] = y + r * sin(a);
        for (int k = 0; snap > 0 && k < 2; k++)
            xy[2 * i + k] = nearbyint(xy[2 * i + k] / snap) * snap;
    }
    shape_ring(s, xy, (size_t)n, hole);
}

static inline void shape_box(struct shape *s, double xmin, double ymin,
                             double xmax, double ymax, bool hole)
{
    const double xy[] = {xmin, ymin, xmax, ymin, xmax, ymax, xmin, ymax};
    shape_ring(s, xy, 4, hole);
}

static inline GEOSGeometry *shape_geos_ring(GEOSContextHandle_t geos,
                                            const struct shape *s, size_t ring)
{
    unsigned n = (unsigned)(s->start[ring + 1] - s->start[ring]);
    GEOSCoordSequence *q = GEOSCoordSeq_copyFromBuffer_r(
        geos, s->xy + 2 * s->start[ring], n, 0, 0);
    return GEOSGeom_createLinearRing_r(geos, q);
}

/* As a multipolygon; the caller destroys it. */
static inline GEOSGeometry *shape_geos(GEOSContextHandle_t geos,
                                       const struct shape *s)
{
    GEOSGeometry *polygons[SHAPE_RINGS], *holes[SHAPE_RINGS];
    unsigned count = 0;
    for (size_t i = 0; i < s->rings.count;) {
        GEOSGeometry *shell = shape_geos_ring(geos, s, i++);
        unsigned n = 0;
        while (i < s->rings.count && s->hole[i])
            holes[n++] = shape_geos_ring(geos, s, i++);
        polygons[count++] = GEOSGeom_createPolygon_r(geos, shell, holes, n);
    }
    return GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, polygons,
                                       count);
}

#endif
