#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "geo/geojson.h"

static void areas_become_one(void **state)
{
    (void)state;
    struct geos geos;
    char *whole;
    static const char *const squares[] = {
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1],[0,0]"
        "]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[1,0],[2,0],[2,1],[1,1],[1,0]"
        "]]}",
        /* a bow tie: invalid, repaired to two triangles of 1/4 each */
        "{\"type\":\"Polygon\",\"coordinates\":[[[5,0],[6,1],[6,0],[5,1],[5,0]"
        "]]}"};
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    assert_int_equal(geojson_union(&geos, squares, 3, &whole), TERRAMIS_OK);
    GEOSGeoJSONReader *reader = GEOSGeoJSONReader_create_r(geos.context);
    GEOSGeometry *geometry =
        GEOSGeoJSONReader_readGeometry_r(geos.context, reader, whole);
    double area = 0;
    assert_non_null(geometry);
    assert_int_equal(GEOSArea_r(geos.context, geometry, &area), 1);
    assert_true(fabs(area - 2.5) < 1e-9);
    assert_int_equal(GEOSGetNumGeometries_r(geos.context, geometry), 3);
    GEOSGeom_destroy_r(geos.context, geometry);
    GEOSGeoJSONReader_destroy_r(geos.context, reader);
    geojson_free(&geos, whole);
    geos_close(&geos);
}

static void what_is_no_geometry(void **state)
{
    (void)state;
    struct geos geos;
    char *whole;
    static const char *const texts[] = {
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}",
        "{\"type\":\"Potato\"}"};
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    assert_int_not_equal(geojson_union(&geos, texts, 2, &whole), TERRAMIS_OK);
    assert_null(whole);
    geos_close(&geos);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_become_one),
        cmocka_unit_test(what_is_no_geometry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
