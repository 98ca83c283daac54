#include "demo/fabric.h"

/* Metres within which a cut counts as lying on the line of another. */
static const double soft_width = 3, hard_width = 0.01;

enum terramis_status cuts_add(struct cuts *cuts, struct cut cut)
{
    if (point_distance(cut.a, cut.b) < 0.05)
        return TERRAMIS_OK;
    TRY(mem_grow(&cuts->at, &cuts->capacity, cuts->count, sizeof *cuts->at));
    cuts->at[cuts->count++] = cut;
    return TERRAMIS_OK;
}

/* Metres from the line a-b, positive to its left. */
static double beside(struct point a, struct point b, struct point p)
{
    double dx = b.x - a.x, dy = b.y - a.y, d = sqrt(dx * dx + dy * dy);
    return (dx * (p.y - a.y) - dy * (p.x - a.x)) / d;
}

static struct point meeting(struct point p, double at_p, struct point q,
                            double at_q)
{
    double t = at_p / (at_p - at_q);
    return (struct point){p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)};
}

enum terramis_status fabric_part(const struct points *ring, struct point a,
                                 struct point b, double side,
                                 struct points *part)
{
    part->count = 0;
    for (size_t i = 0; i < ring->count; i++) {
        struct point p = ring->at[i], q = ring->at[(i + 1) % ring->count];
        double at_p = beside(a, b, p), at_q = beside(a, b, q);
        if (side * at_p >= 0)
            TRY(points_add(part, p.x, p.y));
        if ((at_p > 0 && at_q < 0) || (at_p < 0 && at_q > 0)) {
            struct point m = at_p > 0 ? meeting(p, at_p, q, at_q)
                                      : meeting(q, at_q, p, at_p);
            TRY(points_add(part, m.x, m.y));
        }
    }
    return TERRAMIS_OK;
}

enum terramis_status cuts_split(const struct cuts *cuts, struct point a,
                                struct point b, struct cuts *left,
                                struct cuts *right)
{
    for (size_t i = 0; i < cuts->count; i++) {
        struct cut c = cuts->at[i];
        double at_a = beside(a, b, c.a), at_b = beside(a, b, c.b);
        double width = c.hard ? hard_width : soft_width;
        if (fabs(at_a) <= width && fabs(at_b) <= width)
            continue;
        if (at_a >= -hard_width && at_b >= -hard_width) {
            TRY(cuts_add(left, c));
        } else if (at_a <= hard_width && at_b <= hard_width) {
            TRY(cuts_add(right, c));
        } else {
            struct point m = meeting(c.a, at_a, c.b, at_b);
            struct cut first = {c.a, m, c.hard}, second = {m, c.b, c.hard};
            TRY(cuts_add(at_a > 0 ? left : right, first));
            TRY(cuts_add(at_a > 0 ? right : left, second));
        }
    }
    return TERRAMIS_OK;
}
