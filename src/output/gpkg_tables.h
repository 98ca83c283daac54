/**
 * @file gpkg_tables.h
 * @brief The tables of a GeoPackage that hold titles, descriptions and styles.
 *
 * What QGIS wants of layer_styles to the letter: catalogue and schema '' (never
 * NULL), exact names of table and geometry column, and the table registered as
 * attributes.
 */
#ifndef OUTPUT_GPKG_TABLES_H
#define OUTPUT_GPKG_TABLES_H

#include "output/fields.h"

/** A layer as it is written. */
struct gpkg_layer {
    const char *name;
    struct fields fields;
    struct text title, about; /**< for people; `about` names the sources */
    struct vector_field *columns;
    struct gdal_item items[4];
    struct vector_layer spec;
};

/** Titles and descriptions of the fields. */
enum terramis_status gpkg_add_titles(struct vector_file *file,
                                     const struct gpkg_layer *layer);

/** Title, abstract and licence of the layer. */
enum terramis_status gpkg_add_about(struct vector_file *file,
                                    const struct gpkg_layer *layer,
                                    const struct output_job *job);

/** Styles of both layers. */
enum terramis_status gpkg_add_styles(struct vector_file *file,
                                     const struct gpkg_layer *parcels,
                                     const struct gpkg_layer *sites,
                                     const struct output_job *job);

#endif
