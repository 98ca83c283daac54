#include "geo/measure.h"

/* Point `i` of a path in the order in which the source had it, so that sums
 * round as GEOS's do. */
static const double *point_of(const struct paths *paths, size_t path, size_t i)
{
    bool turned = paths->kind[path] & PATH_TURNED;
    return paths->xy + 2 * (turned ? paths->start[path + 1] - 1 - i
                                   : paths->start[path] + i);
}

/* Signed: positive where the ring is clockwise. */
static double ring_area(const struct paths *paths, size_t path)
{
    size_t points = paths->start[path + 1] - paths->start[path];
    double sum = 0;
    if (points < 3)
        return 0;
    const double *p0 = point_of(paths, path, 0);
    const double *p1 = point_of(paths, path, 1);
    double x0 = p0[0];
    for (size_t i = 1; i + 1 < points; i++) {
        const double *p2 = point_of(paths, path, i + 1);
        sum += (p1[0] - x0) * (p0[1] - p2[1]);
        p0 = p1;
        p1 = p2;
    }
    return sum / 2;
}

/* Adds the moments of a ring's triangles about `base`, shells and holes with
 * opposite signs as they turn. */
static void add_moments(const struct paths *paths, size_t path,
                        const double *base, double moments[3])
{
    const double *end = paths->xy + 2 * (paths->start[path + 1] - 1);
    for (const double *p = paths->xy + 2 * paths->start[path]; p < end;
         p += 2) {
        double ax = p[0] - base[0], ay = p[1] - base[1];
        double bx = p[2] - base[0], by = p[3] - base[1];
        double twice = ax * by - bx * ay;
        moments[0] += twice;
        moments[1] += twice * (ax + bx);
        moments[2] += twice * (ay + by);
    }
}

double measure_area(struct path_range range, double *x, double *y)
{
    const struct paths *paths = range.paths;
    const double *base = paths->xy + 2 * paths->start[range.first];
    double area = 0, polygon = 0, moments[3] = {0};
    for (size_t i = range.first; i < range.first + range.count; i++) {
        enum path_kind kind = paths_kind(paths, i);
        if (kind > PATH_HOLE)
            break;
        if (kind == PATH_SHELL) {
            area += polygon; /* polygon by polygon, as GEOS adds them */
            polygon = fabs(ring_area(paths, i));
        } else {
            polygon -= fabs(ring_area(paths, i));
        }
        add_moments(paths, i, base, moments);
    }
    bool flat = moments[0] == 0;
    *x = base[0] + (flat ? 0 : moments[1] / (3 * moments[0]));
    *y = base[1] + (flat ? 0 : moments[2] / (3 * moments[0]));
    return area + polygon;
}

bool measure_contains(struct path_range range, double x, double y)
{
    const struct paths *paths = range.paths;
    bool inside = false;
    for (size_t i = range.first; i < range.first + range.count; i++) {
        if (paths_kind(paths, i) > PATH_HOLE)
            break;
        const double *end = paths->xy + 2 * (paths->start[i + 1] - 1);
        for (const double *p = paths->xy + 2 * paths->start[i]; p < end; p += 2)
            if ((p[1] > y) != (p[3] > y) &&
                x < p[0] + (y - p[1]) / (p[3] - p[1]) * (p[2] - p[0]))
                inside = !inside;
    }
    return inside;
}

static double between(const double *p, const double *q)
{
    double dx = p[0] - q[0], dy = p[1] - q[1];
    return sqrt(dx * dx + dy * dy);
}

/* Distance of p to the segment from a to b. */
static double to_segment(const double *p, const double *a, const double *b)
{
    double ux = b[0] - a[0], uy = b[1] - a[1];
    double length2 = ux * ux + uy * uy;
    if (length2 == 0)
        return between(p, a);
    double r = ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy) / length2;
    if (r <= 0)
        return between(p, a);
    if (r >= 1)
        return between(p, b);
    double s = ((a[1] - p[1]) * ux - (a[0] - p[0]) * uy) / length2;
    return fabs(s) * sqrt(length2);
}

/* Do the segments from a to b and from c to d cross? */
static bool cross(const double *a, const double *b, const double *c,
                  const double *d)
{
    double ux = b[0] - a[0], uy = b[1] - a[1];
    double vx = d[0] - c[0], vy = d[1] - c[1];
    double wx = a[0] - c[0], wy = a[1] - c[1];
    double denominator = ux * vy - uy * vx;
    if (denominator == 0)
        return false;
    double r = (wy * vx - wx * vy) / denominator;
    double s = (wy * ux - wx * uy) / denominator;
    return r >= 0 && r <= 1 && s >= 0 && s <= 1;
}

static struct rect segment_box(const double *p, const double *q)
{
    return (struct rect){p[0] < q[0] ? p[0] : q[0], p[1] < q[1] ? p[1] : q[1],
                         p[0] < q[0] ? q[0] : p[0], p[1] < q[1] ? q[1] : p[1]};
}

bool measure_segments_within(const double *a, const double *b, const double *c,
                             const double *d, double distance)
{
    return to_segment(a, c, d) <= distance || to_segment(b, c, d) <= distance ||
           to_segment(c, a, b) <= distance || to_segment(d, a, b) <= distance ||
           cross(a, b, c, d);
}

/* Calls test() for every segment of a geometry; a point is one without length.
 * true: some call was. */
static bool any_segment(struct path_range range,
                        bool (*test)(const double *p, const double *q,
                                     const void *data),
                        const void *data)
{
    const struct paths *paths = range.paths;
    for (size_t i = range.first; i < range.first + range.count; i++) {
        const double *p = paths->xy + 2 * paths->start[i];
        const double *last = paths->xy + 2 * (paths->start[i + 1] - 1);
        if (p == last && test(p, p, data))
            return true;
        for (; p < last; p += 2)
            if (test(p, p + 2, data))
                return true;
    }
    return false;
}

struct nearing {
    struct path_range other;
    struct rect extent; /* of the other, grown by the distance */
    const double *p, *q;
    struct rect box; /* of p to q, grown */
    double distance;
};

static bool segment_is_near(const double *p, const double *q, const void *data)
{
    const struct nearing *n = data;
    return rect_meets(n->box, segment_box(p, q)) &&
           measure_segments_within(p, q, n->p, n->q, n->distance);
}

static bool other_is_near(const double *p, const double *q, const void *data)
{
    struct nearing n = *(const struct nearing *)data;
    struct rect box = segment_box(p, q);
    if (!rect_meets(box, n.extent))
        return false;
    n.p = p;
    n.q = q;
    n.box = rect_grow(box, n.distance);
    return any_segment(n.other, segment_is_near, &n);
}

/* Is the first point of one of its parts inside the polygons? */
static bool part_inside(struct path_range parts, struct path_range polygons)
{
    const struct paths *paths = parts.paths;
    for (size_t i = parts.first; i < parts.first + parts.count; i++) {
        const double *p = paths->xy + 2 * paths->start[i];
        if (paths_kind(paths, i) != PATH_HOLE &&
            measure_contains(polygons, p[0], p[1]))
            return true;
    }
    return false;
}

bool measure_within(struct path_range a, struct rect a_extent,
                    struct path_range b, struct rect b_extent, double distance)
{
    struct nearing n = {.other = b,
                        .extent = rect_grow(b_extent, distance),
                        .distance = distance};
    if (!rect_meets(a_extent, n.extent))
        return false;
    return any_segment(a, other_is_near, &n) || part_inside(a, b) ||
           part_inside(b, a);
}
