#include "demo/region.h"

#include <stdlib.h>

/* Numbers of the main roads: a road goes straight on at a junction, from one
 * line to the next of its rank. */

struct end {
    struct point at, before; /* an end of a line, and the point next to it */
};

static struct end end_of(const struct feature *f, bool last)
{
    const struct ring *line = &f->shape.rings[0];
    size_t n = line->count;
    return last ? (struct end){line->at[n - 1], line->at[n - 2]}
                : (struct end){line->at[0], line->at[1]};
}

/* Cosine of the angle between the way to `a` and the way on from `b`. */
static double straightness(struct end a, struct end b)
{
    double ax = a.at.x - a.before.x, ay = a.at.y - a.before.y;
    double bx = b.before.x - b.at.x, by = b.before.y - b.at.y;
    return (ax * bx + ay * by) /
           sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
}

/* The line without a number that goes on best from `from`, or NULL; *last: it
 * is joined by its last point. */
static struct feature *next_line(struct feature_list *roads, struct end from,
                                 int rank, bool *last)
{
    const double near = 1; /* metres */
    struct feature *best = NULL;
    double most = 0; /* no more than a right angle */
    for (size_t i = 0; i < roads->count; i++) {
        struct feature *f = &roads->at[i];
        for (int side = 0; f->rank == rank && !f->number && side < 2; side++) {
            struct end end = end_of(f, side);
            if (point_distance(end.at, from.at) > near ||
                straightness(from, end) <= most)
                continue;
            most = straightness(from, end);
            best = f;
            *last = side;
        }
    }
    return best;
}

static void number_along(struct feature_list *roads, struct feature *first,
                         int number)
{
    first->number = number;
    for (int side = 0; side < 2; side++) {
        struct end end = end_of(first, side);
        bool last;
        struct feature *f;
        while ((f = next_line(roads, end, first->rank, &last))) {
            f->number = number;
            end = end_of(f, !last);
        }
    }
}

void number_roads(struct region *region)
{
    const int lowest = 901;
    struct feature_list *roads = &region->features[FEATURE_ROAD];
    int next = lowest;
    for (int rank = 1; rank <= 3; rank++)
        for (size_t i = 0; i < roads->count; i++)
            if (roads->at[i].rank == rank && !roads->at[i].number)
                number_along(roads, &roads->at[i], next++);
}
