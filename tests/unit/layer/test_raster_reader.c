#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/reader.h"

enum {
    NX = 90,
    NY = 70
};

/* Smooth, but with slopes everywhere: one row or column off shows. */
static double hills(double col, double row)
{
    return 100 + 20 * sin(col / 7) * cos(row / 9) + col / 3 - row / 5;
}

static double soils(double col, double row)
{
    return 1 + (int)(col / 5 + 2 * floor(row / 4)) % 7;
}

static struct array array_at(double x, double y, double cell, const char *crs)
{
    return (struct array){.nx = NX,
                          .ny = NY,
                          .transform = {x, cell, 0, y, 0, -cell},
                          .crs = crs,
                          .type = GDT_Float64};
}

static void write_filled(const char *path, struct array a,
                         double (*value)(double, double))
{
    double *values = array_of(a.nx, a.ny, value);
    a.values = values;
    write_array(path, &a);
    free(values);
}

/* Bits of the source, where the grids agree; NaN beyond its edges. */
static void aligned_cells_are_copied(void **state)
{
    struct scratch *s = *state;
    struct array a = array_at(490000, 6930000, 5, "EPSG:2154");
    write_filled(scratch_path(s, "aligned.tif"), a, hills);
    struct opened *o = open_values(s->path, "EPSG:2154");
    static const struct window windows[] = {
        {0, 0, NX, NY},     {13, 7, 20, 30},      {-5, -9, 30, 20},
        {80, 60, 20, 20},   {-10, -10, 120, 100}, {200, 0, 8, 8},
        {-40, -40, 40, 40}, {89, 69, 1, 1}};
    struct grid whole = {490000, 6930000, 5, NX, NY};
    for (size_t w = 0; w < sizeof windows / sizeof *windows; w++) {
        struct grid grid = grid_part(&whole, windows[w]);
        float *found = read_grid(o, &grid);
        for (int row = 0; row < grid.ny; row++)
            for (int col = 0; col < grid.nx; col++) {
                int x = windows[w].col + col, y = windows[w].row + row;
                float f = found[row * grid.nx + col];
                if (x < 0 || y < 0 || x >= NX || y >= NY)
                    assert_true(isnan(f));
                else
                    assert_true(f == (float)hills(x, y));
            }
        free(found);
    }
    close_opened(o);
}

static void no_data_is_nan(void **state)
{
    struct scratch *s = *state;
    static const double values[] = {1, -9999, NAN, INFINITY, 5, 6};
    struct array a = {.nx = 3,
                      .ny = 2,
                      .transform = {0, 5, 0, 10, 0, -5},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .nodata = -9999,
                      .has_nodata = true,
                      .scale = 2,
                      .offset = 0.5,
                      .values = values};
    struct grid grid = {0, 10, 5, 3, 2};
    write_array(scratch_path(s, "holes.tif"), &a);
    struct opened *o = open_values(s->path, "EPSG:2154");
    float *found = read_grid(o, &grid);
    assert_true(found[0] == 2.5F && found[4] == 10.5F && found[5] == 12.5F);
    assert_true(isnan(found[1]) && isnan(found[2]) && isnan(found[3]));
    free(found);
    close_opened(o);
    /* the project's word instead of the file's; the stored value counts, not
     * the scaled one */
    struct layer_config layer = layer_at(s->path);
    layer.nodata = 5;
    o = open_layer(layer, "EPSG:2154", RASTER_BILINEAR, NULL, NULL);
    found = read_grid(o, &grid);
    assert_true(isnan(found[4]) && found[1] == -19997.5F);
    free(found);
    close_opened(o);
    a.type = GDT_Byte;
    a.nodata = 255;
    static const double bytes[] = {0, 255, 254, 1, 2, 3};
    a.values = bytes;
    a.scale = 0;
    write_array(scratch_path(s, "bytes.tif"), &a);
    o = open_values(s->path, "EPSG:2154");
    found = read_grid(o, &grid);
    assert_true(found[0] == 0 && isnan(found[1]) && found[2] == 254);
    free(found);
    close_opened(o);
}

/* What lies under a mask, inside the file or beside it, is no value. */
static void masked_cells_are_nan(void **state)
{
    struct scratch *s = *state;
    static const double values[] = {1, 2, 3, 4, 5, 6};
    unsigned char mask[] = {255, 0, 255, 255, 255, 0};
    struct array a = {.nx = 3,
                      .ny = 2,
                      .transform = {0, 5, 0, 10, 0, -5},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .values = values};
    struct grid grid = {0, 10, 5, 3, 2};
    for (int inside = 0; inside < 2; inside++) {
        CPLSetConfigOption("GDAL_TIFF_INTERNAL_MASK", inside ? "YES" : "NO");
        write_array(scratch_path(s, inside ? "in.tif" : "beside.tif"), &a);
        GDALDatasetH dataset = GDALOpen(s->path, GA_Update);
        GDALCreateDatasetMaskBand(dataset, GMF_PER_DATASET);
        die_unless(GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(dataset, 1)),
                                GF_Write, 0, 0, 3, 2, mask, 3, 2, GDT_Byte, 0,
                                0) == CE_None,
                   "writing");
        GDALClose(dataset);
        struct opened *o = open_values(s->path, "EPSG:2154");
        float *found = read_grid(o, &grid);
        for (int i = 0; i < 6; i++)
            assert_true(mask[i] ? found[i] == (float)values[i]
                                : isnan(found[i]));
        free(found);
        close_opened(o);
    }
    CPLSetConfigOption("GDAL_TIFF_INTERNAL_MASK", NULL);
}

/* gdalwarp is the reference, in the same CRS and in others, for finer and
 * coarser sources. */
static void values_as_gdalwarp_makes_them(void **state)
{
    struct scratch *s = *state;
    static const struct {
        double x, y, cell;
        const char *crs;
        double scale,
            tolerance; /* the last: 1/1000 of a cell on the steepest part */
    } sources[] = {
        {490001.5, 6930003, 25, "EPSG:2154", 0, 1e-4}, /* coarser, shifted */
        {490000, 6930002.5, 5, "EPSG:2154", 0, 1e-4},
        {490002.5, 6930000, 5, "EPSG:2154", 0, 1e-4},   /* half a cell off */
        {490000, 6930000, 2, "EPSG:2154", 0.4, 1e-4},   /* finer */
        {281000, 5482000, 25, "EPSG:32631", 0, 3e-3},   /* UTM */
        {0.106, 49.4255, 0.0003, "EPSG:4326", 0, 3e-3}, /* degrees */
        {440000, 2496000, 25, "EPSG:27572", 0, 3e-3}};  /* by the NTF grid */
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct array a = array_at(sources[i].x, sources[i].y, sources[i].cell,
                                  sources[i].crs);
        write_filled(scratch_path(s, "source.tif"), a, hills);
        struct opened *o = open_values(s->path, "EPSG:2154");
        struct rect r = o->raster.extent;
        /* a part of it, on multiples of 5 m, with some cells beyond */
        struct grid grid = {.xmin = floor(r.xmin / 5) * 5 - 50,
                            .ymax = ceil(r.ymax / 5) * 5 + 50,
                            .cell = 5,
                            .nx = 256,
                            .ny = 256};
        float *found = read_grid(o, &grid);
        float *expected =
            gdalwarp(s->path, &grid, "EPSG:2154", "bilinear", sources[i].scale);
        size_t known;
        double most = difference(found, expected, grid_cells(&grid), &known);
        if (!(most <= sources[i].tolerance))
            print_error("source %zu: %g\n", i, most);
        assert_true(most <= sources[i].tolerance);
        assert_true(known > 1000 && known < grid_cells(&grid));
        free(found);
        free(expected);
        close_opened(o);
    }
}

static void classes_are_never_mixed(void **state)
{
    struct scratch *s = *state;
    struct array a = array_at(490001, 6930004, 12, "EPSG:2154");
    a.type = GDT_Byte;
    a.nodata = 3;
    a.has_nodata = true;
    write_filled(scratch_path(s, "classes.tif"), a, soils);
    struct opened *o =
        open_layer(layer_at(s->path), "EPSG:2154", RASTER_NEAREST, NULL, NULL);
    struct grid grid = {489990, 6930020, 5, 230, 180};
    float *found = read_grid(o, &grid);
    float *expected = gdalwarp(s->path, &grid, "EPSG:2154", "near", 0);
    size_t known;
    assert_true(difference(found, expected, grid_cells(&grid), &known) == 0);
    assert_true(known > 20000);
    size_t seen[8] = {0};
    for (size_t i = 0; i < grid_cells(&grid); i++)
        if (!isnan(found[i])) {
            assert_true(found[i] >= 1 && found[i] <= 7);
            assert_true(found[i] == floorf(found[i]));
            seen[(int)found[i]]++;
        }
    assert_true(seen[3] == 0 && seen[1] > 0 && seen[7] > 0);
    free(found);
    free(expected);
    close_opened(o);
}

/* A value may not depend on the tile in which it was asked for. */
static void tiles_have_no_seams(void **state)
{
    struct scratch *s = *state;
    static const struct {
        double x, y, cell;
        const char *crs;
        double tolerance;
    } sources[] = {{490000, 6930000, 5, "EPSG:2154", 0},
                   {490001.5, 6930003, 25, "EPSG:2154", 0},
                   {490001, 6930003, 2, "EPSG:2154", 0},
                   {281000, 5482000, 25, "EPSG:32631", 3e-3},
                   {0.106, 49.4255, 0.0003, "EPSG:4326", 3e-3}};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct array a = array_at(sources[i].x, sources[i].y, sources[i].cell,
                                  sources[i].crs);
        write_filled(scratch_path(s, "seams.tif"), a, hills);
        struct opened *o = open_values(s->path, "EPSG:2154");
        struct rect r = o->raster.extent;
        struct grid grid = {.xmin = floor(r.xmin / 5) * 5 - 20,
                            .ymax = ceil(r.ymax / 5) * 5 + 20,
                            .cell = 5,
                            .nx = 150,
                            .ny = 140};
        float *whole = read_grid(o, &grid);
        static const int sizes[] = {64, 47, 16};
        for (int k = 0; k < 3; k++) {
            float *tiles = read_tiles(o, &grid, sizes[k]);
            size_t known;
            double most = difference(whole, tiles, grid_cells(&grid), &known);
            if (!(most <= sources[i].tolerance))
                print_error("source %zu, tiles of %d: %g\n", i, sizes[k], most);
            assert_true(most <= sources[i].tolerance);
            assert_true(known > 500);
            free(tiles);
        }
        free(whole);
        close_opened(o);
    }
}

static void rasters_of_one_cell(void **state)
{
    struct scratch *s = *state;
    static const double value[] = {42};
    struct array a = {.nx = 1,
                      .ny = 1,
                      .transform = {490000, 25, 0, 6930025, 0, -25},
                      .crs = "EPSG:2154",
                      .type = GDT_Float32,
                      .values = value};
    write_array(scratch_path(s, "one.tif"), &a);
    struct opened *o = open_values(s->path, "EPSG:2154");
    struct grid grid = {489990, 6930035, 5, 9, 9};
    float *found = read_grid(o, &grid);
    for (int row = 0; row < 9; row++)
        for (int col = 0; col < 9; col++) {
            bool inside = row >= 2 && row < 7 && col >= 2 && col < 7;
            float f = found[row * 9 + col];
            assert_true(inside ? f == 42 : isnan(f));
        }
    free(found);
    struct grid same = {490000, 6930025, 25, 1, 1}, off = {0, 100, 25, 4, 4};
    found = read_grid(o, &same);
    assert_true(found[0] == 42);
    free(found);
    found = read_grid(o, &off);
    for (int i = 0; i < 16; i++)
        assert_true(isnan(found[i]));
    free(found);
    close_opened(o);
}

/* South-up and turned rasters lie where their georeference says. */
static void any_orientation(void **state)
{
    struct scratch *s = *state;
    struct array a = array_at(490000, 6930000, 5, "EPSG:2154");
    const double south_up[6] = {490000, 5, 0, 6930000, 0, 5};
    memcpy(a.transform, south_up, sizeof south_up);
    write_filled(scratch_path(s, "southup.tif"), a, hills);
    struct opened *o = open_values(s->path, "EPSG:2154");
    struct grid grid = {490000, 6930000 + 5 * NY, 5, NX, NY};
    float *found = read_grid(o, &grid);
    for (int row = 0; row < NY; row++)
        for (int col = 0; col < NX; col++)
            assert_true(fabs((double)found[row * NX + col] -
                             hills(col, NY - 1 - row)) < 1e-4);
    free(found);
    close_opened(o);
    const double turned[6] = {490000, 4, 3, 6930000, 3, -4}; /* by 37 deg */
    memcpy(a.transform, turned, sizeof turned);
    write_filled(scratch_path(s, "turned.tif"), a, hills);
    o = open_values(s->path, "EPSG:2154");
    struct grid part = {490150, 6930050, 5, 60, 40};
    found = read_grid(o, &part);
    float *expected =
        gdalwarp(s->path, &part, "EPSG:2154", "bilinear", 1 / 1.4);
    size_t known;
    assert_true(difference(found, expected, 60 * 40, &known) <= 1e-4);
    assert_true(known > 1500);
    free(found);
    free(expected);
    close_opened(o);
}

/* A source far finer than the grid is read at a coarser step: memory stays
 * bounded, the mean stays the mean. */
static void very_fine_sources_are_read_coarser(void **state)
{
    struct scratch *s = *state;
    char *options[] = {(char[]){"TILED=YES"}, (char[]){"COMPRESS=DEFLATE"},
                       NULL};
    const int n = 9000; /* 81 million cells under one tile */
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("GTiff"), scratch_path(s, "fine.tif"), n,
                   n, 1, GDT_Byte, options);
    double transform[6] = {490000, 0.1, 0, 6930000, 0, -0.1};
    GDALSetGeoTransform(dataset, transform);
    OGRSpatialReferenceH reference = reference_of("EPSG:2154");
    GDALSetSpatialRef(dataset, reference);
    OSRRelease(reference);
    unsigned char *line = malloc((size_t)n);
    for (int row = 0; row < n; row++) {
        for (int col = 0; col < n; col++) /* mean 50, a ramp to the east */
            line[col] = (unsigned char)(100.0 * col / n + (row + col) % 2);
        die_unless(GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Write, 0, row,
                                n, 1, line, n, 1, GDT_Byte, 0, 0) == CE_None,
                   "writing");
    }
    free(line);
    GDALClose(dataset);
    struct opened *o = open_values(s->path, "EPSG:2154");
    struct grid grid = {490000, 6930000, 9, 100, 100};
    float *found = read_grid(o, &grid);
    for (int row = 5; row < 95; row++)
        for (int col = 5; col < 95; col++)
            assert_true(fabs((double)found[row * 100 + col] - (col + 0.5)) <
                        0.7);
    free(found);
    close_opened(o);
}

static void damage_is_an_error_with_the_place(void **state)
{
    struct scratch *s = *state;
    struct array a = array_at(490000, 6930000, 5, "EPSG:2154");
    write_filled(scratch_path(s, "cut.tif"), a, hills);
    assert_int_equal(truncate(s->path, 20000), 0);
    struct opened *o = open_values(s->path, "EPSG:2154");
    struct grid grid = {490000, 6930000, 5, NX, NY};
    float *out = malloc(grid_cells(&grid) * sizeof *out);
    assert_int_equal(raster_reader_read(o->reader, &grid, out), TERRAMIS_INPUT);
    assert_true(has(status_message(),
                    "p.yaml:3:5: cut.tif: cannot be read at columns 0-89"));
    free(out);
    close_opened(o);
    raster_reader_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligned_cells_are_copied),
        cmocka_unit_test(no_data_is_nan),
        cmocka_unit_test(masked_cells_are_nan),
        cmocka_unit_test(values_as_gdalwarp_makes_them),
        cmocka_unit_test(classes_are_never_mixed),
        cmocka_unit_test(tiles_have_no_seams),
        cmocka_unit_test(rasters_of_one_cell),
        cmocka_unit_test(any_orientation),
        cmocka_unit_test(very_fine_sources_are_read_coarser),
        cmocka_unit_test(damage_is_an_error_with_the_place),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
