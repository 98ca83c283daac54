/**
 * @file shape.h
 * @brief Points, lines and areas in metres, and the little geometry that the
 * generator needs.
 */
#ifndef DEMO_SHAPE_H
#define DEMO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "geo/rect.h"

struct point {
    double x, y;
};

/** A list of points that grows. Zero-initialise; free `at`. */
struct points {
    struct point *at;
    size_t count, capacity;
};

enum shape_type {
    SHAPE_POINT,
    SHAPE_LINE,
    SHAPE_AREA, /**< rings do not repeat their first point; the first is the
                   outer one, counter-clockwise, the others are holes */
    SHAPE_AREAS /**< every ring is the outer one of a part */
};

struct ring {
    struct point *at;
    size_t count;
};

struct shape {
    enum shape_type type;
    struct ring *rings;
    size_t ring_count;
};

enum terramis_status points_add(struct points *points, double x, double y);

/** Cuts the corners of a line or ring (Chaikin 1974); ends of a line stay. */
enum terramis_status points_smooth(struct points *points, bool closed);

/** Drops points of a line that lie within `tolerance` metres of the rest
 * (Douglas and Peucker 1973). */
enum terramis_status points_simplify(struct points *points, double tolerance);

/** A shape of one ring, copied from `points` to `arena`. */
enum terramis_status shape_copy(struct arena *arena, enum shape_type type,
                                const struct points *points,
                                struct shape *shape);

/** Square metres, positive when counter-clockwise. */
double ring_area(struct ring ring);
bool ring_holds(struct ring ring, struct point p);
bool shape_holds(const struct shape *shape, struct point p);
struct rect shape_rect(const struct shape *shape);
/** Mean of the vertices of the first ring. */
struct point shape_middle(const struct shape *shape);
/** Metres to the nearest part of any ring's boundary. */
double shape_distance(const struct shape *shape, struct point p);

/** Metres from `p` to the segment a-b. */
double segment_distance(struct point p, struct point a, struct point b);

static inline double point_distance(struct point a, struct point b)
{
    double dx = a.x - b.x, dy = a.y - b.y;
    return sqrt(dx * dx + dy * dy);
}

/** Writes the shape as little-endian WKB over what is in `bytes`. */
enum terramis_status shape_wkb(const struct shape *shape, struct bytes *bytes);

#endif
