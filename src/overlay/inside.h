/**
 * @file inside.h
 * @brief Which cell centres lie inside polygons.
 */
#ifndef OVERLAY_INSIDE_H
#define OVERLAY_INSIDE_H

#include "geo/grid.h"
#include "overlay/lattice.h"

/** What counts as inside where rings overlap. */
enum inside_rule {
    INSIDE_NON_ZERO, /**< inside any of many polygons (oriented rings, at most
                          255 over one place) */
    INSIDE_EVEN_ODD  /**< inside an odd number of rings, however they turn */
};

/**
 * Sets mark[row * nx + col] to 1 where the centre of the cell of `tile` lies
 * inside `rings`, else to 0. A centre on an edge belongs to the polygon to its
 * east (on a level edge: to the one to its south): polygons that share edges
 * share out the centres, none twice, none left. The same in every tiling, as
 * mosaic.h. Rings that are not finite count as empty.
 */
void inside_mark(const struct rings *rings, const struct grid *tile,
                 enum inside_rule rule, unsigned char *mark);

#endif
