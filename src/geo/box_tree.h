/**
 * @file box_tree.h
 * @brief Which of many rectangles meet another: a packed tree of bounding
 * boxes, sixteen to a node, in the order of a Hilbert curve. Immutable, shared
 * by threads without locks; a query allocates nothing.
 */
#ifndef GEO_BOX_TREE_H
#define GEO_BOX_TREE_H

#include <stddef.h>

#include "base/status.h"
#include "geo/rect.h"

struct box_tree;

/** Indexes `count` finite rectangles, the first at `boxes`, each `stride`
 * bytes after the one before. They are copied, in the order of the tree.
 * box_tree_free() frees. */
enum terramis_status box_tree_new(struct box_tree **out,
                                  const struct rect *boxes, size_t stride,
                                  size_t count);
void box_tree_free(struct box_tree *tree);

/** Calls `found(index, data)` for each rectangle that meets `rect`, always in
 * the same order. */
void box_tree_query(const struct box_tree *tree, struct rect rect,
                    void (*found)(size_t index, void *data), void *data);

#endif
