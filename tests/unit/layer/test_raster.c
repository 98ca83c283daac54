#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/raster.h"
#include "unit/layers.h"

static const double values[] = {1, 2, 3, 4, 5, -9999};
static const struct array plain = {
    .nx = 3,
    .ny = 2,
    .transform = {490000, 10, 0, 6930020, 0, -10},
    .crs = "EPSG:2154",
    .type = GDT_Float32,
    .nodata = -9999,
    .has_nodata = true,
    .values = values};
static const struct rect territory = {490000, 6930000, 490100, 6930100};

static struct crs lambert;

static struct raster opened(const struct layer_config *layer)
{
    struct raster raster;
    if (raster_open(&raster, &test_config, layer, &lambert, territory) !=
        TERRAMIS_OK)
        print_error("%s\n", status_message());
    assert_non_null(raster.crs.wkt);
    return raster;
}

static void refused(const struct layer_config *layer, const char *part)
{
    struct raster raster;
    assert_int_equal(
        raster_open(&raster, &test_config, layer, &lambert, territory),
        TERRAMIS_INPUT);
    assert_true(has(status_message(), "p.yaml:3:5: "));
    assert_true(has(status_message(), part));
    raster_release(&raster);
}

static void what_a_raster_says_of_itself(void **state)
{
    struct scratch *s = *state;
    write_array(scratch_path(s, "plain.tif"), &plain);
    struct layer_config layer = layer_at(s->path);
    struct raster r = opened(&layer);
    assert_true(r.width == 3 && r.height == 2);
    assert_true(r.nodata == -9999 && r.scale == 1 && r.offset == 0);
    assert_true(r.extent.xmin == 490000 && r.extent.xmax == 490030);
    assert_true(r.extent.ymin == 6930000 && r.extent.ymax == 6930020);
    assert_string_equal(r.operation, "none (same CRS)");
    assert_false(r.synthetic);
    raster_release(&r);
    assert_null(r.operation);
    struct array scaled = plain;
    scaled.type = GDT_Int16;
    scaled.scale = 0.1;
    scaled.offset = -3;
    write_array(scratch_path(s, "scaled.tif"), &scaled);
    layer = layer_at(s->path);
    layer.nodata = 4; /* the project's word counts more */
    r = opened(&layer);
    assert_true(r.scale == 0.1 && r.offset == -3 && r.nodata == 4);
    raster_release(&r);
    scaled.has_nodata = false;
    write_array(scratch_path(s, "scaled.tif"), &scaled);
    layer.nodata = (double)NAN;
    r = opened(&layer); /* warns of -9999 */
    assert_true(isnan(r.nodata));
    raster_release(&r);
}

static void the_extent_in_another_crs(void **state)
{
    struct scratch *s = *state;
    struct array far = plain;
    const double degrees[6] = {0.1, 0.1, 0, 49.6, 0, -0.1};
    memcpy(far.transform, degrees, sizeof degrees);
    far.crs = "EPSG:4326";
    write_array(scratch_path(s, "wgs.tif"), &far);
    struct layer_config layer = layer_at(s->path);
    struct raster r = opened(&layer);
    /* 0.1..0.4 E, 49.4..49.6 N: 22 km by 22 km, the corners turned by the
     * convergence of meridians */
    assert_true(fabs(r.extent.xmax - r.extent.xmin - 22500) < 600);
    assert_true(fabs(r.extent.ymax - r.extent.ymin - 23000) < 600);
    assert_true(has(r.operation, "Lambert-93"));
    raster_release(&r);
}

static void what_cannot_be_placed_is_refused(void **state)
{
    struct scratch *s = *state;
    struct array a = plain;
    a.crs = NULL;
    write_array(scratch_path(s, "nocrs.tif"), &a);
    struct layer_config layer = layer_at(s->path);
    refused(&layer, "no coordinate reference system");
    layer.crs = "EPSG:2154";
    struct raster r = opened(&layer);
    raster_release(&r);
    a = plain;
    a.transform[1] = 0;
    write_array(scratch_path(s, "noplace.tif"), &a);
    layer = layer_at(s->path);
    refused(&layer, "no georeference");
    a = plain;
    a.transform[0] = 590000;
    write_array(scratch_path(s, "far.tif"), &a);
    layer = layer_at(s->path);
    refused(&layer, "does not overlap any territory: the raster covers 590000 "
                    "6930000 590030 6930020, the territories 490000 6930000 "
                    "490100 6930100");
    refused(&layer, "99.9 km apart");
    a = plain;
    a.type = GDT_CFloat32;
    write_array(scratch_path(s, "complex.tif"), &a);
    layer = layer_at(s->path);
    refused(&layer, "complex numbers");
    layer = layer_at(scratch_path(s, "nowhere.tif"));
    refused(&layer, "no such file");
}

/* Some programs write one block per raster, which is decoded whole. */
static void huge_blocks_are_refused(void **state)
{
    struct scratch *s = *state;
    GDALDriverH driver = GDALGetDriverByName("GTiff");
    char *options[] = {(char[]){"SPARSE_OK=TRUE"}, (char[]){"COMPRESS=DEFLATE"},
                       (char[]){"BLOCKYSIZE=9000"}, NULL};
    GDALDatasetH dataset = GDALCreate(driver, scratch_path(s, "huge.tif"), 9000,
                                      9000, 1, GDT_Float32, options);
    double transform[6] = {480000, 5, 0, 6950000, 0, -5};
    GDALSetGeoTransform(dataset, transform);
    OGRSpatialReferenceH reference = reference_of("EPSG:2154");
    GDALSetSpatialRef(dataset, reference);
    OSRRelease(reference);
    GDALClose(dataset);
    struct layer_config layer = layer_at(s->path);
    refused(&layer, "blocks of 9000 x 9000 cells take 309 MB each");
    refused(&layer, "TILED=YES");
    /* pixel interleaving decodes all bands together */
    char *bands[] = {(char[]){"SPARSE_OK=TRUE"}, (char[]){"COMPRESS=DEFLATE"},
                     (char[]){"BLOCKYSIZE=4000"}, (char[]){"INTERLEAVE=PIXEL"},
                     NULL};
    dataset = GDALCreate(driver, scratch_path(s, "bands.tif"), 9000, 4000, 2,
                         GDT_Float32, bands);
    GDALSetGeoTransform(dataset, transform);
    GDALClose(dataset);
    layer = layer_at(s->path);
    refused(&layer, "blocks of 9000 x 4000");
}

static void synthetic_rasters_are_marked(void **state)
{
    struct scratch *s = *state;
    write_array(scratch_path(s, "made.tif"), &plain);
    GDALDatasetH dataset = GDALOpen(s->path, GA_Update);
    GDALSetMetadataItem(dataset, "SYNTHETIC", "YES", NULL);
    GDALClose(dataset);
    struct layer_config layer = layer_at(s->path);
    struct raster r = opened(&layer);
    assert_true(r.synthetic);
    raster_release(&r);
}

static int set_up(void **state)
{
    static struct scratch scratch;
    scratch_open(&scratch);
    gdal_setup();
    *state = &scratch;
    return crs_parse(&lambert, "EPSG:2154");
}

static int tear_down(void **state)
{
    scratch_close(*state);
    crs_release(&lambert);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_raster_says_of_itself),
        cmocka_unit_test(the_extent_in_another_crs),
        cmocka_unit_test(what_cannot_be_placed_is_refused),
        cmocka_unit_test(huge_blocks_are_refused),
        cmocka_unit_test(synthetic_rasters_are_marked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
