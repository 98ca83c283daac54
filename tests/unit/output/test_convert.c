#include "unit/reads.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <ogr_api.h>

#include "base/text.h"
#include "geo/gdal.h"
#include "output/convert.h"
#include "unit/output/scratch.h"

static struct scratch scratch;
static char source[384], target[384];

static void write_text(const char *text)
{
    FILE *file = fopen(source, "w");
    fputs(text, file);
    fclose(file);
}

#define FEATURES(list)                                                         \
    "{\"type\":\"FeatureCollection\",\"features\":[" list "]}"
#define FEATURE(properties, geometry)                                          \
    "{\"type\":\"Feature\",\"properties\":" properties                         \
    ",\"geometry\":" geometry "}"
#define SQUARE "[[[0,0],[1,0],[1,1],[0,0]]]"

static const struct gdal_item licence[] = {{"LICENCE", "LO"}, {NULL, NULL}};

static void single_ones_become_multi(void **state)
{
    (void)state;
    GDALDatasetH dataset;
    struct convert_layer layers[2] = {
        {.source = source, .name = "a", .metadata = licence},
        {.source = source, .name = "b"}};
    write_text(FEATURES(FEATURE(
        "{\"n\":1,\"fid\":\"x\"}",
        "{\"type\":\"Polygon\",\"coordinates\":" SQUARE
        "}") "," FEATURE("{\"n\":null,\"geom\":\"y\"}",
                         "{\"type\":\"MultiPolygon\",\"coordinates\":[" SQUARE
                         "]}") "," FEATURE("{\"n\":3}", "null")));
    assert_int_equal(convert_vectors(target, "2026-01-01", layers, 2),
                     TERRAMIS_OK);
    assert_int_equal(layers[0].features, 3);
    assert_int_equal(layers[0].without_geometry, 1);
    assert_int_equal(gdal_open_vector(target, NULL, &dataset), TERRAMIS_OK);
    assert_int_equal(GDALDatasetGetLayerCount(dataset), 2);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "a");
    assert_int_equal(OGR_L_GetGeomType(layer), wkbMultiPolygon);
    assert_string_equal(OGR_L_GetFIDColumn(layer), "ogc_fid");
    assert_string_equal(OGR_L_GetGeometryColumn(layer), "geom_");
    assert_string_equal(GDALGetMetadataItem(layer, "LICENCE", NULL), "LO");
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    int field = OGR_F_GetFieldIndex(feature, "fid");
    assert_string_equal(OGR_F_GetFieldAsString(feature, field), "x");
    assert_int_equal(OGR_G_GetGeometryType(OGR_F_GetGeometryRef(feature)),
                     wkbMultiPolygon);
    OGR_F_Destroy(feature);
    GDALClose(dataset);
}

static void mixed_and_empty_layers(void **state)
{
    (void)state;
    GDALDatasetH dataset;
    struct convert_layer layer = {.source = source, .name = "a"};
    write_text(FEATURES(
        FEATURE("{}", "{\"type\":\"Point\",\"coordinates\":[1,2]}") "," FEATURE(
            "{}", "{\"type\":\"Polygon\",\"coordinates\":" SQUARE "}")));
    assert_int_equal(convert_vectors(target, "2026-01-01", &layer, 1),
                     TERRAMIS_OK);
    assert_int_equal(gdal_open_vector(target, NULL, &dataset), TERRAMIS_OK);
    assert_int_equal(OGR_L_GetGeomType(GDALDatasetGetLayer(dataset, 0)),
                     wkbUnknown);
    GDALClose(dataset);
    write_text(FEATURES(""));
    assert_int_equal(convert_vectors(target, "2026-01-01", &layer, 1),
                     TERRAMIS_OK);
    assert_int_equal(layer.features, 0);
}

static void what_cannot_be_read_leaves_nothing(void **state)
{
    (void)state;
    struct convert_layer layer = {
        .source = source, .name = "a", .source_layer = "none"};
    assert_int_equal(convert_vectors(target, "2026-01-01", &layer, 1),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "source_layer"));
    write_text("potato");
    layer.source_layer = NULL;
    assert_int_equal(convert_vectors(target, "2026-01-01", &layer, 1),
                     TERRAMIS_INPUT);
    assert_int_equal(convert_raster(target, source, NULL, NULL),
                     TERRAMIS_INPUT);
    assert_int_not_equal(access(target, F_OK), 0);
    write_text(FEATURES(""));
    assert_int_equal(convert_vectors("/nowhere/a", "2026-01-01", &layer, 1),
                     TERRAMIS_OUTPUT);
}

/* Whichever read fails: all of the layer, or none. */
static void what_breaks_off_is_no_result(void **state)
{
    (void)state;
    struct convert_layer layer = {.source = source, .name = "a"};
    int refused = 0;
    long n = 1;
    write_text(FEATURES(
        FEATURE("{}", "{\"type\":\"Polygon\",\"coordinates\":" SQUARE "}")));
    for (reads = 1; reads >= n - 1; n++) {
        reads = 0;
        failing = n;
        unlink(target);
        enum terramis_status status =
            convert_vectors(target, "2026-01-01", &layer, 1);
        failing = 0;
        if (status != TERRAMIS_OK) {
            assert_int_not_equal(access(target, F_OK), 0);
            refused++;
            continue;
        }
        GDALDatasetH dataset;
        assert_int_equal(layer.features, 1);
        assert_int_equal(gdal_open_vector(target, NULL, &dataset), TERRAMIS_OK);
        assert_int_equal(OGR_L_GetGeomType(GDALDatasetGetLayer(dataset, 0)),
                         wkbMultiPolygon);
        GDALClose(dataset);
    }
    assert_true(refused >= 2);
}

static void a_grid_becomes_a_cog(void **state)
{
    (void)state;
    GDALDatasetH dataset;
    char grid[384];
    float cells[6];
    strcpy(grid, scratch_path(&scratch, "a.asc"));
    FILE *file = fopen(grid, "w");
    fputs("ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 6900000\n"
          "cellsize 25\nNODATA_value -9999\n1 2 3\n4 5.5 -9999\n",
          file);
    fclose(file);
    assert_int_equal(convert_raster(target, grid, "EPSG:2154", licence),
                     TERRAMIS_OK);
    assert_int_equal(gdal_open_raster(target, &dataset), TERRAMIS_OK);
    assert_string_equal(
        GDALGetMetadataItem(dataset, "LAYOUT", "IMAGE_STRUCTURE"), "COG");
    assert_string_equal(GDALGetMetadataItem(dataset, "LICENCE", NULL), "LO");
    assert_non_null(GDALGetSpatialRef(dataset));
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    assert_true(GDALGetRasterNoDataValue(band, NULL) == -9999);
    assert_int_equal(
        GDALRasterIO(band, GF_Read, 0, 0, 3, 2, cells, 3, 2, GDT_Float32, 0, 0),
        CE_None);
    assert_true(cells[0] == 1 && cells[4] == 5.5F);
    GDALClose(dataset);
}

/* The last one: there is no way back. */
static void interrupted(void **state)
{
    (void)state;
    struct convert_layer layer = {.source = source, .name = "a"};
    write_text(
        FEATURES(FEATURE("{}", "{\"type\":\"Point\",\"coordinates\":[1,2]}")));
    unlink(target);
    terramis_interrupt();
    assert_int_equal(convert_vectors(target, "2026-01-01", &layer, 1),
                     TERRAMIS_INTERRUPTED);
    assert_int_equal(convert_raster(target, scratch_path(&scratch, "a.asc"),
                                    "EPSG:2154", NULL),
                     TERRAMIS_INTERRUPTED);
    assert_int_equal(scratch_count(&scratch), 2); /* the sources */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_ones_become_multi),
        cmocka_unit_test(mixed_and_empty_layers),
        cmocka_unit_test(what_cannot_be_read_leaves_nothing),
        cmocka_unit_test(what_breaks_off_is_no_result),
        cmocka_unit_test(a_grid_becomes_a_cog),
        cmocka_unit_test(interrupted),
    };
    gdal_setup();
    scratch_open(&scratch);
    strcpy(source, scratch_path(&scratch, "a.geojson"));
    strcpy(target, scratch_path(&scratch, "b"));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&scratch);
    return failed;
}
