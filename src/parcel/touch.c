#include "parcel/touch.h"

static const double sliver = 0.1; /* metres */

static void drop_geometry(struct touch *t)
{
    GEOSContextHandle_t c = t->geos.context;
    if (t->prepared)
        GEOSPreparedGeom_destroy_r(c, t->prepared);
    if (t->core)
        GEOSGeom_destroy_r(c, t->core);
    if (t->whole)
        GEOSGeom_destroy_r(c, t->whole);
    t->prepared = NULL;
    t->core = t->whole = NULL;
}

void touch_begin(struct touch *touch, struct path_range parcel,
                 struct rect extent)
{
    struct rect inner = {extent.xmin + sliver, extent.ymin + sliver,
                         extent.xmax - sliver, extent.ymax - sliver};
    drop_geometry(touch);
    touch->parcel = parcel;
    touch->extent =
        inner.xmin < inner.xmax && inner.ymin < inner.ymax ? inner : extent;
}

void touch_close(struct touch *touch)
{
    drop_geometry(touch);
    if (touch->geos.context)
        geos_close(&touch->geos);
    *touch = (struct touch){0};
}

/* Do both ends lie beyond the same side of `r`? */
static bool beyond(const double *p, struct rect r)
{
    return (p[0] < r.xmin && p[2] < r.xmin) ||
           (p[0] > r.xmax && p[2] > r.xmax) ||
           (p[1] < r.ymin && p[3] < r.ymin) || (p[1] > r.ymax && p[3] > r.ymax);
}

/* Are all corners of `r` on one side of the line? */
static bool aside(const double *p, struct rect r)
{
    double dx = p[2] - p[0], dy = p[3] - p[1];
    double west = dy * (r.xmin - p[0]), east = dy * (r.xmax - p[0]);
    double south = dx * (r.ymin - p[1]), north = dx * (r.ymax - p[1]);
    bool left = south > west && south > east && north > west && north > east;
    bool right = south < west && south < east && north < west && north < east;
    return left || right;
}

/* Does the segment cross the ray from (x, y) to the east? */
static bool crosses(const double *p, double x, double y)
{
    if ((p[1] > y) == (p[3] > y))
        return false;
    return x < p[0] + (y - p[1]) / (p[3] - p[1]) * (p[2] - p[0]);
}

/* Where no border meets the bounds, one point of them tells. */
enum touch_answer touch_bounds(const struct touch *touch,
                               struct path_range feature)
{
    const struct paths *paths = feature.paths;
    struct rect r = touch->extent;
    double x = (r.xmin + r.xmax) / 2, y = (r.ymin + r.ymax) / 2;
    bool inside = false;
    for (size_t i = feature.first; i < feature.first + feature.count; i++)
        for (size_t p = paths->start[i]; p + 1 < paths->start[i + 1]; p++) {
            const double *edge = paths->xy + 2 * p;
            if (!beyond(edge, r) && !aside(edge, r))
                return TOUCH_MAYBE;
            inside ^= crosses(edge, x, y);
        }
    return inside ? TOUCH_WHOLE : TOUCH_NO;
}

enum terramis_status touch_whole(struct touch *touch,
                                 const GEOSGeometry **whole)
{
    if (!touch->geos.context)
        TRY(geos_open(&touch->geos));
    if (!touch->whole)
        TRY(paths_geometry(touch->parcel, &touch->geos, &touch->whole));
    *whole = touch->whole;
    return TERRAMIS_OK;
}

/* The parcel less a rim; itself where it is all rim. */
static enum terramis_status prepare(struct touch *t)
{
    const GEOSGeometry *whole;
    if (t->prepared)
        return TERRAMIS_OK;
    TRY(touch_whole(t, &whole));
    GEOSContextHandle_t c = t->geos.context;
    t->core = GEOSBuffer_r(c, whole, -sliver, 1);
    TRY(geos_check(&t->geos, t->core, N_("parcel")));
    if (GEOSisEmpty_r(c, t->core) == 1) {
        GEOSGeom_destroy_r(c, t->core);
        t->core = GEOSGeom_clone_r(c, whole);
    }
    t->prepared = GEOSPrepare_r(c, t->core);
    return geos_check(&t->geos, t->prepared, N_("parcel"));
}

static enum terramis_status meets(struct touch *t, const GEOSGeometry *feature,
                                  bool *yes)
{
    char answer =
        GEOSPreparedIntersects_r(t->geos.context, t->prepared, feature);
    *yes = answer == 1;
    return geos_check(&t->geos, answer == 2 ? NULL : t, N_("parcel and layer"));
}

enum terramis_status touch_test(struct touch *touch, struct path_range feature,
                                bool *yes)
{
    enum touch_answer answer = touch_bounds(touch, feature);
    GEOSGeometry *geometry;
    *yes = answer == TOUCH_WHOLE;
    if (answer != TOUCH_MAYBE)
        return TERRAMIS_OK;
    TRY(prepare(touch));
    TRY(paths_geometry(feature, &touch->geos, &geometry));
    enum terramis_status status = meets(touch, geometry, yes);
    GEOSGeom_destroy_r(touch->geos.context, geometry);
    return status;
}

static enum terramis_status cut(struct touch *t, const GEOSGeometry *feature,
                                GEOSGeometry **part)
{
    bool yes;
    TRY(meets(t, feature, &yes));
    if (!yes)
        return TERRAMIS_OK;
    *part = GEOSIntersection_r(t->geos.context, t->whole, feature);
    return geos_check(&t->geos, *part, N_("parcel and layer"));
}

enum terramis_status touch_part(struct touch *touch, struct path_range feature,
                                GEOSGeometry **part)
{
    GEOSGeometry *geometry;
    *part = NULL;
    if (touch_bounds(touch, feature) == TOUCH_NO)
        return TERRAMIS_OK;
    TRY(prepare(touch));
    TRY(paths_geometry(feature, &touch->geos, &geometry));
    enum terramis_status status = cut(touch, geometry, part);
    GEOSGeom_destroy_r(touch->geos.context, geometry);
    return status;
}
