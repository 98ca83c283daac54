#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/shape.h"
#include "unit/geometry.h"
#include "unit/layers.h"

/* A shape_maker over the project's CRS. */
struct bench {
    struct geos *geos;
    struct crs lambert, wgs;
    struct crs_step *same, *step; /* step: WGS 84 -> Lambert-93 */
};

/* What became of a geometry; NULL: nothing. */
struct made {
    GEOSGeometry *geometry;
    struct rect source;
    bool repaired;
    double change;
    enum shape_fate fate;
};

static struct made make_near(const struct bench *b, const char *text,
                             struct shape_maker maker)
{
    struct shape shape;
    struct paths paths = {0};
    char *copy = strdup(text), *at = copy;
    OGRGeometryH geometry = NULL;
    status_clear();
    maker.geos = b->geos;
    assert_int_equal(OGR_G_CreateFromWkt(&at, NULL, &geometry), OGRERR_NONE);
    assert_int_equal(shape_make(&maker, geometry, &paths, &shape), TERRAMIS_OK);
    assert_int_equal(shape.fate == SHAPE_USED, paths.count > 0);
    struct made made = {NULL, shape.source, shape.repaired, shape.change,
                        shape.fate};
    struct path_range range = {&paths, 0, paths.count};
    if (paths.count > 0) {
        struct rect e = paths_bounds(range);
        assert_memory_equal(&e, &shape.extent, sizeof e);
        made.geometry = geometry_of(b->geos, range);
    }
    paths_release(&paths);
    shape_maker_release(&maker);
    OGR_G_DestroyGeometry(geometry);
    free(copy);
    return made;
}

static struct made make(const struct bench *b, const char *text,
                        struct crs_step *step, double buffer, bool areas)
{
    return make_near(b, text,
                     (struct shape_maker){.step = step,
                                          .buffer = buffer,
                                          .areas = areas,
                                          .everywhere = true});
}

static void drop(const struct bench *b, struct made *shape)
{
    GEOSGeom_destroy_r(b->geos->context, shape->geometry);
}

static double length_of(const struct bench *b, const struct made *shape)
{
    double length = -1;
    GEOSLength_r(b->geos->context, shape->geometry, &length);
    return length;
}

static void heights_are_dropped(void **state)
{
    const struct bench *b = *state;
    static const char *const texts[] = {
        "POLYGON Z((0 0 5,4 0 6,4 4 7,0 4 8,0 0 5))",
        "POLYGON ZM((0 0 5 1,4 0 6 1,4 4 7 1,0 4 8 1,0 0 5 1))",
        "POLYGON M((0 0 5,4 0 6,4 4 7,0 4 8,0 0 5))"};
    for (int i = 0; i < 3; i++) {
        struct made s = make(b, texts[i], b->same, 0, true);
        assert_non_null(s.geometry);
        assert_int_equal(GEOSHasZ_r(b->geos->context, s.geometry), 0);
        assert_int_equal(
            GEOSGeom_getCoordinateDimension_r(b->geos->context, s.geometry), 2);
        assert_true(geometry_area(b->geos, s.geometry) == 16);
        assert_false(s.repaired);
        assert_true(s.source.xmax == 4 && s.source.ymin == 0);
        drop(b, &s);
    }
}

static void curves_become_lines(void **state)
{
    const struct bench *b = *state;
    struct made s =
        make(b, "CURVEPOLYGON(CIRCULARSTRING(0 0,50 50,100 0,50 -50,0 0))",
             b->same, 0, true);
    assert_non_null(s.geometry);
    /* GDAL steps the arc by 4 degrees: 0.1 % below the circle */
    double circle = M_PI * 50 * 50;
    assert_true(geometry_area(b->geos, s.geometry) < circle);
    assert_true(geometry_area(b->geos, s.geometry) > 0.998 * circle);
    drop(b, &s);
    s = make(b, "COMPOUNDCURVE((0 0,10 0),CIRCULARSTRING(10 0,15 5,20 0))",
             b->same, 0, false);
    assert_true(fabs(length_of(b, &s) - 10 - 5 * M_PI) < 0.01);
    drop(b, &s);
}

/* Of a building its ground, whatever stands on it. */
static void surfaces_become_their_faces(void **state)
{
    const struct bench *b = *state;
    static const char *const texts[] = {
        "TIN Z(((0 0 1,4 0 1,0 4 1,0 0 1)),((4 0 1,4 4 1,0 4 1,4 0 1)))",
        "POLYHEDRALSURFACE Z(((0 0 0,4 0 0,4 4 0,0 4 0,0 0 0)),"
        "((0 0 0,4 0 0,4 0 9,0 0 9,0 0 0)),((1 1 9,4 1 9,4 4 9,1 4 9,1 1 9)))",
        "TRIANGLE((0 0,8 0,0 4,0 0))"};
    for (int i = 0; i < 3; i++) {
        struct made s = make(b, texts[i], b->same, 0, true);
        assert_non_null(s.geometry);
        assert_true(geometry_area(b->geos, s.geometry) == 16);
        drop(b, &s);
    }
}

static void everything_is_moved_to_the_project(void **state)
{
    const struct bench *b = *state;
    struct made s = make(b, "POINT(3 46.5)", b->step, 0, false);
    struct rect r = geos_extent(b->geos, s.geometry);
    assert_true(fabs(r.xmin - 700000) < 1e-6);
    assert_true(fabs(r.ymin - 6600000) < 1e-6);
    assert_true(s.source.xmin == 3 && s.source.ymin == 46.5);
    drop(b, &s);
    /* all points of all parts, holes included */
    s = make(b,
             "MULTIPOLYGON(((0 49,1 49,1 50,0 50,0 49),(0.2 49.2,0.4 49.2,0.4 "
             "49.4,0.2 49.4,0.2 49.2)),((2 49,3 49,3 50,2 50,2 49)))",
             b->step, 0, true);
    struct crs_area *area;
    assert_int_equal(crs_area_open(&area, &b->lambert), TERRAMIS_OK);
    /* a degree square at 49.5 N is 8,041 km2; a fifth squared is missing */
    double expected = 2 * 8041.5e6 - 0.04 * 8064e6;
    double found = geometry_area(b->geos, s.geometry) *
                   crs_area_scale(area, 600000, 6930000);
    assert_true(fabs(found / expected - 1) < 0.005);
    crs_area_close(area);
    drop(b, &s);
    /* where the projection ends there is no shape, and no failure */
    s = make(b, "LINESTRING(3 46,3 -90)", b->step, 0, false);
    assert_null(s.geometry);
    assert_string_equal(status_message(),
                        "coordinates outside the CRS's domain");
}

static void invalid_polygons_are_repaired(void **state)
{
    const struct bench *b = *state;
    /* a bow-tie: two triangles of 25 whose signed areas cancel out */
    struct made s =
        make(b, "POLYGON((0 0,10 10,10 0,0 10,0 0))", b->same, 0, true);
    assert_true(s.repaired);
    assert_true(GEOSisValid_r(b->geos->context, s.geometry) == 1);
    assert_true(fabs(geometry_area(b->geos, s.geometry) - 50) < 1e-9);
    assert_true(fabs(s.change - 50) < 1e-9);
    drop(b, &s);
    /* a hole outside its shell adds nothing; one drawn twice is one hole */
    s = make(b,
             "POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 2,1 1),(1 1,2 "
             "1,2 2,1 2,1 1))",
             b->same, 0, true);
    assert_true(s.repaired);
    assert_true(fabs(geometry_area(b->geos, s.geometry) - 99) < 1e-9);
    assert_true(fabs(s.change - 1) < 1e-9);
    drop(b, &s);
    /* parts that overlap count once */
    s = make(b, "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 0,6 0,6 4,2 4,2 0)))",
             b->same, 0, true);
    assert_true(s.repaired);
    assert_true(fabs(geometry_area(b->geos, s.geometry) - 24) < 1e-9);
    assert_true(fabs(s.change - 8) < 1e-9);
    drop(b, &s);
}

static void what_has_no_area_is_refused(void **state)
{
    const struct bench *b = *state;
    static const char *const texts[] = {
        "POLYGON((0 0,5 5,0 0,0 0))", /* collapsed */
        "POLYGON((0 0,10 0,5 0,0 0))", "MULTIPOLYGON(((1 1,1 1,1 1,1 1)))",
        "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct made s = make(b, texts[i], b->same, 0, true);
        assert_null(s.geometry);
        assert_string_equal(status_message(), "no area");
    }
    struct made s = make(b, "POLYGON((0 0,1 0,1 1,0 1))", b->same, 0, true);
    assert_null(s.geometry); /* not closed: GEOS does not read it */
    assert_string_equal(status_message(), "the geometry cannot be read");
}

/* One bad part must not cost the others. */
static void lines_survive_repair(void **state)
{
    const struct bench *b = *state;
    struct made s =
        make(b, "MULTILINESTRING((5 5,5 5),(0 0,10 0))", b->same, 0, false);
    assert_non_null(s.geometry);
    assert_true(fabs(length_of(b, &s) - 10) < 1e-9);
    drop(b, &s);
    s = make(b, "LINESTRING(0 0,10 10,10 0,0 10)", b->same, 0, false);
    assert_false(s.repaired); /* crossing itself is fine for a line */
    drop(b, &s);
    s = make(b, "LINESTRING(5 5,5 5)", b->same, 0, false);
    assert_null(s.geometry);
}

static void buffers(void **state)
{
    const struct bench *b = *state;
    struct made s = make(b, "POINT(100 100)", b->same, 10, true);
    /* 16 segments per quadrant: a regular polygon of 64 corners */
    double polygon = 32 * 100 * sin(2 * M_PI / 64);
    assert_true(fabs(geometry_area(b->geos, s.geometry) - polygon) < 1e-6);
    drop(b, &s);
    s = make(b, "LINESTRING(0 0,100 0)", b->same, 3, true);
    assert_true(fabs(geometry_area(b->geos, s.geometry) -
                     (600 + 32 * 9 * sin(2 * M_PI / 64))) < 1e-6);
    drop(b, &s);
    s = make(b, "POLYGON((0 0,10 0,10 10,0 10,0 0))", b->same, 1, true);
    assert_true(fabs(geometry_area(b->geos, s.geometry) -
                     (100 + 40 + 32 * sin(2 * M_PI / 64))) < 1e-6);
    drop(b, &s);
    /* metres of the project, whatever the layer's unit */
    s = make(b, "POINT(0.5 49.5)", b->step, 50, true);
    struct rect r = geos_extent(b->geos, s.geometry);
    assert_true(fabs(r.xmax - r.xmin - 100) < 1e-6);
    drop(b, &s);
    s = make(b, "POINT(1 1)", b->same, 0, false);
    assert_int_equal(GEOSGeomTypeId_r(b->geos->context, s.geometry),
                     GEOS_POINT);
    drop(b, &s);
}

/* Whether drawn directly or left to GEOS: the same buffer. */
/* Of this collection GEOS leaves out the polygon, of 10074 m2. */
static void thin_buffers_keep_areas(void **state)
{
    const struct bench *b = *state;
    static const char text[] =
        "GEOMETRYCOLLECTION(POLYGON((483918 6950434,483864 6950500,"
        "483780 6950434,483864 6950354,483918 6950434)),LINESTRING("
        "482919.55 6950871.69,482924.55 6950921.69),"
        "POINT(482919.55 6950871.69))";
    struct made s = make(b, text, b->same, 1e-6, true);
    assert_true(fabs(geometry_area(b->geos, s.geometry) - 10074) < 0.01);
    drop(b, &s);
}

static void buffers_are_those_of_geos(void **state)
{
    static const char *const texts[] = {
        "LINESTRING(0 0,100 0,100 50)",
        "LINESTRING(0 0,100 0,100 5)",
        "LINESTRING(0 0,100 0,100 50,50 50,50 -50)",
        "MULTILINESTRING((0 0,100 0,100 50),(0 5,20 90))",
        "POLYGON((0 0,0 9,9 9,9 0,0 0))",
        "POLYGON((0 0,9 0,9 9,0 9,0 0))",
        "POLYGON((0 0,90 0,90 50,50 50,50 20,0 20,0 0))",
        "POLYGON((0 0,90 0,90 50,85 50,85 20,0 20,0 0))",
        "POLYGON((0 0,90 0,90 90,0 90,0 0),(20 20,50 20,50 50,20 50,20 20))",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)))",
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((12 0,20 0,20 9,12 0)))",
    };
    const struct bench *b = *state;
    GEOSContextHandle_t c = b->geos->context;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct made s = make(b, texts[i], b->same, 8, true);
        GEOSGeometry *geometry = wkt(b->geos, texts[i]);
        GEOSGeometry *buffer = shape_buffer(b->geos, geometry, 8);
        assert_non_null(s.geometry);
        GEOSGeometry *rest = GEOSSymDifference_r(c, s.geometry, buffer);
        double area = geometry_area(b->geos, rest);
        if (!(area < 1e-6))
            print_error("%s: %g\n", texts[i], area);
        assert_true(rest && area < 1e-6);
        assert_false(s.repaired);
        GEOSGeom_destroy_r(c, rest);
        GEOSGeom_destroy_r(c, buffer);
        GEOSGeom_destroy_r(c, geometry);
        drop(b, &s);
    }
}

static int set_up(void **state)
{
    static struct bench bench;
    void *geos;
    *state = &bench;
    gdal_setup();
    if (geos_set_up(&geos) != 0 ||
        crs_parse(&bench.lambert, "EPSG:2154") != TERRAMIS_OK ||
        crs_parse(&bench.wgs, "EPSG:4326") != TERRAMIS_OK)
        return -1;
    bench.geos = geos;
    return crs_step_open(&bench.same, &bench.lambert, &bench.lambert) ||
           crs_step_open(&bench.step, &bench.wgs, &bench.lambert);
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    crs_step_close(b->same);
    crs_step_close(b->step);
    crs_release(&b->lambert);
    crs_release(&b->wgs);
    geos_close(b->geos);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_are_dropped),
        cmocka_unit_test(curves_become_lines),
        cmocka_unit_test(surfaces_become_their_faces),
        cmocka_unit_test(everything_is_moved_to_the_project),
        cmocka_unit_test(invalid_polygons_are_repaired),
        cmocka_unit_test(what_has_no_area_is_refused),
        cmocka_unit_test(lines_survive_repair),
        cmocka_unit_test(buffers),
        cmocka_unit_test(thin_buffers_keep_areas),
        cmocka_unit_test(buffers_are_those_of_geos),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
