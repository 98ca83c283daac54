#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layer/inspect.h"
#include "layer/profile.h"
#include "unit/layers.h"

static const struct rect area = {0, 0, 1000, 1000};

/* The one suspicion of a raster; code NULL: there is none. */
static void inspected(const struct layer_config *layer, double low, double high,
                      const char *code, const char *part)
{
    struct crs crs;
    struct raster raster;
    struct inspection inspection;
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    assert_int_equal(raster_open(&raster, &test_config, layer, &crs, area),
                     TERRAMIS_OK);
    assert_int_equal(inspect_raster(&inspection, &raster, low, high),
                     TERRAMIS_OK);
    assert_int_equal(inspection.count, code != NULL);
    if (code) {
        assert_string_equal(inspection.suspicions[0].code, code);
        if (!has(inspection.suspicions[0].text, part))
            fail_msg("%s", inspection.suspicions[0].text);
    }
    inspection_release(&inspection);
    raster_release(&raster);
    crs_release(&crs);
}

/* Suspicions of a raster of 2 x 2 cells, as "code: text" lines. */
static void looks(struct scratch *s, const double values[4], double nodata,
                  const char *profile, double low, double high,
                  const char *code, const char *part)
{
    char path[400];
    snprintf(path, sizeof path, "%s", scratch_path(s, "dem.tif"));
    struct array a = {.nx = 2,
                      .ny = 2,
                      .transform = {0, 500, 0, 1000, 0, -500},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .nodata = nodata,
                      .has_nodata = nodata == nodata,
                      .values = values};
    write_array(path, &a);
    struct layer_config layer = layer_at(path);
    layer.profile.op =
        profile ? registry_find(&profile_registry, profile) : NULL;
    inspected(&layer, low, high, code, part);
    unlink(path);
}

static void cells(void **state)
{
    struct scratch *s = *state;
    static const double flat[] = {1, 2, 3, 4}, deep[] = {1, -17, 3, 4},
                        high[] = {1, 2, 3, 9000}, hole[] = {1, 2, -9999, 4},
                        none[] = {NAN, NAN, NAN, NAN};
    looks(s, flat, NAN, "srtm", 0, 0, NULL, NULL);
    looks(s, deep, NAN, "srtm", 0, 0, "implausible-values",
          "1 of 4 sampled cells are beyond -10 to 4850 (lowest -17");
    looks(s, high, NAN, "rge-alti", 0, 0, "implausible-values", "highest 9000");
    looks(s, deep, NAN, NULL, 0, 0, NULL, NULL);
    looks(s, deep, NAN, NULL, -10, 100, "implausible-values", "beyond -10");
    looks(s, hole, NAN, NULL, 0, 0, "nodata-undeclared",
          "1 sampled cells are -9999");
    looks(s, hole, -9999, "srtm", 0, 0, NULL, NULL);
    looks(s, none, 0, "srtm", 0, 0, "no-values", "no sampled cell");
}

/* A raster of tiles without data in the file, a few of them written. */
static void make_tiles(const char *path, int side, const char *block,
                       const int (*written)[2], size_t count)
{
    char across[32], down[32];
    snprintf(across, sizeof across, "BLOCKXSIZE=%s", block);
    snprintf(down, sizeof down, "BLOCKYSIZE=%s", block);
    char *options[] = {(char[]){"SPARSE_OK=TRUE"}, (char[]){"TILED=YES"},
                       across, down, NULL};
    double place[6] = {0, 1000.0 / side, 0, 1000, 0, -1000.0 / side};
    gdal_setup();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, side,
                                      side, 1, GDT_Float32, options);
    assert_non_null(dataset);
    OGRSpatialReferenceH reference = reference_of("EPSG:2154");
    GDALSetSpatialRef(dataset, reference);
    OSRRelease(reference);
    GDALSetGeoTransform(dataset, place);
    for (size_t i = 0; i < count; i++) {
        float value = 7;
        assert_int_equal(GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Write,
                                      written[i][0], written[i][1], 1, 1,
                                      &value, 1, 1, GDT_Float32, 0, 0),
                         CE_None);
    }
    GDALClose(dataset);
}

static void count_odd(struct scratch *s, double low, const char *text)
{
    struct layer_config layer = layer_at(s->path);
    layer.nodata = -1;
    inspected(&layer, low, 5, "implausible-values", text);
    unlink(s->path);
}

/* Each cell is looked at once, whatever columns of blocks they come in. */
static void every_block_once(void **state)
{
    static const int written[][2] = {
        {0, 0}, {2999, 1}, {1500, 2999}, {1023, 1024}};
    struct scratch *s = *state;
    make_tiles(scratch_path(s, "tiles.tif"), 3000, "1024", written, 4);
    count_odd(s, 0, "4 of 9000000 sampled cells");
}

/* 275 thousand million cells, 1 TB of blocks: of those every so many. */
static void of_many_blocks_some(void **state)
{
    struct scratch *s = *state;
    make_tiles(scratch_path(s, "many.tif"), 1 << 19, "4096", NULL, 0);
    count_odd(s, 1, "61440 of 61440 sampled cells");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test(every_block_once),
        cmocka_unit_test(of_many_blocks_some),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
