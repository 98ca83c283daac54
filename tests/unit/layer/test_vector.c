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
    struct geos *geos;
    struct crs lambert;
};

/* The territory: 1 km square near Le Havre. */
static const struct rect area = {490000, 6930000, 491000, 6931000};

static struct vector_request request_of(const struct bench *b,
                                        const struct layer_config *layer)
{
    return (struct vector_request){.config = &test_config,
                                   .layer = layer,
                                   .crs = &b->lambert,
                                   .area = area,
                                   .areas = true};
}

static void report_is(const struct vector *v, long long total, long long read,
                      long long used, long long without, long long outside,
                      long long refused, long long repaired)
{
    const struct vector_report *r = &v->report;
    assert_int_equal(r->total, total);
    assert_int_equal(r->read, read);
    assert_int_equal(r->used, used);
    assert_int_equal(r->without_geometry, without);
    assert_int_equal(r->outside, outside);
    assert_int_equal(r->refused, refused);
    assert_int_equal(r->repaired, repaired);
    assert_int_equal(r->read,
                     r->used + r->without_geometry + r->outside + r->refused);
    assert_int_equal(v->count, r->used);
}

static void refused(const struct vector_request *request,
                    enum terramis_status code, const char *part)
{
    struct vector v;
    assert_int_equal(vector_read(&v, request), code);
    assert_true(has(status_message(), "p.yaml:3:5: "));
    assert_true(has(status_message(), part));
    vector_release(&v);
}

static const struct wkt_row mixed[] = {
    {"POLYGON((490100 6930100,490200 6930100,490200 6930200,490100 "
     "6930200,490100 6930100))",
     {"A", "1"}},
    {NULL, {"B", "2"}},
    {"POLYGON EMPTY", {"C", "3"}},
    {"POLYGON((590000 6930000,590100 6930000,590100 6930100,590000 6930000))",
     {"D", "4"}},
    /* a bow-tie of 2 x 2500 m2 */
    {"POLYGON((490300 6930300,490400 6930400,490400 6930300,490300 "
     "6930400,490300 6930300))",
     {"E", ""}},
    /* a bow-tie far away: not used, so not reported as repaired */
    {"POLYGON((590300 6930300,590400 6930400,590400 6930300,590300 "
     "6930400,590300 6930300))",
     {"F", "6"}},
    {"POLYGON((490500 6930500,490510 6930510,490500 6930500,490500 6930500))",
     {"G", "7"}}};

static struct wkt_layer mixed_layer(void)
{
    return (struct wkt_layer){.driver = "GPKG",
                              .name = "mixed",
                              .crs = "EPSG:2154",
                              .type = wkbPolygon,
                              .fields = {"name", "rank"},
                              .rows = mixed,
                              .count = 7};
}

static void every_feature_is_accounted_for(void **state)
{
    struct bench *b = *state;
    struct wkt_layer l = mixed_layer();
    write_layers(scratch_path(&b->scratch, "mixed.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    const char *const fields[] = {"NAME", "rank"};
    request.fields = fields;
    request.field_count = 2;
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 7, 2, 2, 2, 1, 1);
    assert_int_equal(v.report.first_repaired, 5);
    assert_int_equal(v.report.first_refused, 7);
    assert_true(fabs(v.report.repair_change - 5000) < 1e-6);
    assert_string_equal(v.layer, "mixed");
    assert_string_equal(v.crs, "EPSG:2154");
    assert_string_equal(v.operation, "none (same CRS)");
    assert_int_equal(v.features[0].fid, 1);
    assert_int_equal(v.features[1].fid, 5);
    assert_string_equal(v.features[0].values[0], "A");
    assert_string_equal(v.features[0].values[1], "1");
    assert_string_equal(v.features[1].values[0], "E");
    assert_null(v.features[1].values[1]); /* null in the file */
    assert_true(v.extent.xmin == 490100 && v.extent.ymax == 6930400);
    assert_true(v.whole.xmax == 590400);
    vector_release(&v);
    assert_null(v.features);
}

static void conditions_and_reach(void **state)
{
    struct bench *b = *state;
    struct wkt_layer l = mixed_layer();
    write_layers(scratch_path(&b->scratch, "where.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    struct vector v;
    layer.where = "name IN ('A', 'D')";
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 2, 1, 0, 1, 0, 0);
    vector_release(&v);
    request.reach = 99000; /* D begins 99 km to the east, to the metre */
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 2, 2, 0, 0, 0, 0);
    vector_release(&v);
    request.reach = 98999;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 2, 1, 0, 1, 0, 0);
    vector_release(&v);
    request.reach = INFINITY;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 2, 2, 0, 0, 0, 0);
    vector_release(&v);
    /* a buffer counts before the reach: 99 km around D touches */
    request.reach = 0;
    request.buffer = 60000;
    layer.buffer = 39000;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 7, 2, 2, 0, 0, 0, 0);
    vector_release(&v);
    layer.buffer = 0;
    layer.where = "nom = 'A'";
    refused(&request, TERRAMIS_PROJECT, "where");
    layer.where = NULL;
    const char *const fields[] = {"nam"};
    request.fields = fields;
    request.field_count = 1;
    refused(&request, TERRAMIS_PROJECT, "did you mean 'name'?");
    layer.layer = "mixd";
    refused(&request, TERRAMIS_PROJECT, "did you mean 'mixed'?");
}

static void layers_without_a_feature(void **state)
{
    struct bench *b = *state;
    struct wkt_layer l = mixed_layer();
    l.count = 0;
    write_layers(scratch_path(&b->scratch, "empty.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 0, 0, 0, 0, 0, 0, 0);
    assert_true(rect_is_empty(v.extent));
    vector_release(&v);
    request.needed = true;
    refused(&request, TERRAMIS_INPUT, "no usable feature (0 in the layer");
    l.rows = mixed + 1;
    l.count = 2;
    write_layers(scratch_path(&b->scratch, "null.gpkg"), &l, 1);
    struct layer_config nulls = layer_at(b->scratch.path);
    request.layer = &nulls;
    refused(&request, TERRAMIS_INPUT, "2 without geometry");
}

static void lines_need_a_buffer_to_be_areas(void **state)
{
    struct bench *b = *state;
    static const struct wkt_row line = {
        "LINESTRING(490000 6930500,491000 6930500)", {"x"}};
    struct wkt_layer l = {.driver = "GPKG",
                          .name = "line",
                          .crs = "EPSG:2154",
                          .type = wkbLineString,
                          .fields = {"name"},
                          .rows = &line,
                          .count = 1};
    write_layers(scratch_path(&b->scratch, "line.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    struct vector v;
    refused(&request, TERRAMIS_INPUT,
            "feature 1 is a point or line, which has no area");
    layer.buffer = 2;
    request.buffer = 3; /* setback: both count */
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    assert_true(fabs(paths_area(b->geos, vector_paths(&v, 0)) -
                     (10000 + 32 * 25 * sin(2 * M_PI / 64))) < 1e-6);
    vector_release(&v);
    layer.buffer = request.buffer = 0;
    request.areas = false;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    assert_int_equal(paths_kind(&v.paths, 0), PATH_LINE);
    vector_release(&v);
}

static void layers_far_away(void **state)
{
    struct bench *b = *state;
    struct wkt_layer l = mixed_layer();
    l.rows = mixed + 3;
    l.count = 1;
    write_layers(scratch_path(&b->scratch, "far.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    refused(&request, TERRAMIS_INPUT, "does not overlap any territory");
    refused(&request, TERRAMIS_INPUT, "590000 6930000 590100 6930100");
    refused(&request, TERRAMIS_INPUT, "490000 6930000 491000 6931000");
    refused(&request, TERRAMIS_INPUT, "99.0 km apart. Check its CRS");
    /* latitude first, where the file means longitude first */
    static const struct wkt_row swapped = {"POINT(49.46 0.13)", {"x"}};
    struct wkt_layer w = {.driver = "GPKG",
                          .name = "swapped",
                          .crs = "EPSG:4326",
                          .type = wkbPoint,
                          .fields = {"name"},
                          .rows = &swapped,
                          .count = 1};
    write_layers(scratch_path(&b->scratch, "swapped.gpkg"), &w, 1);
    struct layer_config turned = layer_at(b->scratch.path);
    turned.buffer = 10;
    request.layer = &turned;
    refused(&request, TERRAMIS_INPUT, "With x and y exchanged it would");
}

/* Features on all sides of the territories, none in them: the layer is in its
 * place, there is just nothing of it here. */
static void layers_around(void **state)
{
    struct bench *b = *state;
    static const struct wkt_row around[] = {
        {"POLYGON((480000 6920000,480100 6920000,480100 6920100,480000 "
         "6920000))",
         {"A", "1"}},
        {"POLYGON((500000 6940000,500100 6940000,500100 6940100,500000 "
         "6940000))",
         {"B", "2"}}};
    struct wkt_layer l = mixed_layer();
    l.rows = around;
    l.count = 2;
    write_layers(scratch_path(&b->scratch, "around.gpkg"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    assert_true(v.count == 0 && v.report.outside == 2);
    vector_release(&v);
    request.needed = true;
    refused(&request, TERRAMIS_INPUT, "does not overlap any territory");
}

static void another_crs(void **state)
{
    struct bench *b = *state;
    static const struct wkt_row point = {"POINT(0.105 49.435)", {"x"}};
    struct wkt_layer l = {.driver = "GeoJSON",
                          .name = "wgs",
                          .crs = "EPSG:4326",
                          .type = wkbPoint,
                          .fields = {"name"},
                          .rows = &point,
                          .count = 1};
    write_layers(scratch_path(&b->scratch, "wgs.geojson"), &l, 1);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    request.reach = INFINITY;
    request.areas = false;
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    assert_string_equal(v.crs, "EPSG:4326");
    assert_true(has(v.operation, "Lambert-93"));
    struct crs wgs;
    struct crs_step *step;
    double x = 0.105, y = 49.435;
    assert_int_equal(crs_parse(&wgs, "EPSG:4326"), TERRAMIS_OK);
    assert_int_equal(crs_step_open(&step, &wgs, &b->lambert), TERRAMIS_OK);
    crs_step_points(step, &x, &y, 1, 1, false);
    assert_true(v.extent.xmin == x && v.extent.ymin == y);
    crs_step_close(step);
    crs_release(&wgs);
    vector_release(&v);
}

static void a_csv_of_perimeters(void **state)
{
    struct bench *b = *state;
    FILE *file = fopen(scratch_path(&b->scratch, "as1.csv"), "w");
    fputs("typ;WKT\nPPI;POLYGON((490100 6930100,490200 6930100,490200 "
          "6930200,490100 6930100))\n",
          file);
    fclose(file);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    refused(&request, TERRAMIS_INPUT,
            "no coordinate reference system. Give it with crs:");
    layer.crs = "EPSG:2154";
    const char *const fields[] = {"?absent", "TYP", ""};
    request.fields = fields;
    request.field_count = 3;
    struct vector v;
    assert_int_equal(vector_read(&v, &request), TERRAMIS_OK);
    report_is(&v, 1, 1, 1, 0, 0, 0, 0);
    assert_null(v.features[0].values[0]);
    assert_string_equal(v.features[0].values[1], "PPI");
    assert_null(v.features[0].values[2]);
    vector_release(&v);
}

static void a_damaged_file_is_not_half_read(void **state)
{
    struct bench *b = *state;
    struct wkt_row rows[300];
    for (int i = 0; i < 300; i++)
        rows[i] = mixed[0];
    struct wkt_layer l = mixed_layer();
    l.driver = "ESRI Shapefile";
    l.name = "cut";
    l.rows = rows;
    l.count = 300;
    write_layers(scratch_path(&b->scratch, "cut.shp"), &l, 1);
    assert_int_equal(truncate(b->scratch.path, 20000), 0);
    struct layer_config layer = layer_at(b->scratch.path);
    struct vector_request request = request_of(b, &layer);
    refused(&request, TERRAMIS_INPUT, "damaged after ");
}

/* The index finds what brute force finds. */
static void found_one(size_t index, void *data)
{
    unsigned char *hit = data;
    assert_true(index < 400);
    assert_int_equal(hit[index], 0); /* once only */
    hit[index] = 1;
}

static void queries_find_what_meets(void **state)
{
    struct bench *b = *state;
    struct vector v = {.config = NULL};
    srand(7);
    for (int i = 0; i < 400; i++) {
        double x = rand() % 1000, y = rand() % 1000;
        vector_add(
            &v, b->geos,
            geos_rectangle(b->geos, (struct rect){x, y, x + 7 + i % 9, y + 5}));
    }
    assert_int_equal(vector_index(&v), TERRAMIS_OK);
    for (int q = 0; q < 300; q++) {
        double x = rand() % 1100 - 50, y = rand() % 1100 - 50;
        struct rect r = {x, y, x + rand() % 200, y + rand() % 90};
        unsigned char hit[400] = {0};
        vector_query(&v, r, found_one, hit);
        for (size_t i = 0; i < 400; i++)
            assert_int_equal(hit[i], rect_meets(v.features[i].extent, r));
    }
    vector_release(&v);
    struct vector none = {.config = NULL};
    assert_int_equal(vector_index(&none), TERRAMIS_OK);
    vector_query(&none, area, found_one, NULL);
    vector_release(&none);
}

static int set_up(void **state)
{
    static struct bench bench;
    void *geos;
    *state = &bench;
    scratch_open(&bench.scratch);
    gdal_setup();
    if (geos_set_up(&geos) != 0)
        return -1;
    bench.geos = geos;
    return crs_parse(&bench.lambert, "EPSG:2154");
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    scratch_close(&b->scratch);
    crs_release(&b->lambert);
    geos_close(b->geos);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_feature_is_accounted_for),
        cmocka_unit_test(conditions_and_reach),
        cmocka_unit_test(layers_without_a_feature),
        cmocka_unit_test(lines_need_a_buffer_to_be_areas),
        cmocka_unit_test(layers_far_away),
        cmocka_unit_test(layers_around),
        cmocka_unit_test(another_crs),
        cmocka_unit_test(a_csv_of_perimeters),
        cmocka_unit_test(a_damaged_file_is_not_half_read),
        cmocka_unit_test(queries_find_what_meets),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
