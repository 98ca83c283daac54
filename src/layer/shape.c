#include "layer/shape.h"

#include <math.h>

#include "layer/shape_read.h"
#include "layer/strip.h"

/* Up to so many points a ring is compared with itself edge by edge. */
static const size_t few_points = 256;

static double area_of(struct geos *geos, const GEOSGeometry *geometry)
{
    double area = 0;
    GEOSArea_r(geos->context, geometry, &area);
    return area;
}

static enum terramis_status refuse(struct shape *shape, const char *why)
{
    shape->fate = SHAPE_REFUSED;
    status_set(TERRAMIS_OK, "%s", _(why));
    return TERRAMIS_OK;
}

static enum terramis_status repair(struct geos *geos, GEOSGeometry **geometry,
                                   struct shape *shape)
{
    if (GEOSisValid_r(geos->context, *geometry) == 1)
        return TERRAMIS_OK;
    double before = area_of(geos, *geometry);
    bool areas = GEOSGeom_getDimensions_r(geos->context, *geometry) == 2;
    geos->error[0] = '\0';
    *geometry = geos_repair(geos, *geometry, areas);
    if (!*geometry && geos_lacks_memory(geos))
        return status_no_memory(); /* with more of it there is land */
    if (!*geometry)
        return refuse(shape, N_("it cannot be repaired"));
    shape->repaired = true;
    shape->change = fabs(area_of(geos, *geometry) - before);
    return TERRAMIS_OK;
}

GEOSGeometry *shape_buffer(struct geos *geos, const GEOSGeometry *geometry,
                           double metres)
{
    return GEOSBufferWithStyle_r(geos->context, geometry, metres, ARC_SEGMENTS,
                                 GEOSBUF_CAP_ROUND, GEOSBUF_JOIN_ROUND, 5.0);
}

/* Consumes `wide`, of which GEOS loses parts where it is wider by micrometres:
 * with the areas that it was made of. */
static GEOSGeometry *with_areas(struct geos *geos, GEOSGeometry *wide,
                                const GEOSGeometry *geometry)
{
    GEOSContextHandle_t c = geos->context;
    GEOSGeometry *areas =
        geos_only_polygons(geos, GEOSGeom_clone_r(c, geometry));
    GEOSGeometry *all = areas ? GEOSUnion_r(c, wide, areas) : NULL;
    GEOSGeom_destroy_r(c, areas);
    GEOSGeom_destroy_r(c, wide);
    return all;
}

static enum terramis_status widen(const struct shape_maker *maker,
                                  GEOSGeometry **geometry)
{
    if (maker->buffer <= 0)
        return TERRAMIS_OK;
    struct geos *geos = maker->geos;
    GEOSGeometry *wide = shape_buffer(geos, *geometry, maker->buffer);
    if (wide && area_of(geos, wide) < area_of(geos, *geometry))
        wide = with_areas(geos, wide, *geometry);
    GEOSGeom_destroy_r(geos->context, *geometry);
    *geometry = wide;
    return geos_check(geos, wide, N_("buffer"));
}

/* Valid for certain, without asking GEOS: points, a line that has a length, a
 * polygon of one ring that does not meet itself. */
static bool surely_valid(const struct paths *paths)
{
    if (paths->count != 1)
        return paths_kind(paths, 0) == PATH_POINT;
    size_t points = paths_points(paths);
    switch (paths_kind(paths, 0)) {
    case PATH_POINT:
        return true;
    case PATH_LINE:
        return paths->xy[0] != paths->xy[2] || paths->xy[1] != paths->xy[3];
    default:
        return points <= few_points && rings_surely_simple(paths->xy, points);
    }
}

/* Repairs, widens and keeps; consumes the geometry. */
static enum terramis_status finish(const struct shape_maker *maker,
                                   GEOSGeometry **geometry, struct paths *to,
                                   struct shape *shape)
{
    struct geos *geos = maker->geos;
    size_t first = to->count;
    TRY(repair(geos, geometry, shape));
    if (shape->fate == SHAPE_REFUSED)
        return TERRAMIS_OK;
    TRY(widen(maker, geometry));
    if (maker->areas)
        *geometry = geos_only_polygons(geos, *geometry);
    TRY(geos_check(geos, *geometry, N_("polygons")));
    TRY(paths_add_geometry(to, geos, *geometry));
    if (to->count == first)
        return refuse(shape, maker->areas ? N_("no area") : N_("nothing left"));
    shape->extent =
        paths_bounds((struct path_range){to, first, to->count - first});
    return TERRAMIS_OK;
}

/* Where it is, from its extent in the project's CRS: false when refused or
 * outside. */
static bool is_near(const struct shape_maker *maker, struct rect extent,
                    struct shape *shape)
{
    struct rect all = rect_grow((struct rect){0}, RINGS_LARGEST);
    if (!(extent.xmin > all.xmin && extent.ymin > all.ymin &&
          extent.xmax < all.xmax && extent.ymax < all.ymax)) {
        (void)refuse(shape, N_("coordinates outside the CRS's domain"));
        return false;
    }
    shape->extent = rect_grow(extent, fmax(maker->buffer, 0));
    if (maker->everywhere || rect_meets(shape->extent, maker->near))
        return true;
    shape->fate = SHAPE_OUTSIDE;
    return false;
}

/* Widens without GEOS where that is certain. */
static enum terramis_status draw_strip(const struct shape_maker *maker,
                                       struct paths *to, struct shape *shape,
                                       bool *drawn)
{
    struct path_range range = {&maker->paths, 0, maker->paths.count};
    size_t first = to->count;
    struct strip_line line;
    *drawn = surely_valid(&maker->paths) && strip_line_set(&line, range) &&
             strip_fits(&line, maker->buffer);
    if (!*drawn)
        return TERRAMIS_OK;
    TRY(strip_add(&line, maker->buffer, to));
    shape->extent = paths_bounds((struct path_range){to, first, 1});
    return TERRAMIS_OK;
}

static enum terramis_status make_from_paths(struct shape_maker *maker,
                                            struct paths *to,
                                            struct shape *shape)
{
    struct paths *paths = &maker->paths;
    struct path_range range = {paths, 0, paths->count};
    shape->source = paths_bounds(range);
    crs_step_points(maker->step, paths->xy, paths->xy + 1, paths_points(paths),
                    2, false);
    if (!is_near(maker, paths_bounds(range), shape))
        return TERRAMIS_OK;
    paths_orient(paths, 0);
    if (maker->buffer <= 0 && surely_valid(paths) &&
        (!maker->areas || paths_kind(paths, 0) == PATH_SHELL))
        return paths_append(to, range);
    bool drawn = false;
    if (maker->buffer > 0)
        TRY(draw_strip(maker, to, shape, &drawn));
    if (drawn)
        return TERRAMIS_OK;
    GEOSGeometry *geometry;
    enum terramis_status status = paths_geometry(range, maker->geos, &geometry);
    if (status == TERRAMIS_OK)
        status = finish(maker, &geometry, to, shape);
    GEOSGeom_destroy_r(maker->geos->context, geometry);
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

static enum terramis_status make_from_geos(const struct shape_maker *maker,
                                           GEOSGeometry **geometry,
                                           struct paths *to,
                                           struct shape *shape)
{
    shape->source = geos_extent(maker->geos, *geometry);
    if (!rect_is_finite(shape->source))
        return refuse(shape, N_("coordinates outside the CRS's domain"));
    TRY(reproject(maker, geometry));
    if (!is_near(maker, geos_extent(maker->geos, *geometry), shape))
        return TERRAMIS_OK;
    return finish(maker, geometry, to, shape);
}

enum terramis_status shape_make(struct shape_maker *maker, OGRGeometryH source,
                                struct paths *to, struct shape *shape)
{
    *shape = (struct shape){.source = rect_empty(), .extent = rect_empty()};
    if (shape_read_paths(source, &maker->paths))
        return make_from_paths(maker, to, shape);
    GEOSGeometry *geometry;
    TRY(shape_read_geos(maker->geos, source, &geometry));
    if (!geometry)
        return refuse(shape, N_("the geometry cannot be read"));
    enum terramis_status status = make_from_geos(maker, &geometry, to, shape);
    GEOSGeom_destroy_r(maker->geos->context, geometry);
    return status;
}

void shape_maker_release(struct shape_maker *maker)
{
    paths_release(&maker->paths);
}
