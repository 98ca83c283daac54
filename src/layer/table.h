/**
 * @file table.h
 * @brief A vector layer opened through OGR: the right layer of the right file,
 * its CRS, its filter, its columns.
 */
#ifndef LAYER_TABLE_H
#define LAYER_TABLE_H

#include <gdal.h>
#include <ogr_api.h>

#include "layer/source.h"

struct layer_table {
    const struct config *config;
    const struct layer_config *source;
    GDALDatasetH dataset;
    OGRLayerH layer; /**< filtered by `where` */
    struct crs crs;
    long long total;   /**< features before `where` */
    long long skipped; /**< left out by the profile, after `where` */
    long long least;   /**< of what is left must be read, see gdal_least() */
    bool synthetic;    /**< has the metadata item SYNTHETIC=YES */
};

/** Opens; the caller closes in either case. */
enum terramis_status table_open(struct layer_table *table,
                                const struct config *config,
                                const struct layer_config *source);

/** Warns of what may be missing and stops nothing: attributes of a shapefile,
 * fields of the profile. */
void table_warn(const struct layer_table *table);

void table_close(struct layer_table *table);

/** Columns of the wanted fields ("name|alias|..." each, any case; a leading
 * "?" makes a field optional, "" is no field, a layer without features needs
 * none: -1 in all three cases). Caller frees
 * *columns. TERRAMIS_PROJECT with "did you mean" where a field is missing. */
enum terramis_status table_columns(struct layer_table *table,
                                   const char *const *fields, size_t count,
                                   int **columns);

#endif
