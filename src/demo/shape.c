#include "demo/shape.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum terramis_status points_add(struct points *points, double x, double y)
{
    TRY(mem_grow(&points->at, &points->capacity, points->count,
                 sizeof *points->at));
    points->at[points->count++] = (struct point){x, y};
    return TERRAMIS_OK;
}

static struct point between(struct point a, struct point b, double t)
{
    return (struct point){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

enum terramis_status points_smooth(struct points *points, bool closed)
{
    size_t n = points->count, last = closed ? n : n - 1;
    if (n < 3)
        return TERRAMIS_OK;
    struct points out = {0};
    enum terramis_status status = TERRAMIS_OK;
    if (!closed)
        status = points_add(&out, points->at[0].x, points->at[0].y);
    for (size_t i = 0; i < last && status == TERRAMIS_OK; i++) {
        struct point a = points->at[i], b = points->at[(i + 1) % n];
        struct point p = between(a, b, 0.25), q = between(a, b, 0.75);
        status = points_add(&out, p.x, p.y);
        if (status == TERRAMIS_OK)
            status = points_add(&out, q.x, q.y);
    }
    if (!closed && status == TERRAMIS_OK)
        status = points_add(&out, points->at[n - 1].x, points->at[n - 1].y);
    free(points->at);
    *points = out;
    return status;
}

double segment_distance(struct point p, struct point a, struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t =
        length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return point_distance(p, between(a, b, t));
}

/* Marks in `keep` what stays of first..last; a stack instead of recursion. */
static void mark(const struct point *at, size_t count, double tolerance,
                 unsigned char *keep, size_t *stack)
{
    size_t depth = 0;
    keep[0] = keep[count - 1] = 1;
    stack[depth++] = 0;
    stack[depth++] = count - 1;
    while (depth > 0) {
        size_t last = stack[--depth], first = stack[--depth], far = first;
        double most = tolerance;
        for (size_t i = first + 1; i < last; i++) {
            double d = segment_distance(at[i], at[first], at[last]);
            if (d > most) {
                most = d;
                far = i;
            }
        }
        if (far == first)
            continue;
        keep[far] = 1;
        stack[depth++] = first;
        stack[depth++] = far;
        stack[depth++] = far;
        stack[depth++] = last;
    }
}

enum terramis_status points_simplify(struct points *points, double tolerance)
{
    if (points->count < 3)
        return TERRAMIS_OK;
    unsigned char *keep;
    size_t *stack = NULL, n = 0;
    TRY(mem_new(&keep, points->count, 1));
    enum terramis_status status =
        mem_new(&stack, 4 * points->count, sizeof *stack);
    if (status == TERRAMIS_OK) {
        mark(points->at, points->count, tolerance, keep, stack);
        for (size_t i = 0; i < points->count; i++)
            if (keep[i])
                points->at[n++] = points->at[i];
        points->count = n;
    }
    free(stack);
    free(keep);
    return status;
}

enum terramis_status shape_copy(struct arena *arena, enum shape_type type,
                                const struct points *points,
                                struct shape *shape)
{
    struct ring *ring = arena_alloc(arena, 1, sizeof *ring);
    struct point *at = arena_alloc(arena, points->count, sizeof *at);
    if (!ring || !at)
        return status_no_memory();
    memcpy(at, points->at, points->count * sizeof *at);
    *ring = (struct ring){at, points->count};
    *shape = (struct shape){type, ring, 1};
    return TERRAMIS_OK;
}

double ring_area(struct ring ring)
{
    double sum = 0;
    struct point o = ring.at[0];
    for (size_t i = 1; i + 1 < ring.count; i++) {
        struct point a = ring.at[i], b = ring.at[i + 1];
        sum += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    }
    return sum / 2;
}

bool ring_holds(struct ring ring, struct point p)
{
    bool inside = false;
    for (size_t i = 0, j = ring.count - 1; i < ring.count; j = i++) {
        struct point a = ring.at[i], b = ring.at[j];
        if ((a.y > p.y) != (b.y > p.y) &&
            p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

bool shape_holds(const struct shape *shape, struct point p)
{
    bool inside = false;
    for (size_t i = 0; i < shape->ring_count; i++)
        inside ^= ring_holds(shape->rings[i], p);
    return inside;
}

struct rect shape_rect(const struct shape *shape)
{
    struct rect r = rect_empty();
    for (size_t i = 0; i < shape->rings[0].count; i++) {
        struct point p = shape->rings[0].at[i];
        r = rect_union(r, (struct rect){p.x, p.y, p.x, p.y});
    }
    return r;
}

struct point shape_middle(const struct shape *shape)
{
    struct ring ring = shape->rings[0];
    struct point o = ring.at[0], sum = {0, 0};
    for (size_t i = 0; i < ring.count; i++) {
        sum.x += ring.at[i].x - o.x;
        sum.y += ring.at[i].y - o.y;
    }
    return (struct point){o.x + sum.x / (double)ring.count,
                          o.y + sum.y / (double)ring.count};
}

double shape_distance(const struct shape *shape, struct point p)
{
    double best = INFINITY;
    for (size_t r = 0; r < shape->ring_count; r++) {
        struct ring ring = shape->rings[r];
        size_t n = ring.count;
        if (n == 1)
            best = fmin(best, point_distance(p, ring.at[0]));
        for (size_t i = shape->type == SHAPE_AREA ? 0 : 1; i < n; i++)
            best = fmin(best, segment_distance(p, ring.at[(i + n - 1) % n],
                                               ring.at[i]));
    }
    return best;
}

static enum terramis_status put_number(struct bytes *bytes, size_t number)
{
    uint32_t n = (uint32_t)number;
    unsigned char little[4] = {(unsigned char)n, (unsigned char)(n >> 8),
                               (unsigned char)(n >> 16),
                               (unsigned char)(n >> 24)};
    return bytes_add(bytes, little, sizeof little);
}

static enum terramis_status put_points(struct bytes *bytes,
                                       const struct ring *ring, bool closed)
{
    TRY(put_number(bytes, ring->count + closed));
    TRY(bytes_add(bytes, ring->at, ring->count * sizeof *ring->at));
    return closed ? bytes_add(bytes, ring->at, sizeof *ring->at) : TERRAMIS_OK;
}

/* A MultiPolygon of polygons with one ring. */
static enum terramis_status put_areas(struct bytes *bytes,
                                      const struct shape *shape)
{
    static const unsigned char little_endian = 1;
    TRY(put_number(bytes, 6));
    TRY(put_number(bytes, shape->ring_count));
    for (size_t i = 0; i < shape->ring_count; i++) {
        TRY(bytes_add(bytes, &little_endian, 1));
        TRY(put_number(bytes, SHAPE_AREA + 1));
        TRY(put_number(bytes, 1));
        TRY(put_points(bytes, &shape->rings[i], true));
    }
    return TERRAMIS_OK;
}

enum terramis_status shape_wkb(const struct shape *shape, struct bytes *bytes)
{
    static const unsigned char little_endian = 1;
    bytes->size = 0;
    TRY(bytes_add(bytes, &little_endian, 1));
    if (shape->type == SHAPE_AREAS)
        return put_areas(bytes, shape);
    TRY(put_number(bytes, (size_t)shape->type + 1));
    if (shape->type == SHAPE_POINT)
        return bytes_add(bytes, shape->rings[0].at, sizeof *shape->rings[0].at);
    if (shape->type == SHAPE_LINE)
        return put_points(bytes, &shape->rings[0], false);
    TRY(put_number(bytes, shape->ring_count));
    for (size_t i = 0; i < shape->ring_count; i++)
        TRY(put_points(bytes, &shape->rings[i], true));
    return TERRAMIS_OK;
}
