/**
 * @file shape_read.h
 * @brief A geometry of OGR as flat paths or, where it is unusual, for GEOS.
 */
#ifndef LAYER_SHAPE_READ_H
#define LAYER_SHAPE_READ_H

#include <ogr_api.h>

#include "geo/paths.h"

/** Copies points, lines and polygons in 2D into `paths`, which it clears.
 * false: unusual (curves, surfaces, collections, open or short rings, empty
 * parts), or no memory. */
bool shape_read_paths(OGRGeometryH source, struct paths *paths);

/** Any geometry through WKB, in 2D, with curves as lines and surfaces as their
 * faces; NULL in *result where GEOS cannot read it. */
enum terramis_status shape_read_geos(struct geos *geos, OGRGeometryH source,
                                     GEOSGeometry **result);

#endif
