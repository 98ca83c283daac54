/**
 * @file placement.h
 * @brief Room for names on a map: none overlaps another.
 */
#ifndef OUTPUT_PLACEMENT_H
#define OUTPUT_PLACEMENT_H

#include "output/canvas.h"

struct placement {
    struct box frame;  /**< names stay inside */
    struct box *taken; /**< owned */
    size_t count, room;
};

/** Marks room as taken, whatever is there. */
enum terramis_status placement_take(struct placement *placement,
                                    struct box box);

/** Finds and takes room for w x h mm at x, y (its middle) or next to it: above,
 * below, to the right, to the left. Sets *found to false where there is none.
 */
enum terramis_status placement_find(struct placement *placement, double x,
                                    double y, double w, double h,
                                    struct box *box, bool *found);

/** Takes all of the boxes, such as the pieces of a slanting name, where all are
 * free; else none, and *found is false. */
enum terramis_status placement_try(struct placement *placement,
                                   const struct box *boxes, size_t count,
                                   bool *found);

void placement_release(struct placement *placement);

#endif
