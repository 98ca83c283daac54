/**
 * @file vector_rows.h
 * @brief The rows of one layer of a GeoPackage, written past SQLite.
 *
 * OGR has made the empty layer with its tables and triggers. Here rows are put
 * together in batches, by any thread, and go to the file in order as pages of
 * SQLite while the triggers are away; then the spatial index, the extent and
 * the count are written at once. Memory holds a batch, 16 bytes per page, and
 * 32 bytes per row where there is a spatial index.
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

/** As vector_file_add() and vector_file_pack(). */
enum terramis_status vector_batch_add(struct vector_batch *batch,
                                      const struct vector_rows *rows,
                                      const void *wkb, size_t size,
                                      const struct vector_value *values);
enum terramis_status vector_batch_add_paths(struct vector_batch *batch,
                                            const struct vector_rows *rows,
                                            struct path_range paths,
                                            const struct vector_value *values);

/** Writes the rows of a batch and empties it. */
enum terramis_status vector_rows_append(struct vector_rows *rows,
                                        struct vector_batch *batch);

/** Writes index, extent and count; frees `rows`, whatever comes of it. */
enum terramis_status vector_rows_close(struct vector_rows *rows);

/** Gives up: frees `rows`; the file is of no use. NULL is allowed. */
void vector_rows_cancel(struct vector_rows *rows);

#endif
