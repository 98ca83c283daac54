/*
 * Why it is right. Let the strip grow from half = 0: its outline, sides and
 * arcs, moves along its own normals, and stays simple and the border of all
 * that lies within `half` of the line until either
 *
 * - a side shrinks to nothing. It loses half * tan(turn / 2) at an end where
 *   the line turns towards it: so as long as both losses fit into the segment,
 *   this has not happened (sides_fit()). Neighbouring sides then meet just
 *   where they end.
 * - or two parts of it that are no neighbours meet. At the first contact they
 *   touch with opposite normals (an inner corner cannot be the first to
 *   touch: the land ahead of it is narrower than the half plane that the other
 *   front would need). So half way between two points of the line, a and b,
 *   |a - b| = 2 half, each of them seen along a normal of the other. There are
 *   no such points in a piece of line all whose directions lie within a right
 *   angle: b - a is then less than 90 degrees from the direction at a, and
 *   from that at b. Segments with a turn of more between them have to keep 2
 *   half from each other (stays_apart()), but for neighbours: a side that
 *   starts where it should stays away from the segment before, up to and
 *   around its far end, if their common corner turns by less than 180 degrees.
 *   A polygon's strip grows on one side only: a and b see each other on the
 *   outside, so their segments face each other (face()).
 *
 * (For smooth curves, that is Federer's reach, 1959: the smaller of the least
 * radius of curvature and half the shortest chord normal at both ends.)
 */
#include "layer/strip.h"

#include <math.h>
#include <string.h>

#include "geo/measure.h"
#include "layer/shape.h"

/* Turns up to 127 degrees: beyond, inner corners lie far away; */
static const double largest_tangent = 2;
/* up to 179 where there is an outer side only, */
static const double largest_outside = 100;
/* far from those whose sine and 1 + cosine are but rounding. */
static const double least_cosine = 1e-4 - 1;
/* A turn below 0.001 rad needs no arc (nor has GEOS's buffer one): the corner
 * of the sides is nowhere more than 0.125 millionths of `half` too far out. */
static const double smallest_tangent = 0.0005;
/* What has to be left, relative to `half`: far more than rounding, ... */
static const double margin = 1e-6;
/* ... which is 1e-8 of `half` for coordinates up to so many times it. */
static const double farthest_ratio = 1e8;

static double quantum(void)
{
    return M_PI / 2 / ARC_SEGMENTS;
}

static void set_turn(struct strip_node *node, const struct strip_node *before)
{
    double sine = before->ux * node->uy - before->uy * node->ux;
    double cosine = before->ux * node->ux + before->uy * node->uy;
    node->tangent = cosine > least_cosine ? sine / (1 + cosine) : INFINITY;
    node->arcs = 0;
    double tangent = fabs(node->tangent);
    if (tangent < smallest_tangent)
        return;
    double turn = 2 * atan(tangent);
    node->arcs = (size_t)fmax(turn / quantum() + 0.5, 1);
    double step = turn / (double)node->arcs;
    node->cosine = node->arcs > 1 ? cos(step) : 1;
    node->sine = node->arcs > 1 ? sin(step) : 0;
}

/* The nodes' coordinates; a point that repeats another one is left out. */
static size_t set_nodes(struct strip_line *line, const double *xy,
                        size_t points)
{
    size_t count = 0;
    line->farthest = 0;
    for (size_t i = 0; i < points; i++, xy += 2) {
        if (i > 0 && xy[0] == xy[-2] && xy[1] == xy[-1])
            continue;
        line->farthest = fmax(line->farthest, fmax(fabs(xy[0]), fabs(xy[1])));
        line->nodes[count].x = xy[0];
        line->nodes[count++].y = xy[1];
    }
    return count;
}

static bool is_blunt(const struct strip_line *line,
                     const struct strip_node *node)
{
    double outside = line->closed ? largest_outside : largest_tangent;
    return node->tangent <= largest_tangent && node->tangent >= -outside;
}

/* Directions and lengths; false: a turn is too sharp, or a number is none. */
static bool set_segments(struct strip_line *line)
{
    struct strip_node *nodes = line->nodes, *last = nodes + line->segments;
    double at = 0;
    for (struct strip_node *node = nodes; node < last; node++) {
        double dx = node[1].x - node->x, dy = node[1].y - node->y;
        node->length = sqrt(dx * dx + dy * dy);
        node->ux = dx / node->length;
        node->uy = dy / node->length;
        node->at = at;
        node->tangent = 0;
        at += node->length;
        if (node > nodes)
            set_turn(node, node - 1);
        if (!is_blunt(line, node))
            return false;
    }
    last->at = at;
    last->tangent = 0;
    if (line->closed) {
        last->ux = nodes->ux;
        last->uy = nodes->uy;
        set_turn(last, last - 1);
        nodes->tangent = last->tangent;
    }
    return isfinite(at) && is_blunt(line, last);
}

/* An arc on the outside of a turn, a corner on its inside; nearly straight on,
 * a corner on either side. */
static bool is_corner(const struct strip_node *node, double side)
{
    return side * node->tangent > 0 || node->arcs == 0;
}

static size_t points_of(const struct strip_line *line)
{
    const struct strip_node *nodes = line->nodes;
    size_t points = line->closed ? 1 : 4 * ARC_SEGMENTS + 3;
    size_t corners = line->segments + line->closed;
    for (size_t i = 1; i < corners; i++)
        points += !line->closed             ? nodes[i].arcs + 2
                  : is_corner(&nodes[i], 1) ? 1
                                            : nodes[i].arcs + 1;
    return points;
}

bool strip_line_set(struct strip_line *line, struct path_range from)
{
    if (from.count != 1 || paths_kind(from.paths, from.first) == PATH_POINT)
        return false;
    size_t start = from.paths->start[from.first];
    size_t points = from.paths->start[from.first + 1] - start;
    if (points < 2 || points > STRIP_POINTS)
        return false;
    size_t count = set_nodes(line, from.paths->xy + 2 * start, points);
    const struct strip_node *first = line->nodes, *last = first + count - 1;
    bool ends_meet = first->x == last->x && first->y == last->y;
    line->closed = paths_kind(from.paths, from.first) != PATH_LINE;
    line->turned = from.paths->kind[from.first] & PATH_TURNED;
    line->segments = count - 1;
    if (ends_meet != line->closed || count < (line->closed ? 4 : 2) ||
        !set_segments(line))
        return false;
    line->points = points_of(line);
    return true;
}

/* Is something left of the sides of each segment? */
static bool sides_fit(const struct strip_line *line, double half)
{
    for (size_t i = 0; i < line->segments; i++) {
        double start = line->nodes[i].tangent, end = line->nodes[i + 1].tangent;
        double left = fmax(start, 0) + fmax(end, 0);
        double right = line->closed ? 0 : fmax(-start, 0) + fmax(-end, 0);
        if (!(half * (fmax(left, right) + margin) <= line->nodes[i].length))
            return false;
    }
    return true;
}

static bool are_near(const struct strip_node *a, const struct strip_node *b,
                     double distance)
{
    const double ends[][2] = {
        {a->x, a->y}, {a[1].x, a[1].y}, {b->x, b->y}, {b[1].x, b[1].y}};
    return measure_segments_within(ends[0], ends[1], ends[2], ends[3],
                                   distance);
}

/* Does some of segment b lie to the left of a's line? */
static bool is_left(const struct strip_node *a, const struct strip_node *b,
                    double slack)
{
    double start = a->ux * (b->y - a->y) - a->uy * (b->x - a->x);
    double end = a->ux * (b[1].y - a->y) - a->uy * (b[1].x - a->x);
    return fmax(start, end) > -slack;
}

static bool face(const struct strip_node *a, const struct strip_node *b,
                 double slack)
{
    return is_left(a, b, slack) && is_left(b, a, slack);
}

/* Do the segments from number k on, before number `end`, keep `distance` from
 * segment i? What lies along the line between here and the edge of that zone
 * is skipped. */
static bool stays_apart(const struct strip_line *line, size_t i, size_t k,
                        size_t end, double distance)
{
    const struct strip_node *a = &line->nodes[i];
    double x = (a->x + a[1].x) / 2, y = (a->y + a[1].y) / 2;
    for (; k < end; k++) {
        const struct strip_node *b = &line->nodes[k];
        double dx = b->x - x, dy = b->y - y;
        double safe =
            b->at + sqrt(dx * dx + dy * dy) - a->length / 2 - distance;
        if (b[1].at < safe) {
            while (k + 1 < end && line->nodes[k + 2].at < safe)
                k++;
            continue;
        }
        if (are_near(a, b, distance) &&
            (!line->closed || face(a, b, margin * distance)))
            return false;
    }
    return true;
}

/* The first segment after i up to which not all directions lie within a right
 * angle. */
static size_t first_turned(const struct strip_line *line, size_t i)
{
    const struct strip_node *left = &line->nodes[i], *right = left;
    for (size_t k = i + 1; k < line->segments; k++) {
        const struct strip_node *b = &line->nodes[k];
        if (!(left->ux * b->ux + left->uy * b->uy > margin &&
              right->ux * b->ux + right->uy * b->uy > margin))
            return k;
        if (left->ux * b->uy - left->uy * b->ux > 0)
            left = b;
        if (right->ux * b->uy - right->uy * b->ux < 0)
            right = b;
    }
    return line->segments;
}

bool strip_fits(const struct strip_line *line, double half)
{
    if (!(line->farthest <= farthest_ratio * half && sides_fit(line, half)))
        return false;
    double distance = 2 * half * (1 + margin);
    for (size_t i = 0; i + 2 < line->segments; i++) {
        size_t k = first_turned(line, i);
        size_t end = line->segments - (line->closed && i == 0);
        if (!stays_apart(line, i, k < i + 2 ? i + 2 : k, end, distance))
            return false;
    }
    return true;
}

/* Where the outline goes on. */
struct pen {
    double *to;
    double half;
};

/* A point of the circle around a node, in direction (x, y). */
static void draw(struct pen *pen, const struct strip_node *node, double x,
                 double y)
{
    *pen->to++ = node->x + pen->half * x;
    *pen->to++ = node->y + pen->half * y;
}

/* The points of an arc around a node, clockwise from direction (x, y) in
 * `steps`, without the last one. */
static void draw_arc(struct pen *pen, const struct strip_node *node, double x,
                     double y, size_t steps, double cosine, double sine)
{
    for (size_t i = 0; i < steps; i++) {
        draw(pen, node, x, y);
        double turned = x * cosine + y * sine;
        y = y * cosine - x * sine;
        x = turned;
    }
}

/* The half circle clockwise from direction (x, y). */
static void draw_end(struct pen *pen, const struct strip_node *node, double x,
                     double y)
{
    const size_t half_circle = (size_t)2 * ARC_SEGMENTS;
    draw_arc(pen, node, x, y, half_circle, cos(quantum()), sin(quantum()));
    draw(pen, node, -x, -y);
}

/* The corner of the outline at a node, on the left (side 1) on the way out or
 * on the right (-1) on the way back. Normals are those of that side. */
static void draw_corner(struct pen *pen, const struct strip_node *node,
                        double side)
{
    const struct strip_node *from = side > 0 ? node - 1 : node;
    const struct strip_node *to = side > 0 ? node : node - 1;
    double x0 = -side * from->uy, y0 = side * from->ux;
    double x1 = -side * to->uy, y1 = side * to->ux;
    if (is_corner(node, side)) {
        double scale = 1 / (1 + (x0 * x1 + y0 * y1));
        draw(pen, node, (x0 + x1) * scale, (y0 + y1) * scale);
        return;
    }
    draw_arc(pen, node, x0, y0, node->arcs, node->cosine, node->sine);
    draw(pen, node, x1, y1);
}

static void close_ring(struct pen *pen, const double *first)
{
    *pen->to++ = first[0];
    *pen->to++ = first[1];
}

/* GEOS begins at the first corner, too. */
static void draw_line(struct pen *pen, const struct strip_line *line)
{
    const double *start = pen->to;
    const struct strip_node *first = line->nodes;
    const struct strip_node *last = first + line->segments, *node;
    for (node = first + 1; node < last; node++)
        draw_corner(pen, node, 1);
    draw_end(pen, last, -last[-1].uy, last[-1].ux);
    for (node = last - 1; node > first; node--)
        draw_corner(pen, node, -1);
    draw_end(pen, first, first->uy, -first->ux);
    close_ring(pen, start);
}

/* GEOS begins at the corner of the first node; with a ring that was the other
 * way round, at the far end of its arc. */
static void draw_border(struct pen *pen, const struct strip_line *line)
{
    double *start = pen->to;
    const struct strip_node *node = line->nodes;
    const struct strip_node *last = node + line->segments;
    draw_corner(pen, last, 1);
    if (line->turned) {
        memmove(start, pen->to - 2, 2 * sizeof *start);
        pen->to = start + 2;
    }
    for (node++; node < last; node++)
        draw_corner(pen, node, 1);
    if (line->turned)
        draw_corner(pen, last, 1);
    else
        close_ring(pen, start);
}

enum terramis_status strip_add(const struct strip_line *line, double half,
                               struct paths *to)
{
    struct pen pen = {.half = half};
    TRY(paths_add(to, PATH_SHELL, line->points, &pen.to));
    (line->closed ? draw_border : draw_line)(&pen, line);
    return TERRAMIS_OK;
}
