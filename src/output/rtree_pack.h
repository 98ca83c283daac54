/**
 * @file rtree_pack.h
 * @brief Fills an R-tree of SQLite in one go: boxes in the order of a Hilbert
 * curve, full nodes from the leaves to the root (Kamel and Faloutsos 1993).
 *
 * SQLite inserts boxes one after the other and splits nodes, ten times slower.
 * Its tables behind the virtual one are written directly, in the format that
 * its file rtree.c documents; `SELECT rtreecheck('name')` says whether it is
 * right. Needs 32 bytes of memory per box.
 */
#ifndef OUTPUT_RTREE_PACK_H
#define OUTPUT_RTREE_PACK_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "geo/rect.h"

struct rtree_item {
    int64_t id;
    float box[4]; /**< xmin, xmax, ymin, ymax, rounded outwards */
    uint32_t at;  /**< place on the Hilbert curve; then number of the node */
};

/** Zero-initialise. */
struct rtree_pack {
    struct rtree_item *items;
    size_t count, capacity;
    struct rect extent; /**< of all items, once there is one */
};

/** Adds a box; ids must grow. */
enum terramis_status rtree_pack_add(struct rtree_pack *pack, int64_t id,
                                    struct rect box);

/** Writes all boxes to the empty R-tree `table` of two dimensions, which this
 * connection has not read. Returns SQLite's code. */
int rtree_pack_write(struct rtree_pack *pack, sqlite3 *db, const char *table);

void rtree_pack_release(struct rtree_pack *pack);

#endif
