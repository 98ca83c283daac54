/**
 * @file gdal.h
 * @brief GDAL behind one door: allow-list of drivers, errors counted.
 *
 * GDAL 3.6 reports some write errors only while closing, through void
 * functions, and some read errors as zeros. So every CE_Failure is counted per
 * thread, and callers ask gdal_errors() after each step and after closing.
 */
#ifndef GEO_GDAL_H
#define GEO_GDAL_H

#include <gdal.h>
#include <ogr_api.h>

#include "base/status.h"

/** Registers drivers and the error hook; may be called again. GDAL reads no
 * network and no configuration file. */
void gdal_setup(void);

/** Bounds the cache of decoded blocks, unless the user's GDAL_CACHEMAX does. */
void gdal_limit_cache(size_t bytes);
/** Drops the blocks that a step has read, but for as many as the next one
 * needs. */
void gdal_drop_cache(void);

/** Starts counting anew on this thread. */
void gdal_errors_clear(void);

/** TERRAMIS_OK when this thread saw no CE_Failure since gdal_errors_clear();
 * otherwise sets the message "`what`: GDAL's first message" with `code`. */
enum terramis_status gdal_errors(enum terramis_status code, const char *what);

/** The message of this thread's first CE_Failure; "" if none. */
const char *gdal_first_error(void);

/** Opens a local regular file read-only with an allowed raster driver
 * (GTiff, AAIGrid, SRTMHGT). Never NULL on success; close
 * with GDALClose(). TERRAMIS_INPUT with what the file is, otherwise. */
enum terramis_status gdal_open_raster(const char *path, GDALDatasetH *dataset);

/** The same for vectors (GPKG, ESRI Shapefile, GeoJSON, FlatGeobuf, CSV with a
 * WKT column). `encoding` corrects that of a shapefile; NULL: the file's. */
enum terramis_status gdal_open_vector(const char *path, const char *encoding,
                                      GDALDatasetH *dataset);

/** The name of its driver, such as "GTiff"; "" where it has none. */
const char *gdal_driver(GDALDatasetH dataset);

/** How many features reading a layer to its end must give at least, of the
 * `count` that OGR_L_GetFeatureCount() says; 0: any number will do. */
long long gdal_least(GDALDatasetH dataset, long long count);

/** The next features of a layer, up to `most`; returns how many: fewer at its
 * end or an error. gdal_drop_features() destroys them. */
size_t gdal_next_features(OGRLayerH layer, OGRFeatureH *features, size_t most);
/** *count becomes 0. */
void gdal_drop_features(OGRFeatureH *features, size_t *count);

/** GDAL's version, such as "3.6.2". */
const char *gdal_version(void);

#endif
