/**
 * @file geojson.h
 * @brief GeoJSON geometries through GEOS, for answers of services.
 */
#ifndef GEO_GEOJSON_H
#define GEO_GEOJSON_H

#include "geo/geos.h"

/** The union of `count` geometries given as GeoJSON texts, as GeoJSON; invalid
 * ones are repaired first. Caller frees with geojson_free(). TERRAMIS_INPUT
 * if one of them is no geometry. */
enum terramis_status geojson_union(struct geos *geos, const char *const *texts,
                                   size_t count, char **result);
void geojson_free(struct geos *geos, char *text);

#endif
