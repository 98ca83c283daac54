/**
 * @file strip.h
 * @brief The strip along a line or around a polygon, round ends and joins,
 * drawn directly where that is certain: shape_buffer() without building and
 * noding a graph.
 *
 * The outline follows a line at `half` metres on either side, a polygon on the
 * outside. Where the line turns away from it, an arc joins two sides; where it
 * turns towards it, they end where they meet. That is the whole border of the
 * buffer if, and only if, no side is used up by its two ends and no two fronts
 * meet while the strip grows from 0 to `half` (strip.c says why). Arcs are
 * drawn with GEOS's vertices, and
 * the outline begins where GEOS's does.
 */
#ifndef LAYER_STRIP_H
#define LAYER_STRIP_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/paths.h"

enum {
    STRIP_POINTS = 256 /**< of lines drawn directly, at most */
};

/** A line, or a polygon's border, prepared for strips of any width. */
struct strip_line {
    bool closed; /**< a border: the last node is the first one again */
    bool turned; /**< it was the other way round */
    size_t segments;
    double farthest; /**< absolute value of a coordinate, at most */
    size_t points;   /**< of the outline, which is closed */
    struct strip_node {
        double x, y;
        /* of the segment to the next node */
        double ux, uy, length; /**< direction; metres */
        double at;             /**< metres along the line */
        /* of the turn here, 0 at the ends of a line */
        double tangent;      /**< of half the turn, positive to the left */
        double cosine, sine; /**< of the step of the outer arc */
        size_t arcs;         /**< steps of it; 0: one point will do */
    } nodes[STRIP_POINTS];
};

/** Prepares an open line, or a polygon of one ring that neither crosses nor
 * touches itself, turned as rings.h wants it; false: not one that can be drawn
 * (it has several parts, no length, too many points or one that is not finite,
 * or turns back on itself). */
bool strip_line_set(struct strip_line *line, struct path_range from);

/** Is its outline surely simple and the border of the buffer? */
bool strip_fits(const struct strip_line *line, double half);

/** Appends the outline, a shell turned as rings.h wants it. It must fit. */
enum terramis_status strip_add(const struct strip_line *line, double half,
                               struct paths *to);

#endif
