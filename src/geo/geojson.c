#include "geo/geojson.h"

#include <stdlib.h>

#include "base/mem.h"

/* Reads and repairs one; what is no polygon has no part in a union of areas. */
static enum terramis_status read_one(struct geos *geos, const char *text,
                                     GEOSGeometry **geometry)
{
    GEOSContextHandle_t h = geos->context;
    GEOSGeoJSONReader *reader = GEOSGeoJSONReader_create_r(h);
    *geometry =
        reader ? GEOSGeoJSONReader_readGeometry_r(h, reader, text) : NULL;
    GEOSGeoJSONReader_destroy_r(h, reader);
    TRY(geos_check(geos, *geometry, N_("not a GeoJSON geometry")));
    if (GEOSisValid_r(h, *geometry) == 1)
        return TERRAMIS_OK;
    *geometry = geos_repair(geos, *geometry, true);
    return geos_check(geos, *geometry, N_("a geometry cannot be repaired"));
}

enum terramis_status geojson_union(struct geos *geos, const char *const *texts,
                                   size_t count, char **result)
{
    GEOSContextHandle_t h = geos->context;
    GEOSGeometry **items = NULL, *whole = NULL;
    size_t read = 0;
    *result = NULL;
    TRY(mem_new(&items, count + 1, sizeof(GEOSGeometry *)));
    enum terramis_status status = TERRAMIS_OK;
    while (read < count && status == TERRAMIS_OK) {
        status = read_one(geos, texts[read], &items[read]);
        read += status == TERRAMIS_OK;
    }
    if (status == TERRAMIS_OK) {
        status = geos_union(geos, items, read, &whole);
    } else {
        for (size_t i = 0; i < read; i++)
            GEOSGeom_destroy_r(h, items[i]);
    }
    free(items);
    TRY(status);
    GEOSGeoJSONWriter *writer = GEOSGeoJSONWriter_create_r(h);
    if (writer)
        *result = GEOSGeoJSONWriter_writeGeometry_r(h, writer, whole, -1);
    GEOSGeoJSONWriter_destroy_r(h, writer);
    GEOSGeom_destroy_r(h, whole);
    return geos_check(geos, *result, N_("a geometry cannot be written"));
}

void geojson_free(struct geos *geos, char *text)
{
    GEOSFree_r(geos->context, text);
}
