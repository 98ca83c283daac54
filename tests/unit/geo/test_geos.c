#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "unit/geometry.h"

static double area_of(struct geos *g, const GEOSGeometry *geometry)
{
    double area = -1;
    assert_true(GEOSArea_r(g->context, geometry, &area) == 1);
    return area;
}

/* GEOS tells a lack of memory by the name of its exception. */
static void no_memory(void **state)
{
    struct geos *g = *state;
    strcpy(g->error, "std::bad_alloc");
    assert_int_equal(geos_check(g, NULL, "union"), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(), "out of memory");
    assert_true(status_memory_lost());
    assert_int_equal(status_end(TERRAMIS_INTERNAL), TERRAMIS_INTERNAL);
    strcpy(g->error, "TopologyException: side location conflict");
    assert_int_equal(geos_check(g, NULL, "union"), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(),
                        "union: TopologyException: side location conflict");
    assert_false(status_memory_lost());
    g->error[0] = '\0';
}

static void unions(void **state)
{
    struct geos *g = *state;
    GEOSGeometry *result;
    assert_int_equal(geos_union(g, NULL, 0, &result), TERRAMIS_OK);
    assert_true(GEOSisEmpty_r(g->context, result) == 1);
    GEOSGeom_destroy_r(g->context, result);

    GEOSGeometry *one[] = {wkt(g, "POLYGON((0 0,2 0,2 2,0 2,0 0))")};
    assert_int_equal(geos_union(g, one, 1, &result), TERRAMIS_OK);
    assert_ptr_equal(result, one[0]);
    GEOSGeom_destroy_r(g->context, result);

    /* two that overlap, one apart, one that meets at a point only */
    GEOSGeometry *four[] = {wkt(g, "POLYGON((0 0,2 0,2 2,0 2,0 0))"),
                            wkt(g, "POLYGON((1 1,3 1,3 3,1 3,1 1))"),
                            wkt(g, "POLYGON((10 0,11 0,11 1,10 1,10 0))"),
                            wkt(g, "POLYGON((3 3,4 3,4 4,3 4,3 3))")};
    assert_int_equal(geos_union(g, four, 4, &result), TERRAMIS_OK);
    assert_true(fabs(area_of(g, result) - (4 + 4 - 1 + 1 + 1)) < 1e-12);
    assert_int_equal(GEOSGeomTypeId_r(g->context, result), GEOS_MULTIPOLYGON);
    assert_true(GEOSisValid_r(g->context, result) == 1);
    GEOSGeom_destroy_r(g->context, result);

    /* of a polygon and a line only the polygon remains */
    GEOSGeometry *mixed[] = {wkt(g, "POLYGON((0 0,2 0,2 2,0 2,0 0))"),
                             wkt(g, "LINESTRING(5 5,9 9)")};
    assert_int_equal(geos_union(g, mixed, 2, &result), TERRAMIS_OK);
    assert_int_equal(GEOSGeomTypeId_r(g->context, result), GEOS_POLYGON);
    assert_true(area_of(g, result) == 4);
    GEOSGeom_destroy_r(g->context, result);
}

/* A quadrilateral of a jittered net whose nodes neighbours share; `fault` makes
 * one that does not fit: 1 overlaps, 2 has a node within a neighbour's side. */
static GEOSGeometry *quad(struct geos *g, double net[7][7][2], int i, int j,
                          int fault)
{
    char text[512];
    double grow = fault == 1 ? 0.2 : 0;
    double x = net[i][j][0], y = net[i][j][1];
    double mx = (x + net[i + 1][j][0]) / 2, my = (y + net[i + 1][j][1]) / 2;
    char middle[80] = "";
    if (fault == 2)
        snprintf(middle, sizeof middle, ",%.17g %.17g", mx, my);
    snprintf(text, sizeof text,
             "POLYGON((%.17g %.17g%s,%.17g %.17g,%.17g %.17g,%.17g %.17g,"
             "%.17g %.17g))",
             x - grow, y, middle, net[i + 1][j][0], net[i + 1][j][1],
             net[i + 1][j + 1][0], net[i + 1][j + 1][1], net[i][j + 1][0],
             net[i][j + 1][1], x - grow, y);
    return wkt(g, text);
}

/* The shortcut for shared borders gives what GEOS's general union gives. */
static void unions_of_nets(void **state)
{
    struct geos *g = *state;
    srand(4);
    for (int round = 0; round < 300; round++) {
        double net[7][7][2];
        GEOSGeometry *items[36], *copies[36], *result;
        size_t count = 0;
        for (int i = 0; i < 49; i++)
            for (int k = 0; k < 2; k++)
                net[i / 7][i % 7][k] =
                    10 * (k ? i % 7 : i / 7) + 4.0 * (double)rand() / RAND_MAX;
        for (int i = 0; i < 36; i++) {
            if (rand() % 4 == 0)
                continue;
            int fault = round % 3 ? rand() % 40 : 0;
            items[count] = quad(g, net, i / 6, i % 6, fault);
            copies[count] = GEOSGeom_clone_r(g->context, items[count]);
            count++;
        }
        assert_int_equal(geos_union(g, items, count, &result), TERRAMIS_OK);
        GEOSGeometry *all = GEOSGeom_createCollection_r(
            g->context, GEOS_GEOMETRYCOLLECTION, copies, (unsigned)count);
        GEOSGeometry *wanted = GEOSUnaryUnion_r(g->context, all);
        assert_true(GEOSisValid_r(g->context, result) == 1);
        GEOSGeometry *rest = GEOSSymDifference_r(g->context, wanted, result);
        assert_true(area_of(g, rest) < 1e-9);
        if (round % 3 == 0) /* else rounding may leave a gap of no width */
            assert_int_equal(GEOSGetNumGeometries_r(g->context, wanted),
                             GEOSGetNumGeometries_r(g->context, result));
        GEOSGeom_destroy_r(g->context, rest);
        GEOSGeom_destroy_r(g->context, wanted);
        GEOSGeom_destroy_r(g->context, all);
        GEOSGeom_destroy_r(g->context, result);
    }
}

static void only_polygons_remain(void **state)
{
    struct geos *g = *state;
    static const struct {
        const char *wkt;
        double area;
        int type;
    } cases[] = {
        {"POLYGON((0 0,1 0,1 1,0 1,0 0))", 1, GEOS_POLYGON},
        {"MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 5,6 5,6 6,5 6,5 5)))", 2,
         GEOS_MULTIPOLYGON},
        {"POINT(1 1)", 0, GEOS_POLYGON},
        {"LINESTRING(0 0,1 1)", 0, GEOS_POLYGON},
        {"GEOMETRYCOLLECTION EMPTY", 0, GEOS_POLYGON},
        {"GEOMETRYCOLLECTION(LINESTRING(0 0,9 9),POLYGON((0 0,1 0,1 1,0 1,0 0)"
         "),POINT(3 3))",
         1, GEOS_POLYGON},
        {"GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 1,0 0)),MULTIPOLYGON(((0 "
         "0,2 0,2 1,0 1,0 0)),((7 7,8 7,8 8,7 8,7 7))))",
         3, GEOS_MULTIPOLYGON},
        {"GEOMETRYCOLLECTION(POINT(0 0),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1),"
         "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 1,0 0)))))",
         1, GEOS_POLYGON}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GEOSGeometry *p = geos_only_polygons(g, wkt(g, cases[i].wkt));
        assert_non_null(p);
        assert_int_equal(GEOSGeomTypeId_r(g->context, p), cases[i].type);
        assert_true(fabs(area_of(g, p) - cases[i].area) < 1e-12);
        GEOSGeom_destroy_r(g->context, p);
    }
    assert_null(geos_only_polygons(g, NULL));
}

/* Found by the fuzzer: of this one, GEOS's repair makes a polygon with a hole
 * outside of its shell, of 1175 m2. */
static void repairs_its_own_repairs(void **state)
{
    struct geos *g = *state;
    const char *text =
        "POLYGON((499959.99999996 6930040.00000004,"
        "500040.00000004 6929979.99999998,500020.00000002 6930020.00000002,"
        "500060.00000006 6930020.00000002,500080.00000008 6929994.999999995,"
        "500005.000000005 6929994.999999995,500060.00000006 6929919.99999992,"
        "500040.00000004 6929959.99999996,499959.99999996 6930040.00000004))";
    GEOSGeometry *raw = wkt(g, text);
    GEOSGeometry *once = GEOSMakeValidWithParams_r(g->context, raw, g->repair);
    assert_int_equal(GEOSisValid_r(g->context, once), 0);
    GEOSGeometry *valid = geos_repair(g, raw, true);
    assert_int_equal(GEOSisValid_r(g->context, valid), 1);
    assert_true(fabs(area_of(g, valid) - 1525) < 1e-3);
    GEOSGeom_destroy_r(g->context, once);
    GEOSGeom_destroy_r(g->context, valid);
    valid = geos_repair(g, wkt(g, "LINESTRING(0 0,0 0)"), false);
    assert_null(valid && GEOSisEmpty_r(g->context, valid) != 1 ? valid : NULL);
    GEOSGeom_destroy_r(g->context, valid);
    assert_null(geos_repair(g, NULL, true));
}

/* Of these spikes at a triangle GEOS's repair makes nothing. */
/* GEOS 3.11 itself loses memory where its repair throws. */
static void look_for_leaks(bool on)
{
#ifdef __SANITIZE_ADDRESS__
    if (on)
        __lsan_enable();
    else
        __lsan_disable();
#endif
    (void)on;
}

static void repairs_where_geos_gives_up(void **state)
{
    struct geos *g = *state;
    const char *text = "POLYGON((533475 6971850,533500 6971850,533475 6971850,"
                       "533475 6971875,533475 6971850,533475 6971825,"
                       "533500 6971850,533475 6971850))";
    GEOSGeometry *raw = wkt(g, text);
    look_for_leaks(false);
    assert_null(GEOSMakeValidWithParams_r(g->context, raw, g->repair));
    GEOSGeometry *valid = geos_repair(g, raw, true);
    look_for_leaks(true);
    assert_non_null(valid);
    assert_true(area_of(g, valid) == 312.5);
    GEOSGeom_destroy_r(g->context, valid);
}

static void extents(void **state)
{
    struct geos *g = *state;
    GEOSGeometry *line = wkt(g, "LINESTRING(3 -4,-1 7)");
    struct rect r = geos_extent(g, line);
    assert_true(r.xmin == -1 && r.ymin == -4 && r.xmax == 3 && r.ymax == 7);
    GEOSGeom_destroy_r(g->context, line);
    GEOSGeometry *none = wkt(g, "POLYGON EMPTY");
    assert_true(rect_is_empty(geos_extent(g, none)));
    GEOSGeom_destroy_r(g->context, none);
    GEOSGeometry *box = geos_rectangle(g, (struct rect){1, 2, 4, 8});
    assert_true(area_of(g, box) == 18);
    r = geos_extent(g, box);
    assert_true(r.xmin == 1 && r.ymin == 2 && r.xmax == 4 && r.ymax == 8);
    GEOSGeom_destroy_r(g->context, box);
}

static void errors_carry_the_message(void **state)
{
    struct geos *g = *state;
    int any = 0;
    assert_int_equal(geos_check(g, &any, "x"), TERRAMIS_OK);
    g->error[0] = '\0';
    assert_int_equal(geos_check(g, NULL, "buffer"), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(), "buffer: GEOS failed");
    /* a ring that is not closed */
    static const double xy[] = {0, 0, 1, 0, 1, 1, 0, 1};
    GEOSCoordSequence *s =
        GEOSCoordSeq_copyFromBuffer_r(g->context, xy, 4, 0, 0);
    GEOSGeometry *ring = GEOSGeom_createLinearRing_r(g->context, s);
    assert_null(ring);
    assert_int_equal(geos_check(g, ring, "ring"), TERRAMIS_INTERNAL);
    assert_non_null(strstr(status_message(), "ring: "));
    assert_non_null(strstr(status_message(), "closed"));
    g->error[0] = '\0';
}

static void simpler_but_valid(void **state)
{
    struct geos *g = *state;
    /* a hole that a simpler shell must not run into, and needless points */
    GEOSGeometry *from = wkt(g, "POLYGON((0 0,5 0.3,10 0,10 10,0 10,0 5,0 0),"
                                "(4 0.35,5 0.5,6 0.35,4 0.35))");
    GEOSGeometry *to;
    assert_int_equal(geos_simplify(g, from, 0.5, &to), TERRAMIS_OK);
    assert_true(GEOSGetNumCoordinates_r(g->context, to) <
                GEOSGetNumCoordinates_r(g->context, from));
    assert_true(GEOSisValid_r(g->context, to) == 1);
    assert_true(fabs(area_of(g, to) - area_of(g, from)) < 2);
    GEOSGeom_destroy_r(g->context, to);
    GEOSGeom_destroy_r(g->context, from);
}

static void closing_twice_is_fine(void **state)
{
    (void)state;
    struct geos g;
    assert_int_equal(geos_open(&g), TERRAMIS_OK);
    geos_close(&g);
    assert_null(g.context);
    geos_close(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_memory),
        cmocka_unit_test(unions),
        cmocka_unit_test(unions_of_nets),
        cmocka_unit_test(only_polygons_remain),
        cmocka_unit_test(repairs_its_own_repairs),
        cmocka_unit_test(repairs_where_geos_gives_up),
        cmocka_unit_test(extents),
        cmocka_unit_test(errors_carry_the_message),
        cmocka_unit_test(simpler_but_valid),
        cmocka_unit_test(closing_twice_is_fine),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
