#include "output/rtree_pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/row_pack.h"

enum {
    NODE_HEAD = 4,  /* depth, count: two bytes each */
    NODE_CELL = 24, /* id, four floats */
    CURVE_BITS = 16
};

/* The two tables of nodes being written, and the size of their blobs. */
struct writer {
    sqlite3_stmt *node, *parent;
    unsigned char *blob;
    size_t blob_size, cells_max;
};

/* The float next to `value` on the side of `sign`, as SQLite rounds: never
 * inwards. */
static float outwards(double value, int sign)
{
    float f = (float)value;
    double step = sign * (value < 0 ? -1.0 : 1.0) / 8388608.0;
    if ((sign < 0 && (double)f > value) || (sign > 0 && (double)f < value))
        f = (float)(value * (1.0 + step));
    return f;
}

enum terramis_status rtree_pack_add(struct rtree_pack *pack, int64_t id,
                                    struct rect box)
{
    TRY(mem_grow(&pack->items, &pack->capacity, pack->count,
                 sizeof *pack->items));
    pack->extent = pack->count ? rect_union(pack->extent, box) : box;
    pack->items[pack->count++] = (struct rtree_item){
        .id = id,
        .box = {outwards(box.xmin, -1), outwards(box.xmax, 1),
                outwards(box.ymin, -1), outwards(box.ymax, 1)}};
    return TERRAMIS_OK;
}

void rtree_pack_release(struct rtree_pack *pack)
{
    free(pack->items);
    *pack = (struct rtree_pack){0};
}

/* Place of the cell (x, y) of 2^16 x 2^16 on the Hilbert curve. */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t at = 0;
    for (uint32_t s = 1U << (CURVE_BITS - 1); s > 0; s >>= 1) {
        uint32_t rx = (x & s) != 0, ry = (y & s) != 0;
        at += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = (1U << CURVE_BITS) - 1 - x;
                y = (1U << CURVE_BITS) - 1 - y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return at;
}

/* 0..65535 along `size` from `from`. */
static uint32_t step_of(double low, double high, double from, double size)
{
    double share = size > 0 ? ((low + high) / 2 - from) / size : 0;
    double step = share * ((1 << CURVE_BITS) - 1);
    return step <= 0                       ? 0
           : step >= (1 << CURVE_BITS) - 1 ? (1U << CURVE_BITS) - 1
                                           : (uint32_t)step;
}

static void place(struct rtree_pack *pack)
{
    struct rect e = pack->extent;
    for (size_t i = 0; i < pack->count; i++) {
        struct rtree_item *item = &pack->items[i];
        const float *b = item->box;
        item->at = hilbert(
            step_of((double)b[0], (double)b[1], e.xmin, e.xmax - e.xmin),
            step_of((double)b[2], (double)b[3], e.ymin, e.ymax - e.ymin));
    }
}

static int by_place(const void *a, const void *b)
{
    const struct rtree_item *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
    const struct rtree_item *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void put_cell(unsigned char *to, const struct rtree_item *item)
{
    row_pack_put(to, (uint64_t)item->id, 8);
    for (size_t i = 0; i < 4; i++) {
        uint32_t bits;
        memcpy(&bits, &item->box[i], sizeof bits);
        row_pack_put(to + 8 + 4 * i, bits, 4);
    }
}

static int insert(sqlite3_stmt *statement)
{
    int rc = sqlite3_step(statement);
    return rc == SQLITE_DONE ? sqlite3_reset(statement) : rc;
}

/* Node number `number` of `count` items; `depth` counts for the root only. */
static int write_node(struct writer *w, int64_t number, int depth,
                      const struct rtree_item *items, size_t count)
{
    memset(w->blob, 0, w->blob_size);
    if (number == 1)
        row_pack_put(w->blob, (uint64_t)depth, 2);
    row_pack_put(w->blob + 2, count, 2);
    for (size_t i = 0; i < count; i++)
        put_cell(w->blob + NODE_HEAD + i * NODE_CELL, &items[i]);
    sqlite3_bind_int64(w->node, 1, number);
    sqlite3_bind_blob(w->node, 2, w->blob, (int)w->blob_size, SQLITE_STATIC);
    return insert(w->node);
}

static int write_parent(struct writer *w, int64_t node, int64_t parent)
{
    sqlite3_bind_int64(w->parent, 1, node);
    sqlite3_bind_int64(w->parent, 2, parent);
    return insert(w->parent);
}

/* The item that stands for `count` others in the node above. */
static struct rtree_item cover(const struct rtree_item *items, size_t count,
                               int64_t number)
{
    struct rtree_item all = items[0];
    all.id = number;
    for (size_t i = 1; i < count; i++)
        for (int k = 0; k < 4; k += 2) {
            const float *b = items[i].box;
            all.box[k] = b[k] < all.box[k] ? b[k] : all.box[k];
            all.box[k + 1] =
                b[k + 1] > all.box[k + 1] ? b[k + 1] : all.box[k + 1];
        }
    return all;
}

/* Writes the nodes of one level and puts what covers them in `above`. Items
 * remember the node they are in: leaves in `at`, nodes in the parents' table.
 * A level that fits into one node is the root. */
static int write_level(struct writer *w, struct rtree_item *items, size_t count,
                       int depth, int64_t *next, struct rtree_item *above)
{
    int rc = SQLITE_OK;
    size_t nodes = (count + w->cells_max - 1) / w->cells_max;
    for (size_t n = 0; n < nodes && rc == SQLITE_OK; n++) {
        /* even shares: no node is nearly empty */
        size_t first = n * count / nodes, last = (n + 1) * count / nodes;
        int64_t number = nodes == 1 ? 1 : (*next)++;
        rc = write_node(w, number, depth, items + first, last - first);
        above[n] = cover(items + first, last - first, number);
        for (size_t i = first; i < last && rc == SQLITE_OK; i++)
            if (depth == 0)
                items[i].at = (uint32_t)number;
            else
                rc = write_parent(w, items[i].id, number);
    }
    return rc;
}

static int write_tree(struct writer *w, struct rtree_pack *pack,
                      struct rtree_item *above)
{
    struct rtree_item *items = pack->items;
    size_t count = pack->count;
    int64_t next = 2; /* 1 is the root */
    int rc = SQLITE_OK;
    for (int depth = 0; rc == SQLITE_OK; depth++) {
        size_t nodes = (count + w->cells_max - 1) / w->cells_max;
        rc = write_level(w, items, count, depth, &next, above);
        if (nodes == 1)
            break;
        items = above; /* the level above takes over the front of the array */
        count = nodes;
        above += nodes;
    }
    return rc;
}

static int prepare(sqlite3 *db, const char *format, const char *table,
                   sqlite3_stmt **statement)
{
    char *sql = sqlite3_mprintf(format, table);
    int rc =
        sql ? sqlite3_prepare_v2(db, sql, -1, statement, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    return rc;
}

/* SQLite has made the root, and knows how long a node is. */
static int node_size(sqlite3 *db, const char *table, size_t *size)
{
    sqlite3_stmt *query = NULL;
    int rc =
        prepare(db, "SELECT length(data) FROM \"%w_node\" WHERE nodeno = 1",
                table, &query);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(query) == SQLITE_ROW ? SQLITE_OK : SQLITE_CORRUPT;
    if (rc == SQLITE_OK)
        *size = (size_t)sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return rc == SQLITE_OK && *size < NODE_HEAD + 2 * NODE_CELL ? SQLITE_CORRUPT
                                                                : rc;
}

static int write_nodes(struct rtree_pack *pack, sqlite3 *db, const char *table)
{
    struct writer w = {0};
    struct rtree_item *above = NULL;
    int rc = node_size(db, table, &w.blob_size);
    w.cells_max = rc == SQLITE_OK ? (w.blob_size - NODE_HEAD) / NODE_CELL : 1;
    if (rc == SQLITE_OK)
        rc = prepare(db, "INSERT OR REPLACE INTO \"%w_node\" VALUES (?, ?)",
                     table, &w.node);
    if (rc == SQLITE_OK)
        rc = prepare(db, "INSERT INTO \"%w_parent\" VALUES (?, ?)", table,
                     &w.parent);
    /* a level has at most half the nodes of the one beneath */
    size_t nodes = 2 * (pack->count / w.cells_max + 1) + 64;
    if (rc == SQLITE_OK &&
        (mem_new(&w.blob, w.blob_size, 1) != TERRAMIS_OK ||
         mem_new(&above, nodes, sizeof *above) != TERRAMIS_OK))
        rc = SQLITE_NOMEM;
    if (rc == SQLITE_OK)
        rc = write_tree(&w, pack, above);
    sqlite3_finalize(w.node);
    sqlite3_finalize(w.parent);
    free(above);
    free(w.blob);
    return rc;
}

/* Which leaf each item is in. */
static int write_leaves(struct rtree_pack *pack, sqlite3 *db, const char *table)
{
    sqlite3_stmt *row = NULL;
    int rc = prepare(db, "INSERT INTO \"%w_rowid\" VALUES (?, ?)", table, &row);
    for (size_t i = 0; i < pack->count && rc == SQLITE_OK; i++) {
        sqlite3_bind_int64(row, 1, pack->items[i].id);
        sqlite3_bind_int64(row, 2, pack->items[i].at);
        rc = insert(row);
    }
    sqlite3_finalize(row);
    return rc;
}

int rtree_pack_write(struct rtree_pack *pack, sqlite3 *db, const char *table)
{
    if (pack->count == 0)
        return SQLITE_OK;
    place(pack);
    qsort(pack->items, pack->count, sizeof *pack->items, by_place);
    int rc = write_nodes(pack, db, table);
    qsort(pack->items, pack->count, sizeof *pack->items, by_id);
    return rc == SQLITE_OK ? write_leaves(pack, db, table) : rc;
}
