#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/paths.h"
#include "unit/geometry.h"

static const char *const texts[] = {
    "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 2,1 1),(3 3,3 4,4 4,4 3,3 "
    "3))",
    "POLYGON((0 0,0 9,9 9,9 0,0 0))",
    "MULTIPOLYGON(((20 0,21 0,21 1,20 0)),((30 0,30 1,31 1,30 0),(30.1 "
    "0.2,30.2 0.5,30.3 0.5,30.1 0.2)))",
    "LINESTRING(0 0,3 4,5 6)",
    "MULTILINESTRING((0 0,3 4),(1 1,2 1))",
    "POINT(3 4)",
    "MULTIPOINT((3 4),(5 6))",
    "GEOMETRYCOLLECTION(POLYGON((0 0,4 0,4 3,0 0)),LINESTRING(0 0,3 4),POINT(0 "
    "0))"};

enum {
    TEXTS = sizeof texts / sizeof *texts
};

/* All in one, then each as it was: the same points in the same order. */
static void there_and_back(void **state)
{
    struct geos *g = *state;
    struct paths one = {0}, all = {0};
    size_t first[TEXTS + 1] = {0};
    for (size_t i = 0; i < TEXTS; i++) {
        GEOSGeometry *geometry = wkt(g, texts[i]);
        paths_clear(&one);
        assert_int_equal(paths_add_geometry(&one, g, geometry), TERRAMIS_OK);
        assert_int_equal(
            paths_append(&all, (struct path_range){&one, 0, one.count}),
            TERRAMIS_OK);
        first[i + 1] = all.count;
        GEOSGeom_destroy_r(g->context, geometry);
    }
    paths_trim(&all);
    for (size_t i = 0; i < TEXTS; i++) {
        struct path_range range = {&all, first[i], first[i + 1] - first[i]};
        GEOSGeometry *expected = wkt(g, texts[i]);
        GEOSGeometry *found = geometry_of(g, range);
        assert_int_equal(GEOSGeomTypeId_r(g->context, found),
                         GEOSGeomTypeId_r(g->context, expected));
        assert_int_equal(GEOSEqualsExact_r(g->context, found, expected, 0), 1);
        struct rect r = paths_bounds(range);
        struct rect e = geos_extent(g, expected);
        assert_memory_equal(&r, &e, sizeof r);
        GEOSGeom_destroy_r(g->context, found);
        GEOSGeom_destroy_r(g->context, expected);
    }
    paths_release(&one);
    paths_release(&all);
    assert_null(all.xy);
}

/* Twice the signed area of ring i. */
static double turn(const struct rings *rings, size_t i)
{
    double sum = 0;
    for (size_t k = rings->start[i]; k + 1 < rings->start[i + 1]; k++) {
        const double *p = rings->xy + 2 * k;
        sum += p[0] * p[3] - p[2] * p[1];
    }
    return sum;
}

static void rings_for_the_kernels(void **state)
{
    struct geos *g = *state;
    struct paths paths = {0};
    for (size_t i = 0; i < TEXTS; i++) {
        GEOSGeometry *geometry = wkt(g, texts[i]);
        size_t first = paths.count;
        double sum = 0;
        assert_int_equal(paths_add_geometry(&paths, g, geometry), TERRAMIS_OK);
        struct rings rings = paths_rings(
            (struct path_range){&paths, first, paths.count - first});
        for (size_t r = 0; r < rings.count; r++) {
            bool shell = paths_kind(&paths, first + r) == PATH_SHELL;
            assert_true((turn(&rings, r) < 0) == shell);
            sum -= turn(&rings, r) / 2;
        }
        assert_true(fabs(sum - geometry_area(g, geometry)) < 1e-9);
        GEOSGeom_destroy_r(g->context, geometry);
    }
    struct rings none = paths_rings((struct path_range){&paths, 0, 0});
    assert_int_equal(none.count, 0);
    paths_release(&paths);
}

static void bounds_of_what_is_no_place(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    struct paths paths = {0};
    double *xy;
    assert_true(rect_is_empty(paths_bounds((struct path_range){&paths, 0, 0})));
    for (int i = 0; i < 6; i++) {
        paths_clear(&paths);
        assert_int_equal(paths_add(&paths, PATH_LINE, 2, &xy), TERRAMIS_OK);
        for (int k = 0; k < 4; k++)
            xy[k] = k;
        xy[i / 3 + 2] = bad[i % 3];
        struct path_range range = {&paths, 0, 1};
        assert_false(rect_is_finite(paths_bounds(range)));
    }
    paths_release(&paths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(rings_for_the_kernels),
        cmocka_unit_test(bounds_of_what_is_no_place),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
