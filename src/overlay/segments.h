/**
 * @file segments.h
 * @brief Immutable index over line segments for exact distances.
 *
 * A packed tree of bounding boxes: segments in the order of their midpoints
 * along a Hilbert curve (Kamel & Faloutsos 1993), eight to a group, eight
 * groups or nodes to a node. Shared by threads without locks.
 */
#ifndef OVERLAY_SEGMENTS_H
#define OVERLAY_SEGMENTS_H

#include <stddef.h>

#include "base/status.h"

struct segments;

/** Indexes n segments, each x1, y1, x2, y2 in `ends`, metres; a segment without
 * length is a point. Order, direction and duplicates do not matter to any
 * result. `ends` is copied. TERRAMIS_INPUT if a coordinate is not finite or
 * beyond 1e15. segments_free() frees. */
enum terramis_status segments_new(struct segments **out, const double *ends,
                                  size_t n);
void segments_free(struct segments *segments);

/** Number of distinct segments. */
size_t segments_count(const struct segments *segments);

/** A square of points: all within `half` metres of the centre along x and y. */
struct segments_square {
    double x, y, half;
};

/** Segments near a square, as a point a and a vector u to the other end.
 * Zero-initialise; grows by itself; segments_near_release() frees. */
struct segments_near {
    double *ax, *ay; /**< first end relative to the square's centre, metres */
    double *ux, *uy;
    size_t count;
    size_t capacity;
    size_t nearest;  /**< index of the segment nearest to the centre; stays
                          from call to call and is where the next one starts */
    double distance; /**< of that segment to the centre */
};

/**
 * Finds every segment that is the nearest one to some point of the square, and
 * few others. Long ones are cut to the part that can matter. The result
 * depends on the square alone (not on `near->nearest` as it was before).
 * There must be at least one segment.
 */
enum terramis_status segments_near(const struct segments *segments,
                                   struct segments_square square,
                                   struct segments_near *near);
void segments_near_release(struct segments_near *near);

#endif
