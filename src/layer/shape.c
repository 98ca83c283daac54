#include "layer/shape.h"

#include <cpl_conv.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* OGR -> GEOS through WKB, in 2D and with curves as lines. */
static enum terramis_status from_ogr(struct geos *geos, OGRGeometryH source,
                                     GEOSGeometry **result)
{
    OGRGeometryH linear = NULL;
    if (OGR_G_HasCurveGeometry(source, 1))
        source = linear = OGR_G_GetLinearGeometry(source, 0, NULL);
    OGR_G_FlattenTo2D(source);
    size_t size = (size_t)OGR_G_WkbSize(source);
    unsigned char *wkb = malloc(size ? size : 1);
    enum terramis_status status = wkb ? TERRAMIS_OK : status_no_memory();
    *result = NULL;
    if (wkb && OGR_G_ExportToWkb(source, wkbNDR, wkb) == OGRERR_NONE)
        *result = GEOSWKBReader_read_r(geos->context, geos->reader, wkb, size);
    free(wkb);
    OGR_G_DestroyGeometry(linear);
    return status;
}

static int move_point(double *x, double *y, void *data)
{
    crs_step_points(data, x, y, 1, 1, false);
    return 1;
}

static enum terramis_status reproject(const struct shape_maker *maker,
                                      GEOSGeometry **geometry)
{
    if (crs_step_is_identity(maker->step))
        return TERRAMIS_OK;
    GEOSGeometry *moved = GEOSGeom_transformXY_r(
        maker->geos->context, *geometry, move_point, maker->step);
    GEOSGeom_destroy_r(maker->geos->context, *geometry);
    *geometry = moved;
    return geos_check(maker->geos, moved, N_("reprojection"));
}

static double area_of(struct geos *geos, const GEOSGeometry *geometry)
{
    double area = 0;
    GEOSArea_r(geos->context, geometry, &area);
    return area;
}

static enum terramis_status repair(struct geos *geos, struct shape *shape)
{
    if (GEOSisValid_r(geos->context, shape->geometry) == 1)
        return TERRAMIS_OK;
    double before = area_of(geos, shape->geometry);
    bool areas = GEOSGeom_getDimensions_r(geos->context, shape->geometry) == 2;
    GEOSGeometry *valid =
        GEOSMakeValidWithParams_r(geos->context, shape->geometry, geos->repair);
    GEOSGeom_destroy_r(geos->context, shape->geometry);
    shape->geometry = areas ? geos_only_polygons(geos, valid) : valid;
    TRY(geos_check(geos, shape->geometry, N_("repair")));
    shape->repaired = true;
    shape->change = fabs(area_of(geos, shape->geometry) - before);
    return TERRAMIS_OK;
}

GEOSGeometry *shape_buffer(struct geos *geos, const GEOSGeometry *geometry,
                           double metres)
{
    return GEOSBufferWithStyle_r(geos->context, geometry, metres, ARC_SEGMENTS,
                                 GEOSBUF_CAP_ROUND, GEOSBUF_JOIN_ROUND, 5.0);
}

static void refuse(struct geos *geos, struct shape *shape, const char *why)
{
    GEOSGeom_destroy_r(geos->context, shape->geometry);
    shape->geometry = NULL;
    status_set(TERRAMIS_OK, "%s", _(why));
}

static bool is_finite(struct rect r)
{
    return isfinite(r.xmin) && isfinite(r.ymin) && isfinite(r.xmax) &&
           isfinite(r.ymax);
}

static enum terramis_status widen(const struct shape_maker *maker,
                                  struct shape *shape)
{
    if (maker->buffer <= 0)
        return TERRAMIS_OK;
    GEOSGeometry *wide =
        shape_buffer(maker->geos, shape->geometry, maker->buffer);
    GEOSGeom_destroy_r(maker->geos->context, shape->geometry);
    shape->geometry = wide;
    return geos_check(maker->geos, wide, N_("buffer"));
}

enum terramis_status shape_make(const struct shape_maker *maker,
                                OGRGeometryH source, struct shape *shape)
{
    struct geos *geos = maker->geos;
    *shape = (struct shape){.source = rect_empty()};
    TRY(from_ogr(geos, source, &shape->geometry));
    if (!shape->geometry) {
        refuse(geos, shape, N_("the geometry cannot be read"));
        return TERRAMIS_OK;
    }
    shape->source = geos_extent(geos, shape->geometry);
    TRY(reproject(maker, &shape->geometry));
    if (!is_finite(geos_extent(geos, shape->geometry))) {
        refuse(geos, shape, N_("coordinates outside the CRS's domain"));
        return TERRAMIS_OK;
    }
    TRY(repair(geos, shape));
    TRY(widen(maker, shape));
    if (maker->areas)
        shape->geometry = geos_only_polygons(geos, shape->geometry);
    TRY(geos_check(geos, shape->geometry, N_("polygons")));
    if (GEOSisEmpty_r(geos->context, shape->geometry) == 1)
        refuse(geos, shape, maker->areas ? N_("no area") : N_("nothing left"));
    return TERRAMIS_OK;
}
