#include "geo/geos.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void on_error(const char *message, void *data)
{
    struct geos *geos = data;
    snprintf(geos->error, sizeof geos->error, "%s", message);
}

enum terramis_status geos_open(struct geos *geos)
{
    *geos = (struct geos){.context = GEOS_init_r()};
    if (!geos->context)
        return status_no_memory();
    GEOSContext_setErrorMessageHandler_r(geos->context, on_error, geos);
    geos->reader = GEOSWKBReader_create_r(geos->context);
    geos->writer = GEOSWKBWriter_create_r(geos->context);
    geos->repair = GEOSMakeValidParams_create_r(geos->context);
    if (!geos->reader || !geos->writer || !geos->repair)
        return status_no_memory();
    GEOSMakeValidParams_setMethod_r(geos->context, geos->repair,
                                    GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos->context, geos->repair, 0);
    return TERRAMIS_OK;
}

void geos_close(struct geos *geos)
{
    if (!geos->context)
        return;
    GEOSWKBReader_destroy_r(geos->context, geos->reader);
    GEOSWKBWriter_destroy_r(geos->context, geos->writer);
    GEOSMakeValidParams_destroy_r(geos->context, geos->repair);
    GEOS_finish_r(geos->context);
    *geos = (struct geos){0};
}

enum terramis_status geos_worker_start(void *data, void **worker)
{
    struct geos *geos;
    (void)data;
    TRY(mem_new(&geos, 1, sizeof *geos));
    *worker = geos;
    return geos_open(geos);
}

void geos_worker_stop(void *data, void *worker)
{
    (void)data;
    geos_close(worker);
    free(worker);
}

bool geos_lacks_memory(const struct geos *geos)
{
    return strstr(geos->error, "bad_alloc"); /* what C++ throws */
}

enum terramis_status geos_check(struct geos *geos, const void *result,
                                const char *what)
{
    if (result)
        return TERRAMIS_OK;
    if (geos_lacks_memory(geos))
        return status_no_memory();
    return status_set(TERRAMIS_INTERNAL, "%s: %s", _(what),
                      geos->error[0] ? geos->error : _("GEOS failed"));
}

struct rect geos_extent(struct geos *geos, const GEOSGeometry *geometry)
{
    struct rect r = rect_empty();
    if (GEOSisEmpty_r(geos->context, geometry) == 1 ||
        !GEOSGeom_getExtent_r(geos->context, geometry, &r.xmin, &r.ymin,
                              &r.xmax, &r.ymax))
        return rect_empty();
    return r;
}

static bool is_polygonal(int type)
{
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

/* Consumes both; NULL after an error. A first part is taken as it is. */
static GEOSGeometry *unite(GEOSContextHandle_t c, GEOSGeometry *a,
                           GEOSGeometry *b)
{
    if (b && GEOSisEmpty_r(c, a) == 1) {
        GEOSGeom_destroy_r(c, a);
        return b;
    }
    GEOSGeometry *both = b ? GEOSUnion_r(c, a, b) : NULL;
    GEOSGeom_destroy_r(c, a);
    GEOSGeom_destroy_r(c, b);
    return both;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the collections are nested */
GEOSGeometry *geos_only_polygons(struct geos *geos, GEOSGeometry *geometry)
{
    GEOSContextHandle_t c = geos->context;
    if (!geometry || is_polygonal(GEOSGeomTypeId_r(c, geometry)))
        return geometry;
    int parts = GEOSGetNumGeometries_r(c, geometry);
    GEOSGeometry *result = GEOSGeom_createEmptyPolygon_r(c);
    for (int i = 0; i < parts && result; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(c, geometry, i);
        int type = GEOSGeomTypeId_r(c, part);
        if (is_polygonal(type) || type == GEOS_GEOMETRYCOLLECTION)
            result = unite(c, result,
                           geos_only_polygons(geos, GEOSGeom_clone_r(c, part)));
    }
    GEOSGeom_destroy_r(c, geometry);
    return result;
}

GEOSGeometry *geos_repair(struct geos *geos, GEOSGeometry *geometry, bool areas)
{
    GEOSContextHandle_t c = geos->context;
    for (int tries = 0; geometry && tries < 2; tries++) {
        GEOSGeometry *valid =
            GEOSMakeValidWithParams_r(c, geometry, geos->repair);
        if (!valid) /* it gives up on some spikes: the even-odd rule */
            valid = GEOSMakeValid_r(c, geometry);
        GEOSGeom_destroy_r(c, geometry);
        geometry = areas ? geos_only_polygons(geos, valid) : valid;
        if (geometry && GEOSisValid_r(c, geometry) == 1)
            return geometry;
    }
    GEOSGeom_destroy_r(c, geometry);
    return NULL;
}

/* Union of polygons that share their borders vertex by vertex, by cancelling
 * shared edges: some ten times as fast. NULL where they do not: the result is
 * then not valid, or not as large as the parts together. */
static GEOSGeometry *unite_coverage(GEOSContextHandle_t c,
                                    const GEOSGeometry *all)
{
    double parts = 0, whole = 0;
    GEOSGeometry *result = GEOSCoverageUnion_r(c, all);
    if (result && GEOSArea_r(c, all, &parts) && GEOSArea_r(c, result, &whole) &&
        fabs(parts - whole) <= 1e-9 * parts && GEOSisValid_r(c, result) == 1)
        return result;
    GEOSGeom_destroy_r(c, result);
    return NULL;
}

enum terramis_status geos_union(struct geos *geos, GEOSGeometry **items,
                                size_t count, GEOSGeometry **result)
{
    GEOSContextHandle_t c = geos->context;
    if (count == 0) {
        *result = GEOSGeom_createEmptyPolygon_r(c);
        return geos_check(geos, *result, N_("empty polygon"));
    }
    if (count == 1) {
        *result = items[0];
        return TERRAMIS_OK;
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(c, GEOS_GEOMETRYCOLLECTION,
                                                    items, (unsigned)count);
    TRY(geos_check(geos, all, N_("union")));
    *result = unite_coverage(c, all);
    if (!*result)
        *result = GEOSUnaryUnion_r(c, all);
    GEOSGeom_destroy_r(c, all);
    TRY(geos_check(geos, *result, N_("union")));
    *result = geos_only_polygons(geos, *result);
    return geos_check(geos, *result, N_("union"));
}

enum terramis_status geos_wkb(struct geos *geos, const GEOSGeometry *geometry,
                              unsigned char **wkb, size_t *size)
{
    *wkb = GEOSWKBWriter_write_r(geos->context, geos->writer, geometry, size);
    return geos_check(geos, *wkb, N_("geometry to WKB"));
}

/* What is invalid would stop GEOS's overlay. */
static GEOSGeometry *repair_and_snap(struct geos *geos, GEOSGeometry *geometry,
                                     double grid)
{
    if (GEOSisValid_r(geos->context, geometry) != 1)
        geometry = geos_repair(geos, geometry, true);
    GEOSGeometry *snapped =
        geometry ? GEOSGeom_setPrecision_r(geos->context, geometry, grid, 0)
                 : NULL;
    GEOSGeom_destroy_r(geos->context, geometry);
    return snapped ? geos_only_polygons(geos, snapped) : NULL;
}

enum terramis_status geos_snap(struct geos *geos, const unsigned char *wkb,
                               size_t size, double grid, unsigned char **to,
                               size_t *to_size)
{
    GEOSGeometry *read =
        GEOSWKBReader_read_r(geos->context, geos->reader, wkb, size);
    TRY(geos_check(geos, read, N_("geometry to WKB")));
    GEOSGeometry *snapped = repair_and_snap(geos, read, grid);
    TRY(geos_check(geos, snapped, N_("geometry to WKB")));
    enum terramis_status status = geos_wkb(geos, snapped, to, to_size);
    GEOSGeom_destroy_r(geos->context, snapped);
    return status;
}

void geos_wkb_free(struct geos *geos, unsigned char *wkb)
{
    GEOSFree_r(geos->context, wkb);
}

enum terramis_status geos_simplify(struct geos *geos,
                                   const GEOSGeometry *geometry,
                                   double tolerance, GEOSGeometry **result)
{
    *result =
        GEOSTopologyPreserveSimplify_r(geos->context, geometry, tolerance);
    return geos_check(geos, *result, "simplify");
}

GEOSGeometry *geos_rectangle(struct geos *geos, struct rect rect)
{
    return GEOSGeom_createRectangle_r(geos->context, rect.xmin, rect.ymin,
                                      rect.xmax, rect.ymax);
}

const char *geos_version(void)
{
    return GEOSversion();
}
