/**
 * @file gdal_file.h
 * @brief What the writers through GDAL share: CRS, durability, leftovers.
 *
 * All writers need gdal_setup() to have been called, write to the very path
 * they are given (the caller writes beside the result and renames), and report
 * TERRAMIS_OUTPUT with that path.
 */
#ifndef OUTPUT_GDAL_FILE_H
#define OUTPUT_GDAL_FILE_H

#include <gdal.h>
#include <ogr_srs_api.h>

#include "base/text.h"

/** What a file or layer says of itself; a list ends with key NULL. */
struct gdal_item {
    const char *key;
    const char *value;
};

/** The CRS "EPSG:n" or WKT (never a file or URL) in *srs, with x, y order.
 * Free with OSRRelease(). TERRAMIS_OUTPUT if it is neither. */
enum terramis_status gdal_file_crs(const char *path, const char *crs,
                                   OGRSpatialReferenceH *srs);

/** Removes a file left at `path` by an earlier run; TERRAMIS_OUTPUT if there
 * is one that cannot be removed. */
enum terramis_status gdal_file_clear(const char *path);

/** Removes `path``suffix`, quietly: for side files that may not exist. */
void gdal_file_remove(const char *path, const char *suffix);

/** GDAL's drivers of GeoJSON and shapefiles, and its ZIP files, do not look
 * whether what they write arrives, so they write to GDAL's memory: `memory` is
 * the name there of what shall be `path`. */
void gdal_file_memory(struct text *memory, const char *path);

/** Moves it from there to `path`, whole or not at all. */
enum terramis_status gdal_file_land(const char *path);

/** Forgets what is in memory for `path`. */
void gdal_file_forget(const char *path);

/** Hands the bytes of `path` to the disk (GDAL never does). */
enum terramis_status gdal_file_sync(const char *path);

#endif
