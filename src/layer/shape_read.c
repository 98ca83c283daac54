#include "layer/shape_read.h"

#include <stdlib.h>

static bool copy_curve(OGRGeometryH curve, enum path_kind kind,
                       struct paths *paths)
{
    int points = OGR_G_GetPointCount(curve);
    const int pair = 2 * sizeof(double);
    double *xy;
    if (points < (kind <= PATH_HOLE   ? 4
                  : kind == PATH_LINE ? 2
                                      : 1) ||
        paths_add(paths, kind, (size_t)points, &xy) != TERRAMIS_OK)
        return false;
    if (OGR_G_GetPoints(curve, xy, pair, xy + 1, pair, NULL, 0) != points)
        return false;
    const double *last = xy + 2 * (size_t)points - 2;
    return kind > PATH_HOLE || (xy[0] == last[0] && xy[1] == last[1]);
}

static bool copy_simple(OGRGeometryH source, struct paths *paths)
{
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(source))) {
    case wkbPoint:
        return copy_curve(source, PATH_POINT, paths);
    case wkbLineString:
        return copy_curve(source, PATH_LINE, paths);
    case wkbPolygon: {
        int rings = OGR_G_GetGeometryCount(source);
        for (int i = 0; i < rings; i++)
            if (!copy_curve(OGR_G_GetGeometryRef(source, i),
                            i ? PATH_HOLE : PATH_SHELL, paths))
                return false;
        return rings > 0;
    }
    default:
        return false;
    }
}

bool shape_read_paths(OGRGeometryH source, struct paths *paths)
{
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(source));
    paths_clear(paths);
    if (type != wkbMultiPolygon && type != wkbMultiLineString &&
        type != wkbMultiPoint)
        return copy_simple(source, paths);
    int parts = OGR_G_GetGeometryCount(source);
    for (int i = 0; i < parts; i++)
        if (!copy_simple(OGR_G_GetGeometryRef(source, i), paths))
            return false;
    return parts > 0;
}

/* Curves as lines and the faces of a surface as polygons, for GEOS, which knows
 * neither; NULL: there are none. */
static OGRGeometryH plain_of(OGRGeometryH source)
{
    if (OGR_G_HasCurveGeometry(source, 1))
        return OGR_G_GetLinearGeometry(source, 0, NULL);
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(source))) {
    case wkbTIN:
    case wkbTriangle:
    case wkbPolyhedralSurface:
        return OGR_G_ForceToMultiPolygon(OGR_G_Clone(source));
    default:
        return NULL;
    }
}

enum terramis_status shape_read_geos(struct geos *geos, OGRGeometryH source,
                                     GEOSGeometry **result)
{
    OGRGeometryH plain = plain_of(source);
    source = plain ? plain : source;
    OGR_G_FlattenTo2D(source);
    size_t size = (size_t)OGR_G_WkbSize(source);
    unsigned char *wkb = malloc(size ? size : 1);
    enum terramis_status status = wkb ? TERRAMIS_OK : status_no_memory();
    *result = NULL;
    if (wkb && OGR_G_ExportToWkb(source, wkbNDR, wkb) == OGRERR_NONE)
        *result = GEOSWKBReader_read_r(geos->context, geos->reader, wkb, size);
    free(wkb);
    OGR_G_DestroyGeometry(plain);
    return status;
}
