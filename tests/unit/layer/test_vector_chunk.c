/* Reading in several threads, coordinates that are none, and disks that fail.
 */
#include "unit/reads.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/geometry.h"
#include "unit/layers.h"

struct bench {
    struct scratch scratch;
    struct crs lambert;
};

enum {
    MANY = 3000, /* chunks of 256 */
    ROADS = 40,
    READS = 40 /* that fail, at most */
};

/* Squares, bow-ties, slivers without area, far away ones, empty ones. */
static void write_many(const char *path)
{
    static char wkt_texts[MANY][160];
    static char names[MANY][16];
    static struct wkt_row rows[MANY];
    for (int i = 0; i < MANY; i++) {
        double x = 490000 + i % 50 * 20, y = 6930000 + i / 50 * 15;
        double far = i % 13 == 5 ? 300000 : 0, w = 10 + i % 7;
        bool bow = i > 700 && i % 11 == 3, flat = i > 900 && i % 17 == 2;
        snprintf(wkt_texts[i], sizeof *wkt_texts,
                 bow ? "POLYGON((%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f "
                       "%.1f))"
                     : "POLYGON((%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f "
                       "%.1f))",
                 x + far, y, x + far + w,
                 flat  ? y
                 : bow ? y + w
                       : y,
                 x + far + w, flat || bow ? y : y + w, x + far,
                 flat ? y : y + w, x + far, y);
        snprintf(names[i], sizeof *names, "n%d", i);
        rows[i] = (struct wkt_row){i % 101 == 7 ? NULL : wkt_texts[i],
                                   {i % 19 ? names[i] : NULL}};
    }
    struct wkt_layer l = {.driver = "GPKG",
                          .name = "many",
                          .crs = "EPSG:2154",
                          .type = wkbPolygon,
                          .fields = {"name"},
                          .rows = rows,
                          .count = MANY};
    write_layers(path, &l, 1);
}

static struct vector read_in(const struct bench *b, double buffer, int threads)
{
    static const char *const fields[] = {"name"};
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = {.config = &test_config,
                                     .layer = &layer,
                                     .crs = &b->lambert,
                                     .area = {490000, 6930000, 491000, 6931000},
                                     .areas = true,
                                     .buffer = buffer,
                                     .fields = fields,
                                     .field_count = 1,
                                     .threads = threads};
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    return v;
}

static void are_the_same(const struct vector *a, const struct vector *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(&a->report, &b->report, sizeof a->report);
    assert_memory_equal(&a->whole, &b->whole, sizeof a->whole);
    assert_int_equal(a->paths.count, b->paths.count);
    assert_memory_equal(a->paths.kind, b->paths.kind, a->paths.count);
    assert_memory_equal(a->paths.xy, b->paths.xy,
                        2 * paths_points(&a->paths) * sizeof(double));
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->features[i].fid, b->features[i].fid);
        assert_int_equal(a->features[i].first, b->features[i].first);
        const char *p = a->features[i].values[0];
        const char *q = b->features[i].values[0];
        assert_int_equal(!p, !q);
        assert_true(!p || strcmp(p, q) == 0);
    }
}

static void any_number_of_threads(void **state)
{
    struct bench *b = *state;
    write_many(scratch_path(&b->scratch, "many.gpkg"));
    for (int buffer = 0; buffer < 2; buffer++) {
        struct vector one = read_in(b, buffer * 2.5, 1);
        assert_int_equal(one.report.read, MANY);
        assert_true(one.report.repaired > 100 && one.report.outside > 100);
        assert_true(one.report.without_geometry > 20);
        /* the first of each kind, by hand: fid = i + 1 */
        assert_int_equal(one.report.first_repaired, 719);
        if (buffer == 0)
            assert_int_equal(one.report.first_refused, 904);
        for (size_t i = 0; i < one.count; i++) { /* each with its own name */
            int64_t n = one.features[i].fid - 1;
            char name[32];
            snprintf(name, sizeof name, "n%lld", (long long)n);
            const char *found = one.features[i].values[0];
            assert_true(n % 19 ? strcmp(found, name) == 0 : found == NULL);
        }
        for (int threads = 2; threads < 7; threads += 2) {
            struct vector more = read_in(b, buffer * 2.5, threads);
            are_the_same(&one, &more);
            vector_release(&more);
        }
        vector_release(&one);
    }
}

/* A square of 10 m, a corner of which is elsewhere. */
static OGRGeometryH odd_square(int corner, double x, double y)
{
    static const double xy[5][2] = {{490100, 6930100},
                                    {490110, 6930100},
                                    {490110, 6930110},
                                    {490100, 6930110},
                                    {490100, 6930100}};
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
    for (int i = 0; i < 5; i++) {
        bool odd = i == corner || (corner == 0 && i == 4);
        OGR_G_AddPoint_2D(ring, odd ? x : xy[i][0], odd ? y : xy[i][1]);
    }
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
    OGR_G_AddGeometryDirectly(polygon, ring);
    return polygon;
}

static void write_odd(const char *path)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e30, -1e300};
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0,
                                   GDT_Unknown, NULL);
    OGRSpatialReferenceH crs = reference_of("EPSG:2154");
    OGRLayerH layer =
        GDALDatasetCreateLayer(file, "odd", crs, wkbPolygon, NULL);
    OGRFieldDefnH field = OGR_Fld_Create("name", OFTString);
    OGR_L_CreateField(layer, field, 1);
    for (int i = 0; i < 20; i++) {
        double value = bad[i % 5];
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetGeometryDirectly(
            feature, odd_square(i / 5 % 2 * 2, i < 10 ? value : 490100,
                                i < 10 ? 6930110 : value));
        die_unless(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE, "odd");
        OGR_F_Destroy(feature);
    }
    OGRFeatureH fine = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGR_F_SetGeometryDirectly(fine, odd_square(-1, 0, 0));
    die_unless(OGR_L_CreateFeature(layer, fine) == OGRERR_NONE, "fine");
    OGR_F_Destroy(fine);
    OGR_Fld_Destroy(field);
    OSRRelease(crs);
    GDALClose(file);
    gdal_errors_clear();
}

/* NaN, infinite and absurd coordinates, first or in the middle, with and
 * without a buffer: refused and counted; the good one next to them is used. */
static void coordinates_that_are_none(void **state)
{
    struct bench *b = *state;
    write_odd(scratch_path(&b->scratch, "odd.gpkg"));
    for (int buffer = 0; buffer < 2; buffer++) {
        struct vector v = read_in(b, buffer * 3, 2);
        assert_int_equal(v.report.read, 21);
        assert_int_equal(v.report.used, 1);
        assert_int_equal(v.report.refused, 20);
        assert_int_equal(v.report.first_refused, 1);
        assert_true(v.extent.xmax - v.extent.xmin == 10 + 6 * buffer);
        vector_release(&v);
    }
}

static void write_roads(const char *path, const char *driver)
{
    static struct wkt_row rows[ROADS];
    for (int i = 0; i < ROADS; i++)
        rows[i] = (struct wkt_row){"LINESTRING(490000 6930000,491000 6931000)",
                                   {"road"}};
    struct wkt_layer l = {.driver = driver,
                          .name = "roads",
                          .crs = "EPSG:2154",
                          .type = wkbLineString,
                          .fields = {"name"},
                          .rows = rows,
                          .count = ROADS};
    write_layers(path, &l, 1);
}

/* Whichever read of the layer fails: it is refused, or whole. */
static int refusals(const struct bench *b, const char *where)
{
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = {.config = &test_config,
                                     .layer = &layer,
                                     .crs = &b->lambert,
                                     .area = {490000, 6930000, 491000, 6931000},
                                     .threads = 1};
    int refused = 0;
    layer.crs = "EPSG:2154";
    layer.where = where;
    for (failing = 1, reads = 1; reads >= failing - 1 && failing <= READS;
         failing++) {
        struct vector v;
        reads = 0;
        if (vector_read(&v, &request) == TERRAMIS_OK)
            assert_int_equal(v.report.read, ROADS);
        else
            refused++;
        vector_release(&v);
    }
    failing = 0;
    return refused;
}

static void what_breaks_off_is_not_half_read(void **state)
{
    struct bench *b = *state;
    const char *where = "name = 'road'";
    write_roads(scratch_path(&b->scratch, "roads.geojson"), "GeoJSON");
    assert_true(refusals(b, NULL) > 2);
    assert_true(refusals(b, where) > 2);
    write_roads(scratch_path(&b->scratch, "roads.csv"), "CSV");
    assert_true(refusals(b, NULL) > 0);
    assert_true(refusals(b, where) > 0);
}

static int set_up(void **state)
{
    static struct bench bench;
    *state = &bench;
    gdal_setup();
    scratch_open(&bench.scratch);
    return crs_parse(&bench.lambert, "EPSG:2154");
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    crs_release(&b->lambert);
    scratch_close(&b->scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(coordinates_that_are_none),
        cmocka_unit_test(what_breaks_off_is_not_half_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
