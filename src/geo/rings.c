#include "geo/rings.h"

#include <math.h>

void rings_turn(double *xy, size_t points)
{
    for (size_t i = 0, j = points - 1; i < j; i++, j--) {
        double x = xy[2 * i], y = xy[2 * i + 1];
        xy[2 * i] = xy[2 * j];
        xy[2 * i + 1] = xy[2 * j + 1];
        xy[2 * j] = x;
        xy[2 * j + 1] = y;
    }
}

bool rings_orient(double *xy, size_t points, bool shell)
{
    if (points < 4)
        return false;
    // Shoelace formula relative to the first point, against cancellation.
    double twice_area = 0;
    for (size_t i = 1; i + 1 < points; i++) {
        double ax = xy[2 * i] - xy[0], ay = xy[2 * i + 1] - xy[1];
        double bx = xy[2 * i + 2] - xy[0], by = xy[2 * i + 3] - xy[1];
        twice_area += ax * by - bx * ay;
    }
    if (shell ? twice_area <= 0 : twice_area >= 0)
        return false;
    rings_turn(xy, points);
    return true;
}

struct rect rings_bounds(const struct rings *rings)
{
    struct rect r = rect_empty();
    double not_finite = 0;
    if (rings->count == 0)
        return r;
    for (size_t i = rings->start[0]; i < rings->start[rings->count]; i++) {
        double x = rings->xy[2 * i], y = rings->xy[2 * i + 1];
        r.xmin = x < r.xmin ? x : r.xmin;
        r.xmax = x > r.xmax ? x : r.xmax;
        r.ymin = y < r.ymin ? y : r.ymin;
        r.ymax = y > r.ymax ? y : r.ymax;
        not_finite += x * 0 + y * 0; // NaN from then on
    }
    struct rect all = rect_grow((struct rect){0}, RINGS_LARGEST);
    bool usable = not_finite == 0 && r.xmin > all.xmin && r.xmax < all.xmax &&
                  r.ymin > all.ymin && r.ymax < all.ymax;
    return usable ? r : rect_empty();
}

/* Side of c seen from a to b: 1, -1, or 0 where rounding may decide. */
static int sure_side(const double *a, const double *b, const double *c)
{
    double left = (a[0] - c[0]) * (b[1] - c[1]);
    double right = (a[1] - c[1]) * (b[0] - c[0]);
    double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + 1e-290;
    double side = left - right;
    return side > bound ? 1 : side < -bound ? -1 : 0;
}

/* Edges a to b and b to c share b and surely nothing else. */
static bool corner_is_sure(const double *a, const double *b, const double *c)
{
    if (sure_side(a, b, c) != 0)
        return true;
    double x = (b[0] - a[0]) * (c[0] - b[0]);
    double y = (b[1] - a[1]) * (c[1] - b[1]);
    return x + y > 1e-15 * (fabs(x) + fabs(y)) + 1e-290; /* straight on */
}

/* Edges p to p + 1 and q to q + 1 surely have nothing in common. */
static inline bool surely_apart(const double *p, const double *q)
{
    if (fmax(p[0], p[2]) < fmin(q[0], q[2]) ||
        fmax(q[0], q[2]) < fmin(p[0], p[2]) ||
        fmax(p[1], p[3]) < fmin(q[1], q[3]) ||
        fmax(q[1], q[3]) < fmin(p[1], p[3]))
        return true;
    return sure_side(p, p + 2, q) * sure_side(p, p + 2, q + 2) > 0 ||
           sure_side(q, q + 2, p) * sure_side(q, q + 2, p + 2) > 0;
}

bool rings_surely_simple(const double *xy, size_t points)
{
    if (points < 4)
        return false;
    size_t edges = points - 1;
    for (size_t i = 0; i < edges; i++) {
        const double *edge = xy + 2 * i;
        const double *after = xy + 2 * (i + 1 < edges ? i + 2 : 1);
        if (!corner_is_sure(edge, edge + 2, after))
            return false;
        size_t last = i == 0 ? edges - 1 : edges; /* the neighbour before */
        for (size_t k = i + 2; k < last; k++)
            if (!surely_apart(edge, xy + 2 * k))
                return false;
    }
    return true;
}
