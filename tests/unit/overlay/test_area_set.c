#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "overlay/area_set.h"
#include "unit/geometry.h"

/* GEOS's clippers, which give up where they are told to. */
static bool no_clip, no_intersection;

GEOSGeometry *GEOSClipByRect_r(GEOSContextHandle_t c, const GEOSGeometry *g,
                               double xmin, double ymin, double xmax,
                               double ymax)
{
    __typeof__(&GEOSClipByRect_r) next;
    *(void **)&next = dlsym(RTLD_NEXT, "GEOSClipByRect_r");
    return no_clip ? NULL : next(c, g, xmin, ymin, xmax, ymax);
}

GEOSGeometry *GEOSIntersection_r(GEOSContextHandle_t c, const GEOSGeometry *a,
                                 const GEOSGeometry *b)
{
    __typeof__(&GEOSIntersection_r) next;
    *(void **)&next = dlsym(RTLD_NEXT, "GEOSIntersection_r");
    return no_intersection ? NULL : next(c, a, b);
}

static double area_in(struct geos *g, const struct area_set *set,
                      struct rect rect)
{
    GEOSGeometry *area;
    assert_int_equal(area_set_union(set, g, rect, &area), TERRAMIS_OK);
    double found = area ? geometry_area(g, area) : -1; /* -1: NULL */
    if (area) {
        struct rect e = geos_extent(g, area);
        assert_true(e.xmin >= rect.xmin && e.xmax <= rect.xmax);
        assert_true(e.ymin >= rect.ymin && e.ymax <= rect.ymax);
        assert_true(GEOSisValid_r(g->context, area) == 1);
    }
    GEOSGeom_destroy_r(g->context, area);
    return found;
}

/* One feature in the window 0..10 x 0..10. */
static void clipping(void **state)
{
    struct geos *g = *state;
    static const struct {
        struct feature_of feature;
        double area; /* -1: nothing */
    } cases[] = {{{"POLYGON((2 2,4 2,4 4,2 4,2 2))", {NULL}}, 4},
                 {{"POLYGON((5 5,15 5,15 15,5 15,5 5))", {NULL}}, 25},
                 {{"POLYGON((-5 -5,15 -5,15 15,-5 15,-5 -5))", {NULL}}, 100},
                 {{"POLYGON((-5 -5,15 -5,15 15,-5 15,-5 -5),(2 2,4 2,4 4,2 4,2 "
                   "2))",
                   {NULL}},
                  96},
                 /* an edge, a corner, nothing in common */
                 {{"POLYGON((10 0,20 0,20 10,10 10,10 0))", {NULL}}, -1},
                 {{"POLYGON((10 10,20 10,20 20,10 10))", {NULL}}, -1},
                 {{"POLYGON((11 0,20 0,20 10,11 0))", {NULL}}, -1},
                 {{"LINESTRING(0 0,10 10)", {NULL}}, -1},
                 {{"MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((9 9,12 9,12 12,9 "
                   "12,9 9)))",
                   {NULL}},
                  2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vector v = vector_of(g, &cases[i].feature, 1, 0);
        const struct vector *pointer = &v;
        struct area_set set = {&pointer, 1};
        assert_true(fabs(area_in(g, &set, (struct rect){0, 0, 10, 10}) -
                         cases[i].area) < 1e-9);
        vector_release(&v);
    }
}

static void the_robust_clipper_gives_the_same(void **state)
{
    no_clip = true;
    clipping(state);
    no_clip = false;
}

/* Both clippers fail on the first of two features: an error, and no area. */
static void a_failure_is_told(void **state)
{
    struct geos *g = *state;
    static const struct feature_of two[] = {
        {"POLYGON((0 0,4 0,4 4,0 4,0 0))", {NULL}},
        {"POLYGON((2 0,6 0,6 4,2 4,2 0))", {NULL}}};
    struct vector v = vector_of(g, two, 2, 0);
    const struct vector *pointer = &v;
    struct area_set set = {&pointer, 1};
    GEOSGeometry *area = NULL;
    no_clip = no_intersection = true;
    assert_int_not_equal(
        area_set_union(&set, g, (struct rect){1, 1, 3, 3}, &area), TERRAMIS_OK);
    no_clip = no_intersection = false;
    assert_non_null(strstr(status_message(), "clip"));
    assert_null(area);
    vector_release(&v);
}

/* Layers that count as one: overlaps, inside one and between them, once. */
static void layers_count_as_one(void **state)
{
    struct geos *g = *state;
    static const struct feature_of a[] = {
        {"POLYGON((0 0,4 0,4 4,0 4,0 0))", {NULL}},
        {"POLYGON((2 0,6 0,6 4,2 4,2 0))", {NULL}}};
    static const struct feature_of b[] = {
        {"POLYGON((5 0,9 0,9 4,5 4,5 0))", {NULL}}};
    struct vector layers[] = {vector_of(g, a, 2, 0), vector_of(g, b, 1, 0),
                              vector_of(g, NULL, 0, 0)};
    const struct vector *pointers[] = {&layers[0], &layers[1], &layers[2]};
    struct area_set set = {pointers, 3};
    assert_true(fabs(area_in(g, &set, (struct rect){0, 0, 20, 20}) - 36) <
                1e-9);
    assert_true(fabs(area_in(g, &set, (struct rect){1, 1, 8, 2}) - 7) < 1e-9);
    assert_true(area_in(g, &set, (struct rect){50, 50, 60, 60}) == -1);
    struct area_set none = {NULL, 0};
    assert_true(area_in(g, &none, (struct rect){0, 0, 20, 20}) == -1);
    for (int i = 0; i < 3; i++)
        vector_release(&layers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clipping),
        cmocka_unit_test(the_robust_clipper_gives_the_same),
        cmocka_unit_test(a_failure_is_told),
        cmocka_unit_test(layers_count_as_one),
    };
    return cmocka_run_group_tests(tests, geos_set_up, geos_tear_down);
}
