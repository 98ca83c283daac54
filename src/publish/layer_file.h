/**
 * @file layer_file.h
 * @brief Parcels and sites of a territory, read from its GeoPackage and
 * written in other formats by GDAL.
 */
#ifndef PUBLISH_LAYER_FILE_H
#define PUBLISH_LAYER_FILE_H

#include <gdal.h>

#include "publish/allowed.h"
#include "publish/publication.h"

struct layer_file {
    const struct published_territory *territory;
    GDALDatasetH dataset;
};

/** TERRAMIS_INPUT: there is a field that may not be published. */
enum terramis_status layer_file_refuse(const char *path, const char *field);

/** Opens, and checks every field. Close in either case. */
enum terramis_status layer_file_open(struct layer_file *file,
                                     const struct publication *p,
                                     const struct published_territory *t);
void layer_file_close(struct layer_file *file);

/** <territory>/parcels.geojson or sites.geojson, as RFC 7946 wants it. */
enum terramis_status layer_file_geojson(const struct layer_file *file,
                                        struct publication *p,
                                        enum allowed_table table);

/** <territory>/shapefile.zip with both layers and the names of their fields. */
enum terramis_status layer_file_shapes(const struct layer_file *file,
                                       struct publication *p);

/** Names of a layer's fields in a shapefile, ten characters at most and unlike
 * one another whatever the case. `names` has `count` texts, `shorts` room for
 * as many. */
enum {
    SHAPE_NAME = 10
};
void layer_file_shorten(const char *const *names, size_t count,
                        char (*shorts)[SHAPE_NAME + 1]);

#endif
