#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/measure.h"
#include "unit/geometry.h"

static struct path_range range_of(struct paths *paths, struct geos *g,
                                  const GEOSGeometry *geometry)
{
    size_t first = paths->count;
    assert_int_equal(paths_add_geometry(paths, g, geometry), TERRAMIS_OK);
    return (struct path_range){paths, first, paths->count - first};
}

/* Corners on a grid of 1 m, far from the origin; valid, or NULL. */
static GEOSGeometry *random_geometry(struct geos *g, double x, double y)
{
    char text[1024];
    int kind = rand() % 8, points = 3 + rand() % 5, at = 0;
    const char *begin = kind == 0   ? "POINT("
                        : kind == 1 ? "LINESTRING("
                                    : "POLYGON((";
    at += snprintf(text + at, sizeof text - (size_t)at, "%s", begin);
    double first[2] = {0, 0};
    for (int i = 0; i < (kind == 0 ? 1 : points); i++) {
        double p[2] = {x + rand() % 8, y + rand() % 8};
        if (i == 0)
            memcpy(first, p, sizeof p);
        at += snprintf(text + at, sizeof text - (size_t)at, "%s%.3f %.3f",
                       i ? "," : "", p[0], p[1]);
    }
    if (kind > 1)
        at += snprintf(text + at, sizeof text - (size_t)at, ",%.3f %.3f)",
                       first[0], first[1]);
    snprintf(text + at, sizeof text - (size_t)at, ")");
    GEOSGeometry *geometry = wkt(g, text);
    if (GEOSisValid_r(g->context, geometry) == 1)
        return geometry;
    GEOSGeom_destroy_r(g->context, geometry);
    return NULL;
}

static void as_near_as_for_geos(void **state)
{
    struct geos *g = *state;
    int near = 0, pairs = 0;
    srand(3);
    for (int i = 0; i < 60000; i++) {
        struct paths paths = {0};
        GEOSGeometry *a = random_geometry(g, 490000.1, 6930000.3);
        GEOSGeometry *b =
            random_geometry(g, 490000.1 + rand() % 12, 6930000.3 + rand() % 12);
        if (a && b) {
            struct path_range p = range_of(&paths, g, a);
            struct path_range q = range_of(&paths, g, b);
            /* half metres are never the distance but for rounding */
            double distance = rand() % 4 * 0.7;
            bool found = measure_within(p, paths_bounds(p), q, paths_bounds(q),
                                        distance);
            bool expected =
                GEOSDistanceWithin_r(g->context, a, b, distance) == 1;
            assert_int_equal(found, expected);
            near += expected;
            pairs++;
        }
        GEOSGeom_destroy_r(g->context, a);
        GEOSGeom_destroy_r(g->context, b);
        paths_release(&paths);
    }
    assert_true(near > pairs / 10 && near < pairs * 9 / 10);
}

static void areas_and_centroids(void **state)
{
    struct geos *g = *state;
    static const char *const texts[] = {
        "POLYGON((490000 6930000,490009 6930000,490009 6930007.3,490000 "
        "6930000))",
        "POLYGON((0 0,0 9,9 9,9 0,0 0),(1 1,2 1,2 2,1 2,1 1))",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((50 50,50 60,70 60,50 50)))"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct paths paths = {0};
        GEOSGeometry *geometry = wkt(g, texts[i]);
        struct path_range range = range_of(&paths, g, geometry);
        GEOSGeometry *centre = GEOSGetCentroid_r(g->context, geometry);
        double x, y, cx, cy, area = measure_area(range, &x, &y);
        GEOSGeomGetX_r(g->context, centre, &cx);
        GEOSGeomGetY_r(g->context, centre, &cy);
        assert_true(area == geometry_area(g, geometry));
        assert_true(fabs(x - cx) < 1e-8 && fabs(y - cy) < 1e-8);
        GEOSGeom_destroy_r(g->context, centre);
        GEOSGeom_destroy_r(g->context, geometry);
        paths_release(&paths);
    }
}

static void inside_and_outside(void **state)
{
    struct geos *g = *state;
    struct paths paths = {0};
    GEOSGeometry *geometry = wkt(
        g, "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,4 2,4 4,2 4,2 2)),((20 "
           "0,30 0,25 9,20 0)))");
    struct path_range range = range_of(&paths, g, geometry);
    for (double x = -1.05; x < 32; x += 0.5)
        for (double y = -1.05; y < 11; y += 0.5) {
            GEOSGeometry *point =
                GEOSGeom_createPointFromXY_r(g->context, x, y);
            assert_int_equal(measure_contains(range, x, y),
                             GEOSContains_r(g->context, geometry, point) == 1);
            GEOSGeom_destroy_r(g->context, point);
        }
    GEOSGeom_destroy_r(g->context, geometry);
    paths_release(&paths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_near_as_for_geos),
        cmocka_unit_test(areas_and_centroids),
        cmocka_unit_test(inside_and_outside),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
