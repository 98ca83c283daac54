/**
 * @file geometry.h
 * @brief GEOS geometries for the tests, from WKT and rectangles, and vectors
 * (layers in memory) made of them.
 */
#ifndef UNIT_GEOMETRY_H
#define UNIT_GEOMETRY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geos.h"
#include "layer/vector.h"

/** Set-up and tear-down of a test group whose state is a struct geos. */
static inline int geos_set_up(void **state)
{
    static struct geos geos;
    *state = &geos;
    return geos_open(&geos) == TERRAMIS_OK ? 0 : -1;
}

static inline int geos_tear_down(void **state)
{
    geos_close(*state);
    return 0;
}

static inline GEOSGeometry *wkt(struct geos *geos, const char *text)
{
    GEOSWKTReader *reader = GEOSWKTReader_create_r(geos->context);
    GEOSGeometry *geometry = GEOSWKTReader_read_r(geos->context, reader, text);
    GEOSWKTReader_destroy_r(geos->context, reader);
    if (!geometry) {
        fprintf(stderr, "tests: %s: %s\n", text, geos->error);
        abort();
    }
    return geometry;
}

/** A feature to make: WKT and values (not copied). */
struct feature_of {
    const char *wkt;
    const char *values[8];
};

/** Appends a feature; ends with vector_index() by the caller. Consumes
 * `geometry`. */
static inline struct feature *
vector_add(struct vector *vector, struct geos *geos, GEOSGeometry *geometry)
{
    struct paths paths = {0};
    if (paths_add_geometry(&paths, geos, geometry) != TERRAMIS_OK ||
        vector_append(vector, (int64_t)vector->count + 1,
                      (struct path_range){&paths, 0, paths.count}) !=
            TERRAMIS_OK)
        abort();
    paths_release(&paths);
    GEOSGeom_destroy_r(geos->context, geometry);
    return &vector->features[vector->count - 1];
}

/** A vector of features with `values` texts each; release it. */
static inline struct vector vector_of(struct geos *geos,
                                      const struct feature_of *from,
                                      size_t count, size_t values)
{
    struct vector vector = {.config = NULL};
    for (size_t i = 0; i < count; i++) {
        struct feature *feature =
            vector_add(&vector, geos, wkt(geos, from[i].wkt));
        feature->values =
            arena_alloc(&vector.arena, values + 1, sizeof(const char *));
        for (size_t v = 0; v < values; v++)
            feature->values[v] = from[i].values[v];
    }
    if (vector_index(&vector) != TERRAMIS_OK)
        abort();
    return vector;
}

/** A flat geometry for GEOS; the caller destroys it. */
static inline GEOSGeometry *geometry_of(struct geos *geos,
                                        struct path_range range)
{
    GEOSGeometry *geometry;
    if (paths_geometry(range, geos, &geometry) != TERRAMIS_OK)
        abort();
    return geometry;
}

static inline double geometry_area(struct geos *geos,
                                   const GEOSGeometry *geometry)
{
    double area = 0;
    if (geometry)
        GEOSArea_r(geos->context, geometry, &area);
    return area;
}

/** Area of a flat geometry, by GEOS. */
static inline double paths_area(struct geos *geos, struct path_range range)
{
    GEOSGeometry *geometry = geometry_of(geos, range);
    double area = geometry_area(geos, geometry);
    GEOSGeom_destroy_r(geos->context, geometry);
    return area;
}

#endif
