#include "output/gpkg_blob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Well-known binary being put together. */
struct wkb {
    unsigned char at[512];
    size_t size;
};

static void put(struct wkb *w, const void *bytes, size_t size)
{
    memcpy(w->at + w->size, bytes, size);
    w->size += size;
}

static void put_number(struct wkb *w, uint32_t number)
{
    unsigned char bytes[] = {
        (unsigned char)number, (unsigned char)(number >> 8),
        (unsigned char)(number >> 16), (unsigned char)(number >> 24)};
    put(w, bytes, 4);
}

static void put_head(struct wkb *w, uint32_t type)
{
    put(w, "\1", 1);
    put_number(w, type);
}

/* A triangle from (x, y), with a hole where asked. */
static void put_polygon(struct wkb *w, double x, double y, bool hole)
{
    double ring[] = {x, y, x + 8, y, x, y + 4, x, y};
    double inner[] = {x + 1, y + 1, x + 2, y + 1, x + 1, y + 2, x + 1, y + 1};
    put_head(w, WKB_POLYGON);
    put_number(w, hole ? 2 : 1);
    put_number(w, 4);
    put(w, ring, sizeof ring);
    if (hole) {
        put_number(w, 4);
        put(w, inner, sizeof inner);
    }
}

static void a_polygon_becomes_multi(void **state)
{
    (void)state;
    struct gpkg_blob blob = {0};
    struct wkb w = {0};
    put_polygon(&w, 100, 200, true);
    assert_true(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTIPOLYGON, 2154));
    assert_int_equal(blob.size, 40 + 9 + w.size);
    assert_memory_equal(blob.at, "GP\0\3\x6a\x08\0\0", 8);
    double extent[4];
    memcpy(extent, blob.at + 8, sizeof extent);
    assert_true(extent[0] == 100 && extent[1] == 108);
    assert_true(extent[2] == 200 && extent[3] == 204);
    assert_memory_equal(blob.at + 40, "\1\6\0\0\0\1\0\0\0", 9);
    assert_memory_equal(blob.at + 49, w.at, w.size);
    assert_true(blob.extent.xmin == 100 && blob.extent.ymax == 204);
    /* again, into the same memory, as what it is */
    assert_true(gpkg_blob_make(&blob, w.at, w.size, WKB_POLYGON, 4326));
    assert_int_equal(blob.size, 40 + w.size);
    assert_memory_equal(blob.at + 40, w.at, w.size);
    free(blob.at);
}

static void a_multipolygon_stays(void **state)
{
    (void)state;
    struct gpkg_blob blob = {0};
    struct wkb w = {0};
    put_head(&w, WKB_MULTIPOLYGON);
    put_number(&w, 2);
    put_polygon(&w, 0, 0, false);
    put_polygon(&w, -50, 7, true);
    assert_true(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTIPOLYGON, 2154));
    assert_int_equal(blob.size, 40 + w.size);
    assert_memory_equal(blob.at + 40, w.at, w.size);
    assert_true(blob.extent.xmin == -50 && blob.extent.xmax == 8);
    assert_true(blob.extent.ymin == 0 && blob.extent.ymax == 11);
    free(blob.at);
}

static void points_have_no_extent_nor_has_nothing(void **state)
{
    (void)state;
    struct gpkg_blob blob = {0};
    struct wkb w = {0};
    put_head(&w, WKB_POINT);
    put(&w, (double[]){3, 4}, 16);
    assert_true(gpkg_blob_make(&blob, w.at, w.size, WKB_POINT, 1));
    assert_memory_equal(blob.at, "GP\0\1\1\0\0\0", 8);
    assert_int_equal(blob.size, 8 + w.size);
    assert_true(blob.extent.xmin == 3 && blob.extent.ymax == 4);
    w.size = 0;
    put_head(&w, WKB_MULTIPOLYGON);
    put_number(&w, 0);
    assert_true(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTIPOLYGON, 1));
    assert_memory_equal(blob.at, "GP\0\x11\1\0\0\0", 8);
    assert_true(rect_is_empty(blob.extent));
    free(blob.at);
}

static void the_rest_is_refused(void **state)
{
    (void)state;
    struct gpkg_blob blob = {0};
    struct wkb w = {0};
    put_head(&w, WKB_MULTIPOLYGON);
    put_number(&w, 2);
    put_polygon(&w, 0, 0, true);
    put_polygon(&w, 9, 9, true);
    for (size_t size = 0; size < w.size; size++) { /* cut off anywhere */
        unsigned char *cut = malloc(size + 1);
        memcpy(cut, w.at, size);
        assert_false(gpkg_blob_make(&blob, cut, size, WKB_MULTIPOLYGON, 1));
        free(cut);
    }
    assert_false(gpkg_blob_make(&blob, w.at, w.size + 1, WKB_MULTIPOLYGON, 1));
    assert_false(gpkg_blob_make(&blob, w.at, w.size, WKB_POLYGON, 1));
    assert_false(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTILINE, 1));
    w.at[0] = 0; /* big-endian */
    assert_false(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTIPOLYGON, 1));
    w.at[0] = 1;
    memset(w.at + 18, 255, 4); /* points of the first ring */
    assert_false(gpkg_blob_make(&blob, w.at, w.size, WKB_MULTIPOLYGON, 1));
    free(blob.at);
}

/* Appends a ring, oriented or turned. */
static void add_ring(struct paths *paths, enum path_kind kind, double x,
                     double y, double size)
{
    const double ring[] = {x, y, x + size, y, x, y + size, x, y};
    double *xy;
    assert_int_equal(paths_add(paths, kind, 4, &xy), TERRAMIS_OK);
    memcpy(xy, ring, sizeof ring);
}

/* Flat polygons give the bytes that they give by way of GEOS. */
static void check_polygons(const struct paths *paths, size_t first,
                           size_t count, struct geos *geos)
{
    struct gpkg_blob blob = {0}, other = {0};
    struct path_range range = {paths, first, count};
    GEOSGeometry *geometry;
    unsigned char *wkb;
    size_t size;
    assert_int_equal(paths_geometry(range, geos, &geometry), TERRAMIS_OK);
    assert_int_equal(geos_wkb(geos, geometry, &wkb, &size), TERRAMIS_OK);
    assert_true(gpkg_blob_make(&other, wkb, size, WKB_MULTIPOLYGON, 2154));
    assert_int_equal(gpkg_blob_polygons(&blob, range, 2154), TERRAMIS_OK);
    assert_int_equal(blob.size, other.size);
    assert_memory_equal(blob.at, other.at, blob.size);
    assert_memory_equal(&blob.extent, &other.extent, sizeof blob.extent);
    GEOSGeom_destroy_r(geos->context, geometry);
    geos_wkb_free(geos, wkb);
    free(blob.at);
    free(other.at);
}

static void flat_polygons(void **state)
{
    (void)state;
    struct geos geos;
    struct paths paths = {0};
    assert_int_equal(geos_open(&geos), TERRAMIS_OK);
    add_ring(&paths, PATH_SHELL, 0, 0, 10);
    add_ring(&paths, PATH_HOLE, 1, 1, 2);
    add_ring(&paths, PATH_HOLE, 4, 4, 1);
    add_ring(&paths, PATH_SHELL, 100, -70, 9);
    add_ring(&paths, PATH_SHELL, 200, 50, -7);
    paths_orient(&paths, 0);
    for (size_t first = 0; first < 5; first += first == 0 ? 3 : 1)
        for (size_t count = first == 0 ? 3 : 1; first + count <= 5; count++)
            check_polygons(&paths, first, count, &geos);
    add_ring(&paths, PATH_LINE, 0, 0, 1);
    struct gpkg_blob blob = {0};
    assert_int_equal(
        gpkg_blob_polygons(&blob, (struct path_range){&paths, 4, 2}, 2154),
        TERRAMIS_INTERNAL);
    assert_int_equal(
        gpkg_blob_polygons(&blob, (struct path_range){&paths, 0, 0}, 1),
        TERRAMIS_OK);
    assert_memory_equal(blob.at, "GP\0\x11\1\0\0\0", 8);
    free(blob.at);
    paths_release(&paths);
    geos_close(&geos);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_polygon_becomes_multi),
        cmocka_unit_test(a_multipolygon_stays),
        cmocka_unit_test(points_have_no_extent_nor_has_nothing),
        cmocka_unit_test(flat_polygons), cmocka_unit_test(the_rest_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
