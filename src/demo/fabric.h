/**
 * @file fabric.h
 * @brief Cuts land into parcels: convex pieces, split again and again, first
 * along what is there (boundary, banks, roads, rails, brooks), then across.
 */
#ifndef DEMO_FABRIC_H
#define DEMO_FABRIC_H

#include "demo/region.h"

/** A line that parcels should end at. */
struct cut {
    struct point a, b;
    bool hard; /**< they must */
};

/** Zero-initialise; free `at`. */
struct cuts {
    struct cut *at;
    size_t count, capacity;
};

enum terramis_status cuts_add(struct cuts *cuts, struct cut cut);

/** The part of `ring` (convex) on one side of the line from a to b: left for
 * side 1, right for -1. Both parts share their new points bit for bit. */
enum terramis_status fabric_part(const struct points *ring, struct point a,
                                 struct point b, double side,
                                 struct points *part);

/** Shares the cuts out between the two sides of the line from a to b. */
enum terramis_status cuts_split(const struct cuts *cuts, struct point a,
                                struct point b, struct cuts *left,
                                struct cuts *right);

/** Number, section and choice of the finished parcels. */
enum terramis_status fabric_finish(struct region *region);

#endif
