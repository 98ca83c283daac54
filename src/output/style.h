/**
 * @file style.h
 * @brief How the layers look in QGIS: the elements that QML files, styles
 * inside a GeoPackage and projects have in common.
 *
 * Everything is appended to `out` as XML; ask text_status() at the end.
 */
#ifndef OUTPUT_STYLE_H
#define OUTPUT_STYLE_H

#include "output/fields.h"

/** A style for the layer `parcels`. */
enum parcel_style {
    STYLE_CLASS,    /**< by class; the one that opens */
    STYLE_LIMITING, /**< by limiting factor */
    STYLE_USE,      /**< by allowed use */
    STYLE_COUNT
};

/** The vector layers. */
enum style_layer {
    STYLE_PARCELS,
    STYLE_SITES
};

/** The style's name: the title of the field that it shows. */
const char *style_name(const struct fields *fields, enum parcel_style style);

/** Titles and value lists of the fields, display name and map tip of a layer.
 */
void style_form(struct text *out, const struct fields *fields,
                enum style_layer layer, int language);

/** Renderer and style_form() of the layer `parcels`. */
void style_parcels(struct text *out, const struct fields *fields,
                   enum parcel_style style, int language);

/** The same by the change of score under scenario `number` (from 0), on a
 * diverging scale. */
void style_difference(struct text *out, const struct fields *fields,
                      const struct config *config, size_t number);

/** The field that style_difference() shows. */
const struct field *style_difference_field(const struct fields *fields,
                                           const struct config *config,
                                           size_t number);

/** The same for `sites`: outlines, the broader the larger the site. */
void style_sites(struct text *out, const struct fields *fields, int language);

/** The <pipe> of one of the rasters (see rasters.h). */
enum terramis_status style_raster(struct text *out, const struct plan *plan,
                                  int raster);

#endif
