#include "output/vector_rows.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/gpkg_blob.h"
#include "output/rtree_pack.h"

struct vector_rows {
    const char *path;
    struct vector_layer layer; /* a copy: the last rows come later */
    sqlite3 *db;
    sqlite3_stmt *insert;
    int32_t srs_id;
    int64_t count;
    struct gpkg_blob blob;
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
    sqlite3_finalize(rows->insert);
    sqlite3_close(rows->db);
    free(rows->blob.at);
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

static enum terramis_status read_srs(struct vector_rows *rows)
{
    sqlite3_stmt *query = NULL;
    TRY(prepare(rows,
                "SELECT srs_id FROM gpkg_geometry_columns "
                "WHERE table_name = %Q",
                &query));
    bool fine = sqlite3_step(query) == SQLITE_ROW;
    rows->srs_id = sqlite3_column_int(query, 0);
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

/* Columns: fid, the geometry if there is one, the fields. */
static enum terramis_status prepare_insert(struct vector_rows *rows)
{
    struct text sql = {0};
    text_add(&sql, "INSERT INTO \"%w\" VALUES (?");
    if (rows->layer.geometry != VECTOR_TABLE)
        text_add(&sql, ", ?");
    for (size_t i = 0; i < rows->layer.field_count; i++)
        text_add(&sql, ", ?");
    text_add(&sql, ")");
    enum terramis_status status = text_status(&sql);
    if (status == TERRAMIS_OK)
        status = prepare(rows, text_get(&sql), &rows->insert);
    text_release(&sql);
    return status;
}

/* A file that is not finished is removed, so it needs no journal; it is handed
 * to the disk at the very end. */
static enum terramis_status begin(struct vector_rows *rows)
{
    /* one thread: no locks for each value that is bound */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(rows->path, &rows->db, flags, NULL) != SQLITE_OK)
        return problem(rows);
    TRY(run(rows,
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; "
            "PRAGMA locking_mode = EXCLUSIVE; BEGIN",
            NULL, NULL));
    if (rows->layer.geometry != VECTOR_TABLE)
        TRY(read_srs(rows));
    TRY(drop_triggers(rows));
    return prepare_insert(rows);
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

/* SQLite reads what is bound before the row is added. */
static int bind(sqlite3_stmt *insert, int i, enum vector_type type,
                const struct vector_value *value)
{
    int year, month, day;
    char date[16];
    if (!value->set)
        return sqlite3_bind_null(insert, i);
    switch (type) {
    case VECTOR_TEXT:
        return sqlite3_bind_text(insert, i, value->text, -1, SQLITE_STATIC);
    case VECTOR_INTEGER:
    case VECTOR_BOOLEAN:
        return sqlite3_bind_int64(insert, i, value->integer);
    case VECTOR_REAL:
        return sqlite3_bind_double(insert, i, value->real);
    case VECTOR_DATE:
        if (sscanf(value->text, "%4d-%2d-%2d", &year, &month, &day) != 3)
            return sqlite3_bind_null(insert, i);
        snprintf(date, sizeof date, "%04d-%02d-%02d", year % 10000, month % 100,
                 day % 100);
        return sqlite3_bind_text(insert, i, date, -1, SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

static enum terramis_status bind_geometry(struct vector_rows *rows,
                                          const void *wkb, size_t size)
{
    struct gpkg_blob *blob = &rows->blob;
    if (!wkb) {
        sqlite3_bind_null(rows->insert, 2);
        return TERRAMIS_OK;
    }
    if (!gpkg_blob_make(blob, wkb, size, wkb_types[rows->layer.geometry],
                        rows->srs_id))
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: layer %s, feature %" PRId64
                            ": the geometry is not WKB of the layer's type"),
                          rows->path, rows->layer.name, rows->count);
    sqlite3_bind_blob64(rows->insert, 2, blob->at, blob->size, SQLITE_STATIC);
    if (rect_is_empty(blob->extent))
        return TERRAMIS_OK;
    rows->extent = rect_union(rows->extent, blob->extent);
    return rows->layer.spatial_index
               ? rtree_pack_add(&rows->index, rows->count, blob->extent)
               : TERRAMIS_OK;
}

enum terramis_status vector_rows_add(struct vector_rows *rows, const void *wkb,
                                     size_t size,
                                     const struct vector_value *values)
{
    const struct vector_layer *layer = &rows->layer;
    int column = 2, rc = SQLITE_OK;
    rows->count++;
    sqlite3_bind_int64(rows->insert, 1, rows->count);
    if (layer->geometry != VECTOR_TABLE) {
        TRY(bind_geometry(rows, wkb, size));
        column++;
    }
    for (size_t i = 0; i < layer->field_count && rc == SQLITE_OK; i++)
        rc = bind(rows->insert, column + (int)i, layer->fields[i].type,
                  &values[i]);
    if (rc == SQLITE_OK && sqlite3_step(rows->insert) == SQLITE_DONE)
        rc = sqlite3_reset(rows->insert);
    else
        rc = SQLITE_ERROR;
    return rc == SQLITE_OK ? TERRAMIS_OK : problem(rows);
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
    TRY(write_extent(rows));
    snprintf(count, sizeof count, "%" PRId64, rows->count);
    TRY(run(rows,
            "UPDATE gpkg_ogr_contents SET feature_count = %s "
            "WHERE table_name = %Q",
            count, rows->layer.name));
    TRY(write_index(rows));
    TRY(run(rows, "%s", text_get(&rows->triggers), NULL));
    return run(rows, "COMMIT", NULL, NULL);
}

enum terramis_status vector_rows_close(struct vector_rows *rows)
{
    enum terramis_status status = end(rows);
    vector_rows_cancel(rows);
    return status;
}
