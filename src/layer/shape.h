/**
 * @file shape.h
 * @brief One geometry from GDAL to valid flat paths in the project's CRS.
 */
#ifndef LAYER_SHAPE_H
#define LAYER_SHAPE_H

#include <ogr_api.h>

#include "geo/crs.h"
#include "geo/paths.h"

enum {
    ARC_SEGMENTS = 16 /* per quadrant, of every buffer */
};

/** Of one thread. */
struct shape_maker {
    struct geos *geos;
    struct crs_step *step;
    double buffer;      /**< metres; 0: none */
    bool areas;         /**< keep polygons only */
    bool everywhere;    /**< else geometries away from `near` are left out */
    struct rect near;   /**< project CRS */
    struct paths paths; /**< scratch; shape_maker_release() frees */
};

enum shape_fate {
    SHAPE_USED,
    SHAPE_OUTSIDE, /**< away from `near` */
    SHAPE_REFUSED  /**< status_message() says why */
};

struct shape {
    enum shape_fate fate;
    struct rect source; /**< extent before reprojection */
    struct rect extent; /**< unless refused; outside: before repair */
    bool repaired;
    double change; /**< square metres that repair added or removed */
};

/** Flattens, reprojects, repairs (GEOS "structure" method, which keeps area
 * inside shells and outside holes), buffers, and appends to `to`, rings
 * oriented, what is used. An unusable geometry is not an error. */
enum terramis_status shape_make(struct shape_maker *maker, OGRGeometryH source,
                                struct paths *to, struct shape *shape);

void shape_maker_release(struct shape_maker *maker);

/** Round buffer with ARC_SEGMENTS per quadrant; NULL after an error. */
GEOSGeometry *shape_buffer(struct geos *geos, const GEOSGeometry *geometry,
                           double metres);

#endif
