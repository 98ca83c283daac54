#include "output/vector_rows.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/gpkg_blob.h"
#include "output/row_pack.h"
#include "output/rtree_pack.h"
#include "output/table_pack.h"

/* A row of a batch. */
struct packed {
    size_t size;
    struct rect extent; /* of the geometry; empty: none */
};

struct vector_batch {
    struct bytes bytes; /* rows, one after the other */
    struct packed *rows;
    size_t count, room;
    struct row_pack row;
    struct gpkg_blob blob;
};

struct vector_rows {
    const char *path;
    struct vector_layer layer; /* a copy: the last rows come later */
    sqlite3 *db;               /* or `pack`: never both have the file open */
    struct table_pack *pack;
    int32_t srs_id;
    int64_t count;
    struct rect extent;
    struct rtree_pack index;
    struct text triggers; /* SQL that makes them again */
};

static const enum wkb_type wkb_types[] = {
    [VECTOR_POINT] = WKB_POINT,
    [VECTOR_LINE] = WKB_LINE,
    [VECTOR_POLYGON] = WKB_POLYGON,
    [VECTOR_MULTILINE] = WKB_MULTILINE,
    [VECTOR_MULTIPOLYGON] = WKB_MULTIPOLYGON,
};

static enum terramis_status problem(const struct vector_rows *rows)
{
    return status_set(TERRAMIS_OUTPUT, _("%s: layer %s cannot be written: %s"),
                      rows->path, rows->layer.name, sqlite3_errmsg(rows->db));
}

void vector_rows_cancel(struct vector_rows *rows)
{
    if (!rows)
        return;
    table_pack_cancel(rows->pack);
    sqlite3_close(rows->db);
    rtree_pack_release(&rows->index);
    text_release(&rows->triggers);
    free(rows);
}

/* Runs `format` with texts as sqlite3_mprintf() wants them: %w in "", %Q. */
static enum terramis_status run(const struct vector_rows *rows,
                                const char *format, const char *a,
                                const char *b)
{
    char *sql = sqlite3_mprintf(format, a, b);
    if (!sql)
        return status_no_memory();
    int rc = sqlite3_exec(rows->db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return rc == SQLITE_OK ? TERRAMIS_OK : problem(rows);
}

/* The statement of `format` about the layer. */
static enum terramis_status prepare(const struct vector_rows *rows,
                                    const char *format,
                                    sqlite3_stmt **statement)
{
    char *sql = sqlite3_mprintf(format, rows->layer.name);
    if (!sql)
        return status_no_memory();
    int rc = sqlite3_prepare_v2(rows->db, sql, -1, statement, NULL);
    sqlite3_free(sql);
    return rc == SQLITE_OK ? TERRAMIS_OK : problem(rows);
}

/* The number that `format` asks for about the layer. */
static enum terramis_status ask(const struct vector_rows *rows,
                                const char *format, int64_t *number)
{
    sqlite3_stmt *query = NULL;
    TRY(prepare(rows, format, &query));
    bool fine = sqlite3_step(query) == SQLITE_ROW;
    *number = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return fine ? TERRAMIS_OK : problem(rows);
}

/* They call functions that SQLite alone has not, and once per row. */
static enum terramis_status drop_triggers(struct vector_rows *rows)
{
    sqlite3_stmt *query = NULL;
    struct text drops = {0};
    TRY(prepare(rows,
                "SELECT 'DROP TRIGGER \"' || replace(name, '\"', '\"\"') || "
                "'\"', sql FROM sqlite_master WHERE type = 'trigger' AND "
                "tbl_name = %Q",
                &query));
    int rc;
    while ((rc = sqlite3_step(query)) == SQLITE_ROW) {
        text_addf(&drops, "%s;\n", (const char *)sqlite3_column_text(query, 0));
        text_addf(&rows->triggers, "%s;\n",
                  (const char *)sqlite3_column_text(query, 1));
    }
    sqlite3_finalize(query);
    enum terramis_status status =
        rc == SQLITE_DONE ? text_status(&drops) : problem(rows);
    if (status == TERRAMIS_OK)
        status = text_status(&rows->triggers);
    if (status == TERRAMIS_OK &&
        sqlite3_exec(rows->db, text_get(&drops), NULL, NULL, NULL) != SQLITE_OK)
        status = problem(rows);
    text_release(&drops);
    return status;
}

/* A file that is not finished is removed, so it needs no journal; it is handed
 * to the disk at the very end. */
static enum terramis_status open_db(struct vector_rows *rows)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX; /* one thread */
    if (sqlite3_open_v2(rows->path, &rows->db, flags, NULL) != SQLITE_OK)
        return problem(rows);
    return run(rows,
               "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; "
               "PRAGMA locking_mode = EXCLUSIVE; BEGIN",
               NULL, NULL);
}

static enum terramis_status close_db(struct vector_rows *rows)
{
    TRY(run(rows, "COMMIT", NULL, NULL));
    if (sqlite3_close(rows->db) != SQLITE_OK)
        return problem(rows);
    rows->db = NULL;
    return TERRAMIS_OK;
}

static enum terramis_status begin(struct vector_rows *rows)
{
    int64_t srs_id = 0, root;
    TRY(open_db(rows));
    if (rows->layer.geometry != VECTOR_TABLE)
        TRY(ask(rows,
                "SELECT srs_id FROM gpkg_geometry_columns "
                "WHERE table_name = %Q",
                &srs_id));
    rows->srs_id = (int32_t)srs_id;
    TRY(ask(rows,
            "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND "
            "name = %Q",
            &root));
    TRY(drop_triggers(rows));
    TRY(close_db(rows));
    return table_pack_open(rows->path, (uint32_t)root, TABLE_PACK_LOCKED,
                           &rows->pack);
}

enum terramis_status vector_rows_open(const char *path,
                                      const struct vector_layer *layer,
                                      struct vector_rows **out)
{
    struct vector_rows *rows;
    TRY(mem_new(&rows, 1, sizeof *rows));
    rows->path = path;
    rows->layer = *layer;
    rows->extent = rect_empty();
    enum terramis_status status = begin(rows);
    if (status != TERRAMIS_OK) {
        vector_rows_cancel(rows);
        rows = NULL;
    }
    *out = rows;
    return status;
}

static void add_date(struct row_pack *row, const char *text)
{
    long d[3];
    char date[16];
    if (!text_scan(text, "#4-#2-#2", d)) {
        row_pack_null(row);
        return;
    }
    snprintf(date, sizeof date, "%04d-%02d-%02d", (int)d[0] % 10000,
             (int)d[1] % 100, (int)d[2] % 100);
    row_pack_text(row, date, strlen(date));
}

static void add_value(struct row_pack *row, enum vector_type type,
                      const struct vector_value *value)
{
    if (!value->set) {
        row_pack_null(row);
        return;
    }
    switch (type) {
    case VECTOR_TEXT:
        row_pack_text(row, value->text, strlen(value->text));
        break;
    case VECTOR_INTEGER:
    case VECTOR_BOOLEAN:
        row_pack_integer(row, value->integer);
        break;
    case VECTOR_REAL:
        row_pack_real(row, value->real);
        break;
    case VECTOR_DATE:
        add_date(row, value->text);
        break;
    }
}

/* Columns: fid, which the row's number stands for, the geometry if there is
 * one, the fields. */
static enum terramis_status add_row(struct vector_batch *batch,
                                    const struct vector_layer *layer,
                                    const struct gpkg_blob *blob,
                                    const struct vector_value *values)
{
    struct row_pack *row = &batch->row;
    size_t before = batch->bytes.size;
    TRY(mem_grow(&batch->rows, &batch->room, batch->count,
                 sizeof *batch->rows));
    row_pack_begin(row);
    row_pack_null(row);
    if (blob)
        row_pack_blob(row, blob->at, blob->size);
    else if (layer->geometry != VECTOR_TABLE)
        row_pack_null(row);
    for (size_t i = 0; i < layer->field_count; i++)
        add_value(row, layer->fields[i].type, &values[i]);
    TRY(row_pack_end(row, &batch->bytes));
    batch->rows[batch->count++] = (struct packed){
        batch->bytes.size - before, blob ? blob->extent : rect_empty()};
    return TERRAMIS_OK;
}

static enum terramis_status no_geometry(const struct vector_rows *rows,
                                        const struct vector_batch *batch)
{
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: layer %s, feature %" PRId64
                        ": the geometry is not WKB of the layer's type"),
                      rows->path, rows->layer.name,
                      rows->count + (int64_t)batch->count + 1);
}

enum terramis_status vector_batch_add(struct vector_batch *batch,
                                      const struct vector_rows *rows,
                                      const void *wkb, size_t size,
                                      const struct vector_value *values)
{
    const struct vector_layer *layer = &rows->layer;
    bool has = wkb && layer->geometry != VECTOR_TABLE;
    if (has && !gpkg_blob_make(&batch->blob, wkb, size,
                               wkb_types[layer->geometry], rows->srs_id))
        return no_geometry(rows, batch);
    return add_row(batch, layer, has ? &batch->blob : NULL, values);
}

enum terramis_status vector_batch_add_paths(struct vector_batch *batch,
                                            const struct vector_rows *rows,
                                            struct path_range paths,
                                            const struct vector_value *values)
{
    if (rows->layer.geometry != VECTOR_MULTIPOLYGON)
        return no_geometry(rows, batch);
    TRY(gpkg_blob_polygons(&batch->blob, paths, rows->srs_id));
    return add_row(batch, &rows->layer, &batch->blob, values);
}

enum terramis_status vector_batch_new(struct vector_batch **batch)
{
    return mem_new(batch, 1, sizeof **batch);
}

void vector_batch_free(struct vector_batch *batch)
{
    if (!batch)
        return;
    free(batch->bytes.at);
    free(batch->rows);
    free(batch->blob.at);
    row_pack_release(&batch->row);
    free(batch);
}

static enum terramis_status append(struct vector_rows *rows,
                                   const unsigned char *bytes,
                                   const struct packed *row)
{
    TRY(table_pack_add(rows->pack, bytes, row->size));
    rows->count++;
    if (rect_is_empty(row->extent))
        return TERRAMIS_OK;
    rows->extent = rect_union(rows->extent, row->extent);
    return rows->layer.spatial_index
               ? rtree_pack_add(&rows->index, rows->count, row->extent)
               : TERRAMIS_OK;
}

enum terramis_status vector_rows_append(struct vector_rows *rows,
                                        struct vector_batch *batch)
{
    const unsigned char *at = batch->bytes.at;
    for (size_t i = 0; i < batch->count; i++) {
        TRY(append(rows, at, &batch->rows[i]));
        at += batch->rows[i].size;
    }
    batch->bytes.size = batch->count = 0;
    return TERRAMIS_OK;
}

static enum terramis_status write_index(struct vector_rows *rows)
{
    struct text name = {0};
    text_addf(&name, "rtree_%s_geom", rows->layer.name);
    enum terramis_status status = text_status(&name);
    if (status == TERRAMIS_OK &&
        rtree_pack_write(&rows->index, rows->db, text_get(&name)) != SQLITE_OK)
        status = problem(rows);
    text_release(&name);
    return status;
}

/* Bound, not printed: SQLite prints 15 digits. */
static enum terramis_status write_extent(struct vector_rows *rows)
{
    struct rect e = rows->extent;
    const double corners[] = {e.xmin, e.ymin, e.xmax, e.ymax};
    sqlite3_stmt *update = NULL;
    if (rect_is_empty(e))
        return TERRAMIS_OK;
    TRY(prepare(rows,
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, "
                "max_y = ? WHERE table_name = %Q",
                &update));
    for (int i = 0; i < 4; i++)
        sqlite3_bind_double(update, i + 1, corners[i]);
    bool fine = sqlite3_step(update) == SQLITE_DONE;
    sqlite3_finalize(update);
    return fine ? TERRAMIS_OK : problem(rows);
}

static enum terramis_status end(struct vector_rows *rows)
{
    char count[24];
    struct table_pack *pack = rows->pack;
    rows->pack = NULL;
    TRY(table_pack_close(pack));
    TRY(open_db(rows));
    TRY(write_extent(rows));
    snprintf(count, sizeof count, "%" PRId64, rows->count);
    /* what numbers of rows were given is AUTOINCREMENT's to know */
    TRY(run(rows, "INSERT INTO sqlite_sequence VALUES (%Q, %s)",
            rows->layer.name, count));
    TRY(run(rows,
            "UPDATE gpkg_ogr_contents SET feature_count = %s "
            "WHERE table_name = %Q",
            count, rows->layer.name));
    TRY(write_index(rows));
    TRY(run(rows, "%s", text_get(&rows->triggers), NULL));
    return close_db(rows);
}

enum terramis_status vector_rows_close(struct vector_rows *rows)
{
    enum terramis_status status = end(rows);
    vector_rows_cancel(rows);
    return status;
}
