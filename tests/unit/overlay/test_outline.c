#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "overlay/outline.h"
#include "unit/geometry.h"

/* GEOS's, which fails where it is told to. */
static bool no_copy;

int GEOSCoordSeq_copyToBuffer_r(GEOSContextHandle_t c,
                                const GEOSCoordSequence *s, double *to, int z,
                                int m)
{
    __typeof__(&GEOSCoordSeq_copyToBuffer_r) next;
    *(void **)&next = dlsym(RTLD_NEXT, "GEOSCoordSeq_copyToBuffer_r");
    return no_copy ? 0 : next(c, s, to, z, m);
}

/* Twice the signed area of ring i; positive: counter-clockwise. */
static double turn(const struct rings *rings, size_t i)
{
    double sum = 0;
    for (size_t k = rings->start[i]; k + 1 < rings->start[i + 1]; k++) {
        const double *p = rings->xy + 2 * k;
        sum += p[0] * p[3] - p[2] * p[1];
    }
    return sum;
}

static void add(struct outline *outline, struct geos *g, const char *text)
{
    GEOSGeometry *geometry = wkt(g, text);
    assert_int_equal(outline_add(outline, g, geometry), TERRAMIS_OK);
    GEOSGeom_destroy_r(g->context, geometry);
}

static void rings_are_closed_and_turn_the_right_way(void **state)
{
    struct geos *g = *state;
    struct outline outline = {0};
    /* shells and holes in either direction */
    add(&outline, g,
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 2,1 1),(3 3,3 4,4 4,4 "
        "3,3 3))");
    add(&outline, g, "POLYGON((0 0,0 9,9 9,9 0,0 0))");
    add(&outline, g,
        "MULTIPOLYGON(((20 0,21 0,21 1,20 0)),((30 0,30 1,31 1,30 0)))");
    struct rings rings = outline_rings(&outline);
    static const double expected[] = {-162, 2, 2, -162, -1, -1};
    static const size_t points[] = {5, 5, 5, 5, 4, 4};
    assert_int_equal(rings.count, 6);
    assert_int_equal(rings.start[0], 0);
    for (size_t i = 0; i < rings.count; i++) {
        size_t first = rings.start[i], last = rings.start[i + 1] - 1;
        assert_int_equal(last - first + 1, points[i]);
        assert_memory_equal(rings.xy + 2 * first, rings.xy + 2 * last,
                            2 * sizeof(double));
        assert_true(turn(&rings, i) == expected[i]);
    }
    outline_clear(&outline);
    assert_int_equal(outline_rings(&outline).count, 0);
    add(&outline, g, "POLYGON((5 5,6 5,6 6,5 5))"); /* the room is reused */
    rings = outline_rings(&outline);
    assert_int_equal(rings.count, 1);
    assert_int_equal(rings.start[1], 4);
    outline_release(&outline);
    assert_null(outline.xy);
}

static void what_has_no_rings_adds_none(void **state)
{
    struct geos *g = *state;
    struct outline outline = {0};
    add(&outline, g, "POLYGON EMPTY");
    add(&outline, g, "MULTIPOLYGON EMPTY");
    add(&outline, g, "LINESTRING(0 0,1 1)");
    add(&outline, g, "POINT(0 0)");
    assert_int_equal(outline_rings(&outline).count, 0);
    add(&outline, g,
        "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,1 0,1 1,0 0)))");
    assert_int_equal(outline_rings(&outline).count, 1);
    outline_release(&outline);
}

/* The room grows; nothing before is lost. */
static void many_rings(void **state)
{
    struct geos *g = *state;
    struct outline outline = {0};
    enum {
        N = 3000
    };
    for (int i = 0; i < N; i++) {
        GEOSGeometry *box =
            geos_rectangle(g, (struct rect){i, 0, i + 1, 1 + i});
        assert_int_equal(outline_add(&outline, g, box), TERRAMIS_OK);
        GEOSGeom_destroy_r(g->context, box);
    }
    struct rings rings = outline_rings(&outline);
    assert_int_equal(rings.count, N);
    for (int i = 0; i < N; i++)
        assert_true(turn(&rings, (size_t)i) == -2.0 * (1 + i));
    outline_release(&outline);
}

static void a_failure_is_told(void **state)
{
    struct geos *g = *state;
    struct outline outline = {0};
    GEOSGeometry *geometry = wkt(g, "POLYGON((0 0,9 0,9 9,0 0))");
    no_copy = true;
    assert_int_not_equal(outline_add(&outline, g, geometry), TERRAMIS_OK);
    no_copy = false;
    assert_non_null(strstr(status_message(), "coordinates"));
    GEOSGeom_destroy_r(g->context, geometry);
    outline_release(&outline);
}

static void segments_of(struct segment_list *list, struct geos *g,
                        const char *text)
{
    GEOSGeometry *geometry = wkt(g, text);
    struct paths paths = {0};
    assert_int_equal(paths_add_geometry(&paths, g, geometry), TERRAMIS_OK);
    assert_int_equal(
        segment_list_add(list, (struct path_range){&paths, 0, paths.count}),
        TERRAMIS_OK);
    paths_release(&paths);
    GEOSGeom_destroy_r(g->context, geometry);
}

static void segments_of_any_geometry(void **state)
{
    struct geos *g = *state;
    static const struct {
        const char *wkt;
        size_t count;
        double length;
    } cases[] = {
        {"POINT(3 4)", 1, 0},
        {"MULTIPOINT((3 4),(5 6))", 2, 0},
        {"LINESTRING(0 0,3 4)", 1, 5},
        {"LINESTRING(0 0,3 4,3 0)", 2, 9},
        {"MULTILINESTRING((0 0,3 4),(1 1,2 1))", 2, 6},
        {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 2,1 1))", 8, 40},
        {"MULTIPOLYGON(((0 0,4 0,4 3,0 0)),((9 0,13 0,13 3,9 0)))", 6, 24},
        {"GEOMETRYCOLLECTION(POINT(0 0),LINESTRING(0 "
         "0,3 4),POLYGON((0 0,4 0,4 3,0 0)))",
         5, 17},
        {"POLYGON EMPTY", 0, 0},
        {"LINESTRING EMPTY", 0, 0},
        {"POINT EMPTY", 0, 0}};
    struct segment_list list = {0};
    size_t count = 0;
    double length = 0, expected = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        segments_of(&list, g, cases[i].wkt);
        count += cases[i].count;
        expected += cases[i].length;
        assert_int_equal(list.count, count);
    }
    for (size_t i = 0; i < list.count; i++)
        length += hypot(list.ends[i][2] - list.ends[i][0],
                        list.ends[i][3] - list.ends[i][1]);
    assert_true(fabs(length - expected) < 1e-9);
    assert_true(list.ends[0][0] == 3 && list.ends[0][3] == 4);
    free(list.ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_are_closed_and_turn_the_right_way),
        cmocka_unit_test(what_has_no_rings_adds_none),
        cmocka_unit_test(many_rings),
        cmocka_unit_test(a_failure_is_told),
        cmocka_unit_test(segments_of_any_geometry),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
