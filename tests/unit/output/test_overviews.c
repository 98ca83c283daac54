#include "output/overviews.h"

#include <cpl_string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "geo/gdal.h"
#include "unit/output/scratch.h"

/* A raster in memory, row by row. */
struct cells {
    int nx, ny;
    uint8_t *at;
};

static struct cells cells_new(int nx, int ny)
{
    struct cells c = {nx, ny, malloc((size_t)nx * (size_t)ny)};
    assert_non_null(c.at);
    return c;
}

/* Patches of classes with single cells of others; every seventh column of
 * blocks is all nodata. */
static void draw(struct cells *c, uint8_t nodata)
{
    unsigned random = 1;
    for (int y = 0; y < c->ny; y++)
        for (int x = 0; x < c->nx; x++) {
            random = random * 1664525U + 1013904223U;
            unsigned value = (unsigned)(x / 9 + y / 5) % 6U;
            if (random >> 30 == 0)
                value = (random >> 20) % 7U * 33U;
            if (x / 256 % 3 == 1)
                value = nodata;
            c->at[(size_t)y * (size_t)c->nx + (size_t)x] = (uint8_t)value;
        }
}

/* The next level, by counting the two by two cells that there are. */
static struct cells halve(const struct cells *c, bool classes, uint8_t nodata)
{
    struct cells h = cells_new((c->nx + 1) / 2, (c->ny + 1) / 2);
    for (int i = 0; i < h.nx * h.ny; i++) {
        int counts[256] = {0}, sum = 0, n = 0;
        uint8_t best = nodata;
        for (int k = 0; k < 4; k++) {
            int x = i % h.nx * 2 + k % 2, y = i / h.nx * 2 + k / 2;
            if (x < c->nx && y < c->ny && c->at[y * c->nx + x] != nodata) {
                counts[c->at[y * c->nx + x]]++;
                sum += c->at[y * c->nx + x];
                n++;
            }
        }
        for (int k = 3; k >= 0; k--) { /* ties: the first one */
            int x = i % h.nx * 2 + k % 2, y = i / h.nx * 2 + k / 2;
            if (x >= c->nx || y >= c->ny || c->at[y * c->nx + x] == nodata)
                continue;
            uint8_t value = c->at[y * c->nx + x];
            if (best == nodata || counts[value] >= counts[best])
                best = value;
        }
        if (!classes && n > 0)
            best = (uint8_t)((2 * sum + n) / (2 * n));
        h.at[i] = best;
    }
    return h;
}

static GDALDatasetH write_cells(const char *path, const struct cells *c,
                                uint8_t nodata)
{
    char **options = CSLSetNameValue(NULL, "TILED", "YES");
    options = CSLSetNameValue(options, "SPARSE_OK", "TRUE");
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, c->nx,
                                      c->ny, 1, GDT_Byte, options);
    CSLDestroy(options);
    assert_non_null(dataset);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    GDALSetRasterNoDataValue(band, nodata);
    for (int x = 0; x < c->nx; x += 256) {
        int n = c->nx - x < 256 ? c->nx - x : 256;
        if (x / 256 % 3 != 1) /* sparse there */
            assert_int_equal(GDALRasterIO(band, GF_Write, x, 0, n, c->ny,
                                          c->at + x, n, c->ny, GDT_Byte, 1,
                                          c->nx),
                             CE_None);
    }
    return dataset;
}

static void check_size(struct scratch *s, int nx, int ny, bool classes,
                       uint8_t nodata, int levels)
{
    struct cells fine = cells_new(nx, ny);
    draw(&fine, nodata);
    GDALDatasetH dataset = write_cells(scratch_path(s, "o.tif"), &fine, nodata);
    assert_int_equal(overviews_add(dataset, "o.tif", classes, nodata, 64),
                     TERRAMIS_OK);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    assert_int_equal(GDALGetOverviewCount(band), levels);
    for (int i = 0; i < levels; i++) {
        GDALRasterBandH level = GDALGetOverview(band, i);
        struct cells coarse = halve(&fine, classes, nodata);
        assert_int_equal(GDALGetRasterBandXSize(level), coarse.nx);
        assert_int_equal(GDALGetRasterBandYSize(level), coarse.ny);
        struct cells read = cells_new(coarse.nx, coarse.ny);
        assert_int_equal(GDALRasterIO(level, GF_Read, 0, 0, read.nx, read.ny,
                                      read.at, read.nx, read.ny, GDT_Byte, 0,
                                      0),
                         CE_None);
        assert_memory_equal(read.at, coarse.at,
                            (size_t)read.nx * (size_t)read.ny);
        free(read.at);
        free(fine.at);
        fine = coarse;
    }
    free(fine.at);
    GDALClose(dataset);
}

static void as_by_counting(void **state)
{
    struct scratch *s = *state;
    check_size(s, 1301, 777, true, 0, 5);
    check_size(s, 1301, 777, false, 255, 5);
    check_size(s, 512, 512, true, 0, 3);
    check_size(s, 513, 65, false, 255, 4);
    check_size(s, 65, 1, true, 0, 1);
    check_size(s, 64, 64, true, 0, 0);
    check_size(s, 1, 1, false, 255, 0);
}

int main(void)
{
    struct scratch s;
    gdal_setup();
    scratch_open(&s);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(as_by_counting, &s)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_close(&s);
    return failures;
}
