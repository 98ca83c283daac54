#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/status.h"
#include "unit/layers.h"

static const double ones[] = {1, 1, 1, 1};
static const struct array small_raster = {.nx = 2,
                                          .ny = 2,
                                          .transform = {0, 5, 0, 10, 0, -5},
                                          .crs = "EPSG:2154",
                                          .type = GDT_Byte,
                                          .values = ones};
static const struct wkt_row point = {"POINT (1 2)", {"a"}};

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void the_allowed_formats_open(void **state)
{
    struct scratch *s = *state;
    GDALDatasetH dataset;
    write_array(scratch_path(s, "a.tif"), &small_raster);
    assert_int_equal(gdal_open_raster(s->path, &dataset), TERRAMIS_OK);
    assert_int_equal(GDALGetRasterXSize(dataset), 2);
    GDALClose(dataset);
    write_text(scratch_path(s, "a.asc"), "ncols 1\nnrows 1\nxllcorner 0\n"
                                         "yllcorner 0\ncellsize 1\n7\n");
    assert_int_equal(gdal_open_raster(s->path, &dataset), TERRAMIS_OK);
    GDALClose(dataset);
    static const char *const files[][2] = {{"GPKG", "a.gpkg"},
                                           {"ESRI Shapefile", "a.shp"},
                                           {"GeoJSON", "a.geojson"},
                                           {"FlatGeobuf", "a.fgb"},
                                           {"CSV", "a.csv"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct wkt_layer layer = {.driver = files[i][0],
                                  .name = "a",
                                  .crs = "EPSG:4326",
                                  .type = wkbPoint,
                                  .fields = {"f"},
                                  .rows = &point,
                                  .count = 1};
        write_layers(scratch_path(s, files[i][1]), &layer, 1);
        assert_int_equal(gdal_open_vector(s->path, NULL, &dataset),
                         TERRAMIS_OK);
        OGRFeatureH f = OGR_L_GetNextFeature(GDALDatasetGetLayer(dataset, 0));
        OGRGeometryH geometry = OGR_F_GetGeometryRef(f);
        assert_non_null(geometry);
        assert_true(OGR_G_GetX(geometry, 0) == 1);
        OGR_F_Destroy(f);
        GDALClose(dataset);
    }
}

/* The raster's cell size, kept away from the tag that says where it is. */
static void a_tag_that_cannot_be_read_is_not_left_out(void **state)
{
    struct scratch *s = *state;
    static const uint8_t tag[] = {0x0E, 0x83, 12, 0, 3, 0, 0, 0};
    static const uint8_t beyond[] = {0, 0, 0, 1};
    uint8_t bytes[4096];
    GDALDatasetH dataset;
    write_array(scratch_path(s, "tag.tif"), &small_raster);
    FILE *file = fopen(s->path, "r+");
    size_t size = fread(bytes, 1, sizeof bytes, file), at = 0;
    while (at < size && memcmp(bytes + at, tag, sizeof tag) != 0)
        at++;
    assert_true(at + sizeof tag + sizeof beyond <= size);
    fseek(file, (long)(at + sizeof tag), SEEK_SET);
    fwrite(beyond, 1, sizeof beyond, file);
    fclose(file);
    assert_int_equal(gdal_open_raster(s->path, &dataset), TERRAMIS_INPUT);
    assert_null(dataset);
    assert_non_null(strstr(status_message(), "GeoPixelScale"));
}

/* What GDAL would gladly follow elsewhere. */
static void other_formats_are_refused_whatever_their_name(void **state)
{
    struct scratch *s = *state;
    GDALDatasetH dataset;
    char vrt[1024], good[400];
    write_array(scratch_path(s, "good.tif"), &small_raster);
    snprintf(good, sizeof good, "%s", s->path);
    snprintf(vrt, sizeof vrt,
             "<VRTDataset rasterXSize=\"2\" rasterYSize=\"2\"><VRTRasterBand "
             "dataType=\"Byte\" band=\"1\"><SimpleSource><SourceFilename>%s"
             "</SourceFilename><SourceBand>1</SourceBand></SimpleSource>"
             "</VRTRasterBand></VRTDataset>",
             good);
    write_text(scratch_path(s, "vrt.tif"), vrt);
    assert_int_equal(gdal_open_raster(s->path, &dataset), TERRAMIS_INPUT);
    assert_null(dataset);
    assert_true(has(status_message(), s->path));
    assert_true(has(status_message(), "GeoTIFF"));
    write_text(scratch_path(s, "vrt.gpkg"),
               "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/etc/"
               "passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    assert_int_equal(gdal_open_vector(s->path, NULL, &dataset), TERRAMIS_INPUT);
    write_text(scratch_path(s, "x.gml"), "<gml/>");
    assert_int_equal(gdal_open_vector(s->path, NULL, &dataset), TERRAMIS_INPUT);
    assert_true(has(status_message(), "GeoPackage, Shapefile"));
    write_text(scratch_path(s, "empty.tif"), "");
    assert_int_equal(gdal_open_raster(s->path, &dataset), TERRAMIS_INPUT);
    /* a raster is no vector layer, and the other way round */
    assert_int_equal(gdal_open_vector(good, NULL, &dataset), TERRAMIS_INPUT);
}

/* What GDAL opens on behalf of a file, an overview beside it, is not bound by
 * the list of drivers: those that follow other files must be gone. */
static void no_driver_follows_other_files(void **state)
{
    struct scratch *s = *state;
    static const char *const drivers[] = {
        "VRT", "OGR_VRT", "WMS", "WFS", "HTTP", "STACTA", "PostGISRaster"};
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        assert_null(GDALGetDriverByName(drivers[i]));
    GDALDatasetH dataset;
    write_array(scratch_path(s, "plain.tif"), &small_raster);
    write_text(scratch_path(s, "plain.tif.ovr"),
               "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>");
    assert_int_equal(gdal_open_raster(scratch_path(s, "plain.tif"), &dataset),
                     TERRAMIS_OK);
    assert_int_equal(GDALGetOverviewCount(GDALGetRasterBand(dataset, 1)), 0);
    GDALClose(dataset);
    gdal_errors_clear();
}

static void only_local_regular_files_reach_gdal(void **state)
{
    struct scratch *s = *state;
    GDALDatasetH dataset;
    static const char *const virtual[] = {"/vsicurl/http://127.0.0.1:9/a.tif",
                                          "/vsimem/a.tif",
                                          "/vsizip//tmp/a.zip/a.tif"};
    for (size_t i = 0; i < sizeof virtual / sizeof *virtual; i++) {
        assert_int_equal(gdal_open_raster(virtual[i], &dataset),
                         TERRAMIS_INPUT);
        assert_true(has(status_message(), "virtual file systems"));
    }
    static const char *const absent[] = {
        "nowhere.tif", "<VRTDataset/>", "http://127.0.0.1:9/a.tif",
        "{\"type\":\"Point\",\"coordinates\":[0,0]}", "PG:dbname=x"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_int_equal(gdal_open_raster(absent[i], &dataset), TERRAMIS_INPUT);
        assert_true(has(status_message(), "no such file"));
        assert_int_equal(gdal_open_vector(absent[i], NULL, &dataset),
                         TERRAMIS_INPUT);
        assert_null(dataset);
    }
    assert_int_equal(gdal_open_vector(s->dir, NULL, &dataset), TERRAMIS_INPUT);
    assert_true(has(status_message(), "not a regular file"));
}

static void a_shapefile_in_another_encoding(void **state)
{
    struct scratch *s = *state;
    GDALDatasetH dataset;
    struct wkt_row row = {"POINT (1 2)", {"Forêt"}};
    struct wkt_layer layer = {.driver = "ESRI Shapefile",
                              .name = "latin",
                              .type = wkbPoint,
                              .fields = {"nature"},
                              .rows = &row,
                              .count = 1};
    write_layers(scratch_path(s, "latin.shp"), &layer, 1);
    char shp[400];
    snprintf(shp, sizeof shp, "%s", s->path);
    unlink(scratch_path(s, "latin.cpg")); /* as old files are: none */
    assert_int_equal(gdal_open_vector(shp, "ISO-8859-1", &dataset),
                     TERRAMIS_OK);
    OGRFeatureH f = OGR_L_GetNextFeature(GDALDatasetGetLayer(dataset, 0));
    assert_string_equal(OGR_F_GetFieldAsString(f, 0), "Forêt");
    OGR_F_Destroy(f);
    GDALClose(dataset);
    assert_int_equal(gdal_open_vector(shp, "UTF-8", &dataset), TERRAMIS_OK);
    f = OGR_L_GetNextFeature(GDALDatasetGetLayer(dataset, 0));
    assert_string_not_equal(OGR_F_GetFieldAsString(f, 0), "Forêt");
    OGR_F_Destroy(f);
    GDALClose(dataset);
}

static int threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;
    assert_non_null(tasks);
    while (readdir(tasks))
        count++;
    closedir(tasks);
    return count - 2; /* . and .. */
}

/* Whatever the environment says. */
static void gdal_has_no_threads_of_its_own(void **state)
{
    char *tiled[] = {(char[]){"TILED=YES"}, (char[]){"COMPRESS=DEFLATE"}, NULL};
    static uint8_t cells[600 * 600];
    const char *path = scratch_path(*state, "tiled.tif");
    setenv("GDAL_NUM_THREADS", "3", 1);
    gdal_setup();
    int before = threads();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, 600,
                                      600, 1, GDT_Byte, tiled);
    GDALFillRaster(GDALGetRasterBand(dataset, 1), 7, 0);
    GDALClose(dataset);
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_OK);
    assert_int_equal(GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Read, 0, 0,
                                  600, 600, cells, 600, 600, GDT_Byte, 0, 0),
                     CE_None);
    GDALClose(dataset);
    unsetenv("GDAL_NUM_THREADS");
    assert_int_equal(cells[600 * 600 - 1], 7);
    assert_int_equal(threads(), before);
}

/* Its SQL functions are not there, and the locale stays. */
static void spatialite_is_not_loaded(void **state)
{
    struct wkt_row row = {"POINT(1 1)", {"x"}};
    struct wkt_layer layer = {"GPKG", "a", "EPSG:2154", wkbPoint, {"id"},
                              &row,   1};
    const char *path = scratch_path(*state, "plain.gpkg");
    GDALDatasetH dataset;
    setenv("SPATIALITE_LOAD", "YES", 1);
    write_layers(path, &layer, 1);
    assert_int_equal(gdal_open_vector(path, NULL, &dataset), TERRAMIS_OK);
    OGRLayerH found = GDALDatasetGetLayerByName(dataset, "a");
    OGR_L_SetAttributeFilter(found, "spatialite_version() > ''");
    gdal_errors_clear();
    assert_null(OGR_L_GetNextFeature(found));
    assert_int_equal(gdal_errors(TERRAMIS_INPUT, "a"), TERRAMIS_INPUT);
    GDALClose(dataset);
    unsetenv("SPATIALITE_LOAD");
}

static void features_come_some_at_a_time(void **state)
{
    struct wkt_row rows[] = {
        {"POINT(1 1)", {"a"}}, {"POINT(2 2)", {"b"}}, {"POINT(3 3)", {"c"}}};
    struct wkt_layer layer = {"GPKG", "a", "EPSG:2154", wkbPoint, {"id"},
                              rows,   3};
    const char *path = scratch_path(*state, "three.gpkg");
    OGRFeatureH features[2];
    GDALDatasetH dataset;
    write_layers(path, &layer, 1);
    assert_int_equal(gdal_open_vector(path, NULL, &dataset), TERRAMIS_OK);
    OGRLayerH found = GDALDatasetGetLayerByName(dataset, "a");
    for (size_t left = 3; left > 0; left -= left < 2 ? 1 : 2) {
        size_t count = gdal_next_features(found, features, 2);
        assert_int_equal(count, left < 2 ? left : 2);
        assert_int_equal(OGR_F_GetFID(features[count - 1]), left < 2 ? 3 : 2);
        gdal_drop_features(features, &count);
        assert_int_equal(count, 0);
    }
    assert_int_equal(gdal_next_features(found, features, 2), 0);
    GDALClose(dataset);
}

static void failures_are_counted_and_the_first_is_kept(void **state)
{
    (void)state;
    gdal_setup();
    gdal_errors_clear();
    assert_string_equal(gdal_first_error(), "");
    assert_int_equal(gdal_errors(TERRAMIS_OUTPUT, "x"), TERRAMIS_OK);
    CPLError(CE_Warning, CPLE_AppDefined, "only a warning");
    assert_int_equal(gdal_errors(TERRAMIS_OUTPUT, "x"), TERRAMIS_OK);
    CPLError(CE_Failure, CPLE_AppDefined, "first %d", 1);
    CPLError(CE_Failure, CPLE_AppDefined, "second");
    assert_int_equal(gdal_errors(TERRAMIS_OUTPUT, "map.tif"), TERRAMIS_OUTPUT);
    assert_string_equal(status_message(), "map.tif: first 1");
    assert_string_equal(gdal_first_error(), "first 1");
    gdal_errors_clear();
    assert_int_equal(gdal_errors(TERRAMIS_INPUT, "x"), TERRAMIS_OK);
    assert_string_equal(gdal_first_error(), "");
    assert_true(gdal_version()[0] >= '3');
}

/* GDAL would wait for a pipe, and read a device without end. */
static void pipes_beside_a_layer_are_refused(void **state)
{
    struct scratch *s = *state;
    GDALDatasetH dataset;
    char beside[512], path[512];
    write_array(scratch_path(s, "pipe.tif"), &small_raster);
    snprintf(path, sizeof path, "%s", s->path);
    snprintf(beside, sizeof beside, "%s", scratch_path(s, "pipe.TFW"));
    assert_int_equal(mkfifo(beside, 0600), 0);
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "pipe.TFW beside it is a pipe"));
    unlink(beside);
    snprintf(beside, sizeof beside, "%s", scratch_path(s, "pipe.tif.aux.xml"));
    assert_int_equal(symlink("/dev/zero", beside), 0);
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_INPUT);
    unlink(beside);
    assert_int_equal(mkdir(beside, 0700), 0); /* GDAL leaves it alone */
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_OK);
    GDALClose(dataset);
    rmdir(beside);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_allowed_formats_open),
        cmocka_unit_test(a_tag_that_cannot_be_read_is_not_left_out),
        cmocka_unit_test(other_formats_are_refused_whatever_their_name),
        cmocka_unit_test(no_driver_follows_other_files),
        cmocka_unit_test(only_local_regular_files_reach_gdal),
        cmocka_unit_test(pipes_beside_a_layer_are_refused),
        cmocka_unit_test(a_shapefile_in_another_encoding),
        cmocka_unit_test(gdal_has_no_threads_of_its_own),
        cmocka_unit_test(spatialite_is_not_loaded),
        cmocka_unit_test(features_come_some_at_a_time),
        cmocka_unit_test(failures_are_counted_and_the_first_is_kept),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
