/**
 * @file raster_file.h
 * @brief Writes a single-band raster: cells in any order, then one COG.
 *
 * Cells go to an uncompressed, sparse GeoTIFF beside the result, block by
 * block; raster_file_finish() makes a cloud-optimised GeoTIFF of it in one go
 * (compressing each block once) and removes it. The bytes depend only on cells
 * and description, not on the order of writing nor on the threads. Overviews
 * of bytes with a nodata value are those of overviews.h, others are GDAL's.
 */
#ifndef OUTPUT_RASTER_FILE_H
#define OUTPUT_RASTER_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/grid.h"
#include "output/gdal_file.h"

enum {
    RASTER_FILE_BLOCK = 256 /**< cells; write multiples for speed */
};

enum raster_type {
    RASTER_BYTE,   /**< uint8_t */
    RASTER_INT16,  /**< int16_t */
    RASTER_UINT16, /**< uint16_t */
    RASTER_FLOAT32 /**< float */
};

/** A class: its value in the file, its name, its colour. */
struct raster_class {
    int value; /**< 0..255 */
    const char *name;
    uint8_t red, green, blue, alpha; /**< alpha 255: opaque */
};

struct raster_spec {
    struct grid grid;
    const char *crs; /**< "EPSG:n" or WKT */
    enum raster_type type;
    bool has_nodata;
    double nodata;           /**< also where nothing is written (else 0) */
    const char *description; /**< of the band; NULL: none */
    const char *unit;        /**< of the values; NULL: none */
    /** RASTER_BYTE only: makes a palette, category names where a class has a
     * name, and overviews by the most frequent class; NULL: values, averaged
     * in overviews */
    const struct raster_class *classes;
    size_t class_count;
    const struct gdal_item *metadata; /**< NULL: none */
    int block;                        /**< of the COG; 0: 512 */
    int level;                        /**< DEFLATE 1..9; 0: 2 */
    int threads;                      /**< compressing; 0: one */
};

struct raster_file;

/** Begins the raster `path`; `spec` is copied, what it points to must live
 * until the end. Category names go to `path`.aux.xml: rename that as well. */
enum terramis_status raster_file_new(const char *path,
                                     const struct raster_spec *spec,
                                     struct raster_file **file);

/** Writes the cells of `window`, row by row from the north, of the type of the
 * file. One thread at a time. */
enum terramis_status raster_file_write(struct raster_file *file,
                                       struct window window, const void *cells);

/** Reads cells again that were written. */
enum terramis_status raster_file_read(struct raster_file *file,
                                      struct window window, void *cells);

/** Makes the COG, checks it by opening it again, and hands it to the disk.
 * Frees `file`; on failure removes what was written. TERRAMIS_INTERRUPTED
 * after terramis_interrupt(). */
enum terramis_status raster_file_finish(struct raster_file *file);

/** Gives up: frees `file` and removes what was written. NULL is allowed. */
void raster_file_cancel(struct raster_file *file);

#endif
