/**
 * @file convert.h
 * @brief Data of others into the formats of a project: layers into one
 * GeoPackage, a raster into a cloud-optimised GeoTIFF. Fields, coordinates and
 * CRS stay as they are.
 *
 * Needs gdal_setup(). Writes to the very path given (the caller writes beside
 * the result and renames); what was written is removed on failure.
 */
#ifndef OUTPUT_CONVERT_H
#define OUTPUT_CONVERT_H

#include "output/gdal_file.h"

/** A layer to be copied. */
struct convert_layer {
    const char *source;       /**< file, of a driver that gdal.h allows */
    const char *source_layer; /**< NULL: its only one */
    const char *encoding;     /**< of a shapefile; NULL: its own */
    const char *crs;          /**< where the file has none; NULL */
    const char *name;         /**< in the GeoPackage */
    const struct gdal_item *metadata;
    /* filled in */
    long long features;
    long long without_geometry;
    long long least; /**< features that must be read, see gdal_least() */
};

/** Writes the GeoPackage `path`; `date` ("2026-11-24") is its time of change.
 * Polygons become multipolygons and lines multilines where a layer has only
 * such. TERRAMIS_INPUT for a source that cannot be read whole,
 * TERRAMIS_INTERRUPTED after terramis_interrupt(). */
enum terramis_status convert_vectors(const char *path, const char *date,
                                     struct convert_layer *layers,
                                     size_t count);

/** Writes the raster `source` as COG. `crs` where the file has none; NULL. */
enum terramis_status convert_raster(const char *path, const char *source,
                                    const char *crs,
                                    const struct gdal_item *metadata);

#endif
