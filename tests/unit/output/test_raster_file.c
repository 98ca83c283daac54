#include "output/raster_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "geo/gdal.h"
#include "unit/output/scratch.h"

enum {
    NX = 1100,
    NY = 700,
    TILE = 256
};

static const struct raster_class classes[] = {
    {0, NULL, 0, 0, 0, 0},
    {1, "S1 \"très\" apte", 68, 1, 84, 255},
    {5, "N2 <inapte>", 253, 231, 37, 255},
    {9, "exclu", 189, 189, 189, 255}};
static const struct gdal_item items[] = {
    {"SYNTHETIC", "YES"}, {"TITLE", "l'\"essai\""}, {NULL, NULL}};

static struct raster_spec spec_of(enum raster_type type)
{
    return (struct raster_spec){.grid = {.xmin = 490000,
                                         .ymax = 6950000,
                                         .cell = 5,
                                         .nx = NX,
                                         .ny = NY},
                                .crs = "EPSG:2154",
                                .type = type,
                                .has_nodata = true,
                                .nodata = type == RASTER_BYTE ? 0 : -9999,
                                .description = "Classe d'aptitude",
                                .metadata = items,
                                .block = 256,
                                .threads = 2};
}

static unsigned class_at(int col, int row)
{
    static const unsigned char values[] = {1, 5, 9, 1};
    return (col + row) % 301 == 0 ? 0 : values[(col / 3 + row / 7) % 4];
}

static float value_at(int col, int row)
{
    return (float)(100.0 + 50 * sin(col * 0.01) + 0.25 * row);
}

static void tile_fill(const struct raster_spec *spec, struct window w,
                      void *cells)
{
    for (int y = 0; y < w.ny; y++)
        for (int x = 0; x < w.nx; x++) {
            int i = y * w.nx + x, col = w.col + x, row = w.row + y;
            if (spec->type == RASTER_BYTE)
                ((uint8_t *)cells)[i] = (uint8_t)class_at(col, row);
            else if (spec->type == RASTER_INT16)
                ((int16_t *)cells)[i] = (int16_t)value_at(col, row);
            else
                ((float *)cells)[i] = value_at(col, row);
        }
}

/* Writes all tiles but those of column `hole`, forwards or backwards. */
static enum terramis_status write_raster(const char *path,
                                         const struct raster_spec *spec,
                                         bool backwards, int hole)
{
    static float cells[TILE * TILE];
    struct raster_file *file;
    TRY(raster_file_new(path, spec, &file));
    int nx = (NX + TILE - 1) / TILE, ny = (NY + TILE - 1) / TILE;
    for (int i = 0; i < nx * ny; i++) {
        int tile = backwards ? nx * ny - 1 - i : i;
        struct window w = {tile % nx * TILE, tile / nx * TILE, TILE, TILE};
        if (tile % nx == hole)
            continue;
        w.nx = w.col + TILE > NX ? NX - w.col : TILE;
        w.ny = w.row + TILE > NY ? NY - w.row : TILE;
        tile_fill(spec, w, cells);
        enum terramis_status status = raster_file_write(file, w, cells);
        if (status != TERRAMIS_OK) {
            raster_file_cancel(file);
            return status;
        }
    }
    return raster_file_finish(file);
}

static float *read_band(GDALRasterBandH band, int *count)
{
    int nx = GDALGetRasterBandXSize(band), ny = GDALGetRasterBandYSize(band);
    float *cells = malloc((size_t)nx * (size_t)ny * sizeof *cells);
    assert_non_null(cells);
    assert_int_equal(GDALRasterIO(band, GF_Read, 0, 0, nx, ny, cells, nx, ny,
                                  GDT_Float32, 0, 0),
                     CE_None);
    *count = nx * ny;
    return cells;
}

static void classes_read_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "class.tif");
    struct raster_spec spec = spec_of(RASTER_BYTE);
    spec.classes = classes;
    spec.class_count = 4;
    assert_int_equal(write_raster(path, &spec, false, -1), TERRAMIS_OK);
    assert_int_not_equal(access(scratch_path(s, "class.tif.cells"), F_OK), 0);
    GDALDatasetH dataset;
    assert_int_equal(gdal_open_raster(scratch_path(s, "class.tif"), &dataset),
                     TERRAMIS_OK);
    assert_string_equal(
        GDALGetMetadataItem(dataset, "LAYOUT", "IMAGE_STRUCTURE"), "COG");
    assert_string_equal(GDALGetMetadataItem(dataset, "SYNTHETIC", NULL), "YES");
    assert_string_equal(GDALGetMetadataItem(dataset, "TITLE", NULL),
                        "l'\"essai\"");
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    assert_string_equal(GDALGetDescription(band), "Classe d'aptitude");
    assert_true(GDALGetRasterNoDataValue(band, NULL) == 0);
    char **names = GDALGetRasterCategoryNames(band);
    assert_string_equal(names[1], classes[1].name);
    assert_string_equal(names[5], classes[2].name);
    const GDALColorEntry *colour =
        GDALGetColorEntry(GDALGetRasterColorTable(band), 1);
    assert_int_equal(colour->c3, 84);
    GDALRasterAttributeTableH table = GDALGetDefaultRAT(band);
    assert_int_equal(GDALRATGetRowCount(table), 4);
    assert_int_equal(GDALRATGetValueAsInt(table, 2, 0), classes[2].value);
    assert_string_equal(GDALRATGetValueAsString(table, 2, 1), classes[2].name);
    assert_int_equal(GDALRATGetValueAsInt(table, 2, 3), classes[2].green);
    int count;
    float *cells = read_band(band, &count);
    for (int i = 0; i < count; i++)
        assert_true(cells[i] == (float)class_at(i % NX, i / NX));
    free(cells);
    assert_true(GDALGetOverviewCount(band) >= 2);
    for (int i = 0; i < GDALGetOverviewCount(band); i++) {
        cells = read_band(GDALGetOverview(band, i), &count);
        for (int k = 0; k < count; k++)
            assert_true(cells[k] == 0 || cells[k] == 1 || cells[k] == 5 ||
                        cells[k] == 9);
        free(cells);
    }
    GDALClose(dataset);
}

static void values_read_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "value.tif");
    struct raster_spec spec = spec_of(RASTER_INT16);
    spec.unit = "m";
    assert_int_equal(write_raster(path, &spec, false, 1), TERRAMIS_OK);
    GDALDatasetH dataset;
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_OK);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    assert_string_equal(GDALGetRasterUnitType(band), "m");
    assert_int_equal(GDALGetRasterDataType(band), GDT_Int16);
    int count;
    float *cells = read_band(band, &count);
    for (int i = 0; i < count; i++) {
        int col = i % NX, row = i / NX;
        float wanted = col / TILE == 1 ? -9999 : truncf(value_at(col, row));
        assert_true(cells[i] == wanted);
    }
    free(cells);
    /* averages stay within the values and do not mix nodata in */
    cells = read_band(GDALGetOverview(band, 0), &count);
    for (int i = 0; i < count; i++)
        assert_true(cells[i] == -9999 || (cells[i] >= 49 && cells[i] <= 326));
    free(cells);
    GDALClose(dataset);
}

static void reals_read_back(void **state)
{
    struct scratch *s = *state;
    const char *path = scratch_path(s, "real.tif");
    struct raster_spec spec = spec_of(RASTER_FLOAT32);
    assert_int_equal(write_raster(path, &spec, true, -1), TERRAMIS_OK);
    GDALDatasetH dataset;
    assert_int_equal(gdal_open_raster(path, &dataset), TERRAMIS_OK);
    int count;
    float *cells = read_band(GDALGetRasterBand(dataset, 1), &count);
    for (int i = 0; i < count; i++)
        assert_true(cells[i] == value_at(i % NX, i / NX));
    free(cells);
    GDALClose(dataset);
}

static void same_bytes_any_order_any_threads(void **state)
{
    struct scratch *s = *state;
    char first[384];
    for (int type = RASTER_BYTE; type <= RASTER_FLOAT32; type += 3) {
        struct raster_spec spec = spec_of(type);
        strcpy(first, scratch_path(s, "one.tif"));
        assert_int_equal(write_raster(first, &spec, false, -1), TERRAMIS_OK);
        const char *second = scratch_path(s, "two.tif");
        spec.threads = 1;
        assert_int_equal(write_raster(second, &spec, true, -1), TERRAMIS_OK);
        assert_true(scratch_same(first, second));
    }
}

static void bad_targets_are_told(void **state)
{
    struct scratch *s = *state;
    struct raster_file *file;
    struct raster_spec spec = spec_of(RASTER_BYTE);
    const char *path = scratch_path(s, "none/x.tif");
    assert_int_equal(raster_file_new(path, &spec, &file), TERRAMIS_OUTPUT);
    assert_null(file);
    assert_non_null(strstr(terramis_message(), path));
    spec.crs = "http://127.0.0.1/x";
    int before = scratch_count(s);
    assert_int_equal(raster_file_new(scratch_path(s, "crs.tif"), &spec, &file),
                     TERRAMIS_OUTPUT);
    assert_int_equal(scratch_count(s), before);
}

/* While the file is written: what was written is read, also across blocks, and
 * what was not is nodata; then writing goes on. */
static void cells_while_it_is_written(void **state)
{
    struct scratch *s = *state;
    static uint8_t cells[TILE * TILE], found[NX * NY], again[NX * NY];
    struct raster_file *file;
    struct raster_spec spec = spec_of(RASTER_BYTE);
    const struct window all = {0, 0, NX, NY};
    spec.nodata = 255;
    assert_int_equal(raster_file_new(scratch_path(s, "r.tif"), &spec, &file),
                     TERRAMIS_OK);
    for (int col = 0; col < NX; col += TILE) {
        struct window w = {col, TILE, TILE, TILE};
        w.nx = col + TILE > NX ? NX - col : TILE;
        tile_fill(&spec, w, cells);
        assert_int_equal(raster_file_write(file, w, cells), TERRAMIS_OK);
        assert_int_equal(raster_file_read(file, all, found), TERRAMIS_OK);
        for (int i = 0; i < NX * NY; i++) {
            int x = i % NX, y = i / NX;
            bool written = y / TILE == 1 && x < col + w.nx;
            assert_int_equal(found[i], written ? class_at(x, y) : 255);
        }
    }
    assert_int_equal(
        raster_file_read(file, (struct window){NX - 9, 0, 10, 1}, again),
        TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "cannot be read back"));
    assert_int_equal(raster_file_finish(file), TERRAMIS_OK);
    GDALDatasetH dataset = GDALOpen(s->path, GA_ReadOnly);
    assert_non_null(dataset);
    assert_int_equal(GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Read, 0, 0,
                                  NX, NY, again, NX, NY, GDT_Byte, 0, 0),
                     CE_None);
    assert_memory_equal(found, again, sizeof found);
    GDALClose(dataset);
}

static void cancel_leaves_nothing(void **state)
{
    struct scratch *s = *state;
    int before = scratch_count(s);
    struct raster_file *file;
    struct raster_spec spec = spec_of(RASTER_BYTE);
    spec.classes = classes;
    spec.class_count = 4;
    assert_int_equal(raster_file_new(scratch_path(s, "gone.tif"), &spec, &file),
                     TERRAMIS_OK);
    raster_file_cancel(file);
    assert_int_equal(scratch_count(s), before);
    raster_file_cancel(NULL);
}

int main(void)
{
    struct scratch scratch;
    struct scratch *s = &scratch;
    scratch_open(s);
    gdal_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(classes_read_back, s),
        cmocka_unit_test_prestate(values_read_back, s),
        cmocka_unit_test_prestate(reals_read_back, s),
        cmocka_unit_test_prestate(same_bytes_any_order_any_threads, s),
        cmocka_unit_test_prestate(bad_targets_are_told, s),
        cmocka_unit_test_prestate(cells_while_it_is_written, s),
        cmocka_unit_test_prestate(cancel_leaves_nothing, s),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(s);
    return failed;
}
