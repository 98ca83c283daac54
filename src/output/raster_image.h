/**
 * @file raster_image.h
 * @brief A finished raster of bytes, reduced to what a sheet can show.
 */
#ifndef OUTPUT_RASTER_IMAGE_H
#define OUTPUT_RASTER_IMAGE_H

#include "geo/grid.h"

#include "base/status.h"

struct raster_image {
    struct grid grid;     /**< of the reduced cells */
    unsigned char *cells; /**< rows from the north */
};

/** Reads `part` (NULL: all) of the raster `path` in at most `most` cells a
 * side: as it is, or every second, fourth, ... cell of it, taken from the
 * file's own overviews. Reduced cells lie true to one reduced cell. Where
 * `part` meets nothing the image has no cells. TERRAMIS_OUTPUT with the path
 * when it cannot be read. The caller releases in either case. */
enum terramis_status raster_image_read(const char *path,
                                       const struct rect *part, int most,
                                       struct raster_image *image);
void raster_image_release(struct raster_image *image);

#endif
