/**
 * @file shape.h
 * @brief One geometry from GDAL to a valid GEOS geometry in the project's CRS.
 */
#ifndef LAYER_SHAPE_H
#define LAYER_SHAPE_H

#include <ogr_api.h>

#include "geo/crs.h"
#include "geo/geos.h"

enum {
    ARC_SEGMENTS = 16 /* per quadrant, of every buffer */
};

struct shape_maker {
    struct geos *geos;
    struct crs_step *step;
    double buffer; /**< metres; 0: none */
    bool areas;    /**< keep polygons only */
};

struct shape {
    GEOSGeometry *geometry; /**< NULL: refused */
    struct rect source;     /**< extent before reprojection */
    bool repaired;
    double change; /**< square metres that repair added or removed */
};

/** Flattens, reprojects, repairs (GEOS "structure" method, which keeps area
 * inside shells and outside holes) and buffers. An unusable geometry is not an
 * error: shape.geometry is NULL and status_message() says why. */
enum terramis_status shape_make(const struct shape_maker *maker,
                                OGRGeometryH source, struct shape *shape);

/** Round buffer with ARC_SEGMENTS per quadrant; NULL after an error. */
GEOSGeometry *shape_buffer(struct geos *geos, const GEOSGeometry *geometry,
                           double metres);

#endif
