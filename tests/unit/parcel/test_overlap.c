/* Land that parcels share against GEOS, by unions of all that come before. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parcel/overlap.h"
#include "unit/lambert.h"

static const double west = 490000, south = 6930000;

static GEOSGeometry *box_at(struct bench *b, double x, double y, double side)
{
    return geos_rectangle(
        b->geos,
        (struct rect){west + x, south + y, west + x + side, south + y + side});
}

static void add_box(struct bench *b, struct vector *v, double x, double y,
                    double side)
{
    vector_add(v, b->geos, box_at(b, x, y, side));
}

static struct overlaps find(struct bench *b, struct vector *v, int threads)
{
    struct overlaps overlaps;
    assert_int_equal(vector_index(v), TERRAMIS_OK);
    assert_int_equal(overlaps_find(&overlaps, v, &b->crs, threads),
                     TERRAMIS_OK);
    return overlaps;
}

/* True m2 of a planar area in the middle of the test's land; elsewhere in it
 * the scale differs by less than 2e-5. */
static double true_area(struct bench *b, double planar)
{
    return planar * crs_area_scale(b->measure, west + 500, south + 500);
}

/* Neighbours share a border, corner by corner or not, but no land. */
static void neighbours_share_nothing(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            add_box(b, &v, 37.3 * i, 37.3 * j, 37.3);
    add_box(b, &v, -100, 11.1, 100); /* T-junctions along the first column */
    struct overlaps o = find(b, &v, 2);
    assert_int_equal(o.count, 0);
    assert_null(overlap_of(&o, 3));
    overlaps_release(&o);
    vector_release(&v);
}

static void a_repeat_has_nothing_left(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    add_box(b, &v, 0, 0, 100);
    add_box(b, &v, 300, 0, 100);
    add_box(b, &v, 300, 0, 100);
    add_box(b, &v, 310, 10, 50); /* inside, but no repeat */
    struct overlaps o = find(b, &v, 1);
    struct overlap_sum sum = overlaps_sum(&o);
    assert_int_equal(o.count, 2);
    assert_int_equal(o.rest.count, 0);
    assert_int_equal(sum.repeats, 1);
    assert_true(fabs(sum.area - true_area(b, 12500)) < 0.2);
    assert_int_equal(o.items[0].feature, 2);
    assert_int_equal(o.items[0].first, 1);
    assert_true(o.items[0].repeats);
    assert_false(o.items[1].repeats);
    assert_ptr_equal(overlap_of(&o, 3), &o.items[1]);
    assert_null(overlap_of(&o, 1));
    overlaps_release(&o);
    vector_release(&v);
}

/* Corners on the others' edges, and land under three parcels. */
static void a_known_area(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    add_box(b, &v, 0, 0, 200);
    add_box(b, &v, 100, 0, 200);   /* 20,000 m2 of the first */
    add_box(b, &v, 150, 100, 100); /* all of it in the two, 5,000 in both */
    struct overlaps o = find(b, &v, 1);
    assert_int_equal(o.count, 2);
    assert_true(fabs(o.items[0].area - true_area(b, 20000)) < 0.4);
    assert_true(fabs(o.items[1].area - true_area(b, 10000)) < 0.2);
    assert_int_equal(o.rest.count, 1);
    assert_int_equal(o.rest.features[0].fid, 1);
    assert_float_equal(paths_area(b->geos, vector_paths(&o.rest, 0)), 20000,
                       1e-6);
    overlaps_release(&o);
    vector_release(&v);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* A star around a place, its rays of random length. */
static GEOSGeometry *star(struct bench *b, unsigned *seed, double reach)
{
    enum {
        RAYS = 11
    };
    char text[1024] = "POLYGON((", first[64] = "";
    double x = west + next_random(seed) % 1000,
           y = south + next_random(seed) % 1000;
    size_t length = strlen(text);
    for (int i = 0; i < RAYS; i++) {
        double angle = 2 * M_PI * i / RAYS;
        double r = reach * (0.2 + next_random(seed) % 1000 / 1250.0);
        char point[64];
        snprintf(point, sizeof point, "%.3f %.3f", x + r * cos(angle),
                 y + r * sin(angle));
        if (i == 0)
            strcpy(first, point);
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s,", point);
    }
    snprintf(text + length, sizeof text - length, "%s))", first);
    return wkt(b->geos, text);
}

/* Area of each that the union of those before it covers. */
static void check_by_union(struct bench *b, const struct vector *v,
                           const struct overlaps *o)
{
    GEOSContextHandle_t c = b->geos->context;
    GEOSGeometry *before = GEOSGeom_createEmptyPolygon_r(c);
    for (size_t i = 0; i < v->count; i++) {
        const struct overlap *overlap = overlap_of(o, i);
        GEOSGeometry *parcel = geometry_of(b->geos, vector_paths(v, i));
        GEOSGeometry *shared = GEOSIntersection_r(c, parcel, before);
        double area = overlap ? overlap->area : 0;
        GEOSGeometry *both = GEOSUnion_r(c, parcel, before);
        double wanted = true_area(b, geometry_area(b->geos, shared));
        assert_true(fabs(area - wanted) < 0.02 + 2e-5 * wanted);
        GEOSGeom_destroy_r(c, parcel);
        GEOSGeom_destroy_r(c, shared);
        GEOSGeom_destroy_r(c, before);
        before = both;
    }
    GEOSGeom_destroy_r(c, before);
}

static void random_parcels(void **state)
{
    struct bench *b = *state;
    for (unsigned seed = 1; seed <= 40; seed++) {
        struct vector v = {.config = NULL};
        unsigned random = seed;
        for (int i = 0; i < 30; i++)
            vector_add(&v, b->geos, star(b, &random, seed % 4 ? 120 : 700));
        struct overlaps o = find(b, &v, 1);
        assert_true(o.count > 0);
        check_by_union(b, &v, &o);
        overlaps_release(&o);
        vector_release(&v);
    }
}

/* Several chunks, in any order of work. */
static void the_same_for_any_threads(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    unsigned random = 7;
    for (int i = 0; i < 2500; i++)
        vector_add(&v, b->geos, star(b, &random, 12));
    struct overlaps one = find(b, &v, 1), four = find(b, &v, 4);
    assert_int_equal(one.count, four.count);
    assert_int_equal(one.rest.count, four.rest.count);
    for (size_t i = 0; i < one.count; i++) {
        assert_int_equal(one.items[i].feature, four.items[i].feature);
        assert_int_equal(one.items[i].first, four.items[i].first);
        assert_true(one.items[i].area == four.items[i].area);
    }
    overlaps_release(&one);
    overlaps_release(&four);
    vector_release(&v);
}

static void no_parcels(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    struct overlaps o;
    assert_int_equal(overlaps_find(&o, &v, &b->crs, 2), TERRAMIS_OK);
    assert_int_equal(overlaps_sum(&o).parcels, 0);
    overlaps_release(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_share_nothing),
        cmocka_unit_test(a_repeat_has_nothing_left),
        cmocka_unit_test(a_known_area),
        cmocka_unit_test(random_parcels),
        cmocka_unit_test(the_same_for_any_threads),
        cmocka_unit_test(no_parcels),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
