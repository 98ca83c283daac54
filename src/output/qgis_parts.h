/**
 * @file qgis_parts.h
 * @brief The parts of terramis.qgs. Private to the project's files.
 */
#ifndef OUTPUT_QGIS_PARTS_H
#define OUTPUT_QGIS_PARTS_H

#include "output/rasters.h"
#include "output/style.h"

enum {
    QGIS_SITES = RASTER_COUNT, /**< kinds of layers: rasters first */
    QGIS_PARCELS,
    QGIS_LAYERS
};

/** A project as it is written. */
struct qgis {
    const struct output_job *job;
    struct fields parcels, sites;
    struct text out;
    int language;
};

/** Is there a layer of this kind? */
bool qgis_has_layer(const struct qgis *qgis, int layer);

/** Its name in the tree and on paper. */
const char *qgis_layer_name(const struct qgis *qgis, int layer);

/** Its id: more than ten characters, since QGIS replaces shorter ones. */
void qgis_add_id(struct text *out, const struct analysis *analysis, int layer);

/** Its relative source. */
void qgis_add_source(struct text *out, const struct analysis *analysis,
                     int layer);

/** The project's CRS as <element>. QGIS ignores one that is only named: the
 * definition has to be there. */
void qgis_add_crs(struct qgis *qgis, const char *element);

/** Title, abstract with sources and licence, author and date. */
void qgis_add_about(struct qgis *qgis);

/** <resourceMetadata> of a layer. */
void qgis_add_layer_about(struct qgis *qgis, const struct analysis *analysis,
                          int layer);

/** A bookmark per territory. */
void qgis_add_bookmarks(struct qgis *qgis);

/** A page layout per territory and vector layer, with an atlas of its best
 * features. */
void qgis_add_layouts(struct qgis *qgis);

#endif
