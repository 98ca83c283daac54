/**
 * @file source.h
 * @brief What raster and vector layers have in common: messages that name the
 * place in the project file and the layer, CRS, provenance.
 */
#ifndef LAYER_SOURCE_H
#define LAYER_SOURCE_H

#include <gdal.h>
#include <ogr_srs_api.h>

#include "config/config.h"
#include "geo/crs.h"
#include "geo/rect.h"

/** Sets "project:line:column: source, layer L: message" and returns `code`. */
enum terramis_status
layer_problem(const struct config *config, const struct layer_config *layer,
              enum terramis_status code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Gives the message that was set before, about the layer, the same head. */
enum terramis_status layer_failed(const struct config *config,
                                  const struct layer_config *layer,
                                  enum terramis_status code);

/** Prints a warning with the same head. */
void layer_warning(const struct config *config,
                   const struct layer_config *layer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The CRS of a layer: the file's (EPSG where GDAL is at least 90 % sure), or
 * the one the project gives where the file has none. A missing CRS is an
 * error; so is one given twice and differently. */
enum terramis_status layer_crs(const struct config *config,
                               const struct layer_config *layer,
                               OGRSpatialReferenceH reference, struct crs *crs);

/** The layer's licence: as given, or its profile's, or NULL. */
const char *layer_licence(const struct layer_config *layer);

/** Title for legends and lists of sources: as given, or the file's name. */
const char *layer_title(const struct layer_config *layer);

/** "xmin ymin xmax ymax" rounded to metres, in `buffer`. */
const char *rect_text(struct rect rect, char buffer[96]);

/** Gap between two rectangles in metres; 0 where they meet. */
double rect_gap(struct rect a, struct rect b);

#endif
