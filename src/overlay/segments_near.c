#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/clones.h"
#include "overlay/segments.h"
#include "overlay/segments_tree.h"

/** Slack on every bound against rounding, relative. */
#define SLACK 1e-9

/** Children still to look at: at level 0 a group, else a node below. */
struct todo {
    int level;
    size_t index;
    double distance2;
};

/** Nearest points of a node's boxes or a group's segments to a point (metres,
 * relative to it) and the squares of their distances. */
struct feet {
    double x[FANOUT], y[FANOUT], distance2[FANOUT];
};

static inline __attribute__((always_inline)) void
feet_of_node(const struct node *node, double x, double y, struct feet *feet)
{
    for (int k = 0; k < FANOUT; k++) {
        double west = node->xmin[k] - x, east = node->xmax[k] - x;
        double south = node->ymin[k] - y, north = node->ymax[k] - y;
        double fx = west > 0 ? west : 0, fy = south > 0 ? south : 0;
        fx = east < fx ? east : fx;
        fy = north < fy ? north : fy;
        feet->x[k] = fx;
        feet->y[k] = fy;
        feet->distance2[k] = fx * fx + fy * fy;
    }
}

static inline __attribute__((always_inline)) void
feet_of_group(const struct group *g, double x, double y, struct feet *feet)
{
    for (int k = 0; k < FANOUT; k++) {
        double rx = x - g->x[k], ry = y - g->y[k];
        double t = (rx * g->ux[k] + ry * g->uy[k]) * g->inv[k];
        t = t < 0 ? 0 : t;
        t = t > 1 ? 1 : t;
        double fx = t * g->ux[k] - rx, fy = t * g->uy[k] - ry;
        feet->x[k] = fx;
        feet->y[k] = fy;
        feet->distance2[k] = fx * fx + fy * fy;
    }
}

/**
 * The bound that prunes. `reach` holds the distances of one segment, A, to the
 * four corners of the square. A convex set B whose nearest point to the centre
 * is b lies beyond the line through b square to it, so its distance to a point
 * p of the square is at least |b| - b.p / |b|: linear in p. The distance of A
 * is convex in p. So B is nowhere nearer than A if it is not at the corners.
 */
struct bound {
    double reach[4]; /**< north-east, south-west, south-east, north-west */
    double half;
};

static inline __attribute__((always_inline)) void
feet_test(const struct feet *feet, const struct bound *bound, double *keep)
{
    for (int k = 0; k < FANOUT; k++) {
        double d2 = feet->distance2[k], d = sqrt(d2);
        double s = bound->half * (feet->x[k] + feet->y[k]);
        double e = bound->half * (feet->x[k] - feet->y[k]);
        double m1 = bound->reach[0] * d + s, m2 = bound->reach[1] * d - s;
        double m3 = bound->reach[2] * d + e, m4 = bound->reach[3] * d - e;
        m1 = m1 > m2 ? m1 : m2;
        m3 = m3 > m4 ? m3 : m4;
        m1 = m1 > m3 ? m1 : m3;
        keep[k] = m1 - d2;
    }
}

CLONES static void node_feet(const struct node *node, double x, double y,
                             struct feet *feet)
{
    feet_of_node(node, x, y, feet);
}

CLONES static void group_feet(const struct group *group, double x, double y,
                              struct feet *feet)
{
    feet_of_group(group, x, y, feet);
}

CLONES static void node_test(const struct node *node,
                             struct segments_square square,
                             const struct bound *bound, double *keep)
{
    struct feet feet;
    feet_of_node(node, square.x, square.y, &feet);
    feet_test(&feet, bound, keep);
}

CLONES static void group_test(const struct group *group,
                              struct segments_square square,
                              const struct bound *bound, double *keep)
{
    struct feet feet;
    feet_of_group(group, square.x, square.y, &feet);
    feet_test(&feet, bound, keep);
}

/** Children of node `index` of `level` that are no padding. */
static int children(const struct segments *s, int level, size_t index)
{
    size_t left = s->below[level] - index * FANOUT;
    return left < FANOUT ? (int)left : FANOUT;
}

static int members(const struct segments *s, size_t group)
{
    size_t left = s->count - group * FANOUT;
    return left < FANOUT ? (int)left : FANOUT;
}

static double distance2_to(const struct segments *s, size_t index, double x,
                           double y)
{
    const struct group *g = &s->groups[index / FANOUT];
    size_t k = index % FANOUT;
    double rx = x - g->x[k], ry = y - g->y[k];
    double t = (rx * g->ux[k] + ry * g->uy[k]) * g->inv[k];
    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    double fx = t * g->ux[k] - rx, fy = t * g->uy[k] - ry;
    return fx * fx + fy * fy;
}

/** Adds the node's children within best2 to the stack, farthest first. */
static size_t push_children(const struct segments *s, struct todo node,
                            const struct feet *feet, double best2,
                            struct todo *stack, size_t depth)
{
    size_t bottom = depth;
    for (int k = 0; k < children(s, node.level, node.index); k++) {
        if (feet->distance2[k] > best2)
            continue;
        struct todo child = {node.level - 1, node.index * FANOUT + (size_t)k,
                             feet->distance2[k]};
        size_t at = depth++;
        for (; at > bottom && stack[at - 1].distance2 < child.distance2; at--)
            stack[at] = stack[at - 1];
        stack[at] = child;
    }
    return depth;
}

/** The segment nearest to the point, the first of equals; returns the square
 * of its distance. *nearest: where to start. */
static double find_nearest(const struct segments *s, double x, double y,
                           size_t *nearest)
{
    struct todo stack[MAX_LEVELS * FANOUT];
    struct feet feet = {0};
    size_t best = *nearest < s->count ? *nearest : 0, depth = 0;
    double best2 = distance2_to(s, best, x, y);
    stack[depth++] = (struct todo){s->levels - 1, 0, 0};
    while (depth > 0) {
        struct todo at = stack[--depth];
        if (at.distance2 > best2)
            continue;
        if (at.level >= 0) {
            node_feet(&s->nodes[s->start[at.level] + at.index], x, y, &feet);
            depth =
                push_children(s, at, &feet, best2 * (1 + SLACK), stack, depth);
            continue;
        }
        group_feet(&s->groups[at.index], x, y, &feet);
        for (int k = 0; k < members(s, at.index); k++) {
            size_t index = at.index * FANOUT + (size_t)k;
            double d2 = feet.distance2[k];
            if (d2 < best2 || (d2 == best2 && index < best)) {
                best2 = d2;
                best = index;
            }
        }
    }
    *nearest = best;
    return best2;
}

static enum terramis_status near_grow(struct segments_near *near)
{
    if (near->count + FANOUT <= near->capacity)
        return TERRAMIS_OK;
    double **arrays[] = {&near->ax, &near->ay, &near->ux, &near->uy};
    size_t capacity = near->capacity;
    for (int i = 0; i < 4; i++) {
        capacity = near->capacity;
        TRY(mem_grow(arrays[i], &capacity, near->count + FANOUT,
                     sizeof(double)));
    }
    near->capacity = capacity;
    return TERRAMIS_OK;
}

/** Adds a segment. The points of the square have their nearest points on it
 * within `radius` of that of the centre (projection brings nothing further
 * apart), so a long one is cut to this part: short numbers are exact ones. */
static void near_add(struct segments_near *near, const struct group *g, int k,
                     struct segments_square square, double radius)
{
    double ax = g->x[k] - square.x, ay = g->y[k] - square.y;
    double ux = g->ux[k], uy = g->uy[k];
    double length2 = ux * ux + uy * uy;
    if (length2 > 16 * radius * radius) {
        double middle = -(ax * ux + ay * uy) * g->inv[k];
        double reach = radius * 1.01 / sqrt(length2);
        double from = fmin(fmax(middle - reach, 0), 1);
        double to = fmin(fmax(middle + reach, 0), 1);
        ax += from * ux;
        ay += from * uy;
        ux *= to - from;
        uy *= to - from;
    }
    size_t i = near->count++;
    near->ax[i] = ax;
    near->ay[i] = ay;
    near->ux[i] = ux;
    near->uy[i] = uy;
}

static enum terramis_status collect(const struct segments *s,
                                    struct segments_square square,
                                    const struct bound *bound,
                                    struct segments_near *near)
{
    struct todo stack[MAX_LEVELS * FANOUT];
    double keep[FANOUT] = {0}, radius = square.half * sqrt(2);
    size_t depth = 0;
    stack[depth++] = (struct todo){s->levels - 1, 0, 0};
    near->count = 0;
    while (depth > 0) {
        struct todo at = stack[--depth];
        if (at.level >= 0) {
            node_test(&s->nodes[s->start[at.level] + at.index], square, bound,
                      keep);
            for (int k = children(s, at.level, at.index) - 1; k >= 0; k--)
                if (keep[k] >= 0)
                    stack[depth++] = (struct todo){
                        at.level - 1, at.index * FANOUT + (size_t)k, 0};
            continue;
        }
        TRY(near_grow(near));
        const struct group *group = &s->groups[at.index];
        group_test(group, square, bound, keep);
        for (int k = 0; k < members(s, at.index); k++)
            if (keep[k] >= 0)
                near_add(near, group, k, square, radius);
    }
    return TERRAMIS_OK;
}

enum terramis_status segments_near(const struct segments *segments,
                                   struct segments_square square,
                                   struct segments_near *near)
{
    const double sx[] = {1, -1, 1, -1}, sy[] = {1, -1, -1, 1};
    struct bound bound = {.half = square.half};
    near->distance =
        sqrt(find_nearest(segments, square.x, square.y, &near->nearest));
    double slack = SLACK * (near->distance + square.half);
    for (int i = 0; i < 4; i++) {
        double reach2 = distance2_to(segments, near->nearest,
                                     square.x + sx[i] * square.half,
                                     square.y + sy[i] * square.half);
        bound.reach[i] = sqrt(reach2) + slack;
    }
    return collect(segments, square, &bound, near);
}

void segments_near_release(struct segments_near *near)
{
    free(near->ax);
    free(near->ay);
    free(near->ux);
    free(near->uy);
    *near = (struct segments_near){0};
}
