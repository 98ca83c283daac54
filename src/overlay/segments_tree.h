/**
 * @file segments_tree.h
 * @brief The inside of struct segments, shared by its builder (segments.c) and
 * its search (segments_near.c).
 */
#ifndef OVERLAY_SEGMENTS_TREE_H
#define OVERLAY_SEGMENTS_TREE_H

#include "overlay/segments.h"

enum {
    FANOUT = 8,     /**< segments in a group, children of a node */
    MAX_LEVELS = 24 /**< 8^24 segments */
};

/** Eight segments; the last group repeats its last segment as padding. */
struct group {
    double x[FANOUT], y[FANOUT];   /**< first end, metres */
    double ux[FANOUT], uy[FANOUT]; /**< to the other end */
    double inv[FANOUT];            /**< 1 / length^2, 0 for a point */
};

/** The boxes of eight children. */
struct node {
    double xmin[FANOUT], ymin[FANOUT], xmax[FANOUT], ymax[FANOUT];
};

struct segments {
    struct group *groups;
    struct node *nodes;       /**< level 0 first, the root last */
    size_t count;             /**< segments */
    int levels;               /**< of nodes; at least 1 while count > 0 */
    size_t start[MAX_LEVELS]; /**< first node of a level */
    size_t below[MAX_LEVELS]; /**< children of a level's nodes in all:
                                   groups for level 0, else nodes */
};

#endif
