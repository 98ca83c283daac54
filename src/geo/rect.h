/**
 * @file rect.h
 * @brief Axis-parallel rectangle in CRS units (metres in the project's CRS).
 */
#ifndef GEO_RECT_H
#define GEO_RECT_H

#include <math.h>
#include <stdbool.h>

struct rect {
    double xmin, ymin, xmax, ymax; /**< empty while xmin > xmax */
};

static inline struct rect rect_empty(void)
{
    return (struct rect){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

static inline bool rect_is_empty(struct rect r)
{
    return !(r.xmin <= r.xmax && r.ymin <= r.ymax);
}

/** Are all four sides numbers? Not so where it is empty. */
static inline bool rect_is_finite(struct rect r)
{
    return isfinite(r.xmin) && isfinite(r.ymin) && isfinite(r.xmax) &&
           isfinite(r.ymax);
}

static inline struct rect rect_union(struct rect a, struct rect b)
{
    return (struct rect){fmin(a.xmin, b.xmin), fmin(a.ymin, b.ymin),
                         fmax(a.xmax, b.xmax), fmax(a.ymax, b.ymax)};
}

/** Do the closed rectangles share a point? */
static inline bool rect_meets(struct rect a, struct rect b)
{
    return a.xmin <= b.xmax && b.xmin <= a.xmax && a.ymin <= b.ymax &&
           b.ymin <= a.ymax;
}

static inline struct rect rect_grow(struct rect r, double margin)
{
    return (struct rect){r.xmin - margin, r.ymin - margin, r.xmax + margin,
                         r.ymax + margin};
}

#endif
