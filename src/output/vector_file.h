/**
 * @file vector_file.h
 * @brief Writes a GeoPackage of one or more layers.
 *
 * Layer after layer: vector_file_layer(), then its features. Everything is one
 * transaction. The bytes depend only on what is written and on the date given.
 *
 *     TRY(vector_file_new(path, "2026-01-01T00:00:00.000Z", &file));
 *     TRY_DONE(vector_file_layer(file, &layer));
 *     TRY_DONE(vector_file_add(file, wkb, size, values));
 *     ...
 *     return vector_file_finish(file);
 *   done:
 *     vector_file_cancel(file);
 */
#ifndef OUTPUT_VECTOR_FILE_H
#define OUTPUT_VECTOR_FILE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/paths.h"
#include "output/gdal_file.h"

enum vector_geometry {
    VECTOR_TABLE, /**< no geometry */
    VECTOR_POINT,
    VECTOR_LINE,
    VECTOR_POLYGON,
    VECTOR_MULTILINE,   /**< single lines are made multi */
    VECTOR_MULTIPOLYGON /**< single polygons are made multi */
};

enum vector_type {
    VECTOR_TEXT,
    VECTOR_INTEGER, /**< 64 bits */
    VECTOR_REAL,
    VECTOR_BOOLEAN,
    VECTOR_DATE /**< as text "2026-01-31" */
};

/** One value of a coded field; a list ends with code NULL. */
struct vector_code {
    const char *code;
    const char *label;
};

struct vector_field {
    const char *name;
    enum vector_type type;
    const struct vector_code *codes; /**< NULL: any value */
};

struct vector_layer {
    const char *name;
    const char *title;       /**< gpkg_contents.identifier; NULL: the name */
    const char *description; /**< NULL: none */
    const char *crs;         /**< "EPSG:n" or WKT */
    enum vector_geometry geometry;
    const struct vector_field *fields;
    size_t field_count;
    const struct gdal_item *metadata; /**< NULL: none */
    bool spatial_index;
};

/** A value of a field: the member for the field's type. */
struct vector_value {
    bool set; /**< false: NULL in the file */
    union {
        const char *text;
        int64_t integer;
        double real;
    };
};

static inline struct vector_value vector_null(void)
{
    return (struct vector_value){0};
}

/** Text or date; NULL gives NULL. */
static inline struct vector_value vector_text(const char *text)
{
    return (struct vector_value){.set = text != NULL, .text = text};
}

/** Integer or boolean. */
static inline struct vector_value vector_integer(int64_t integer)
{
    return (struct vector_value){.set = true, .integer = integer};
}

/** NaN gives NULL. */
static inline struct vector_value vector_real(double real)
{
    return (struct vector_value){.set = !isnan(real), .real = real};
}

struct vector_file;

/** Begins the GeoPackage `path`, replacing a file that is there. `date` is
 * written as the time of change, "2026-01-31T00:00:00.000Z". */
enum terramis_status vector_file_new(const char *path, const char *date,
                                     struct vector_file **file);

/** Begins the next layer; `layer` must live until its last feature is added,
 * what it points to until the next layer or the end. Coded fields get a field
 * domain "layer_field". */
enum terramis_status vector_file_layer(struct vector_file *file,
                                       const struct vector_layer *layer);

/** Adds a feature to the last layer: WKB of `size` bytes (NULL: no geometry)
 * and a value per field. */
enum terramis_status vector_file_add(struct vector_file *file, const void *wkb,
                                     size_t size,
                                     const struct vector_value *values);

/** Features that are put together beside the file, several batches at a time
 * by as many threads, and then appended one batch after the other. */
struct vector_batch;

enum terramis_status vector_batch_new(struct vector_batch **batch);
/** NULL is allowed. */
void vector_batch_free(struct vector_batch *batch);

/** Opens the last layer for features; before vector_file_pack(). */
enum terramis_status vector_file_rows(struct vector_file *file);

/** Adds a feature of a layer of polygons to a batch: its polygons, and a value
 * per field. Any thread. */
enum terramis_status vector_file_pack(const struct vector_file *file,
                                      struct vector_batch *batch,
                                      struct path_range paths,
                                      const struct vector_value *values);

/** Adds the `count` features of a batch to the last layer, and empties it. */
enum terramis_status vector_file_append(struct vector_file *file,
                                        struct vector_batch *batch,
                                        size_t count);

/** SQL to run on the finished layers (layer_styles, ...), in order, in a
 * transaction of its own. Quote names with "" and texts with ''. */
enum terramis_status vector_file_sql(struct vector_file *file, const char *sql);

/** Writes what is open, checks the file by opening it again, and hands it to
 * the disk. Frees `file`; on failure removes what was written. */
enum terramis_status vector_file_finish(struct vector_file *file);

/** Gives up: frees `file` and removes what was written. NULL is allowed. */
void vector_file_cancel(struct vector_file *file);

#endif
