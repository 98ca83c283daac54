/**
 * @file overviews.h
 * @brief The overviews of a raster of bytes, each made of the one before.
 *
 * Overview number n has one cell for each 2^n by 2^n cells, counted from the
 * north-west corner, with what lies in the grid at the east and south edges. It
 * depends on the cells only, not on blocks, tiles or threads.
 */
#ifndef OUTPUT_OVERVIEWS_H
#define OUTPUT_OVERVIEWS_H

#include <gdal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/** Adds overviews to `dataset`, a GeoTIFF open for writing, until the last one
 * has at most `smallest` columns and rows. `classes`: most frequent value
 * (reduce_mode()), otherwise means (reduce_mean()). `path` is for messages. */
enum terramis_status overviews_add(GDALDatasetH dataset, const char *path,
                                   bool classes, uint8_t nodata, int smallest);

#endif
