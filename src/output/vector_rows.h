/**
 * @file vector_rows.h
 * @brief The rows of one layer of a GeoPackage, written through SQLite.
 *
 * OGR has made the empty layer with its tables and triggers. Here rows go in by
 * one prepared statement in one transaction while the triggers are away; then
 * the spatial index, the extent and the count are written at once. Memory holds
 * one row, and 32 bytes per row where there is a spatial index.
 */
#ifndef OUTPUT_VECTOR_ROWS_H
#define OUTPUT_VECTOR_ROWS_H

#include "output/vector_file.h"

struct vector_rows;

/** Begins the rows of `layer`, empty so far, in the GeoPackage `path`, which
 * nobody else has open. `path` and what `layer` points to must live until the
 * end. */
enum terramis_status vector_rows_open(const char *path,
                                      const struct vector_layer *layer,
                                      struct vector_rows **rows);

/** As vector_file_add(). */
enum terramis_status vector_rows_add(struct vector_rows *rows, const void *wkb,
                                     size_t size,
                                     const struct vector_value *values);

/** Writes index, extent and count; frees `rows`, whatever comes of it. */
enum terramis_status vector_rows_close(struct vector_rows *rows);

/** Gives up: frees `rows`; the file is of no use. NULL is allowed. */
void vector_rows_cancel(struct vector_rows *rows);

#endif
