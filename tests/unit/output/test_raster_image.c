#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/gdal.h"
#include "output/raster_file.h"
#include "output/raster_image.h"
#include "unit/output/scratch.h"

enum {
    NX = 1100,
    NY = 700
};

/* Two classes in squares of 64 cells, nothing in the west. */
static unsigned char cell_at(int col, int row)
{
    return col < 128 ? 0 : (col / 64 + row / 64) % 2 ? 3 : 6;
}

static struct scratch scratch;

static int make_raster(void **state)
{
    (void)state;
    static const struct raster_class classes[] = {{3, "S3", 1, 2, 3, 255},
                                                  {6, "exclu", 9, 9, 9, 255}};
    struct raster_spec spec = {.grid = {500000, 6900000, 10, NX, NY},
                               .crs = "EPSG:2154",
                               .type = RASTER_BYTE,
                               .has_nodata = true,
                               .classes = classes,
                               .class_count = 2,
                               .block = 128};
    struct raster_file *file;
    unsigned char *cells = malloc((size_t)NX * NY);
    for (int row = 0; row < NY; row++)
        for (int col = 0; col < NX; col++)
            cells[row * NX + col] = cell_at(col, row);
    gdal_setup();
    scratch_open(&scratch);
    struct window all = {0, 0, NX, NY};
    int bad =
        raster_file_new(scratch_path(&scratch, "class.tif"), &spec, &file) ||
        raster_file_write(file, all, cells) || raster_file_finish(file);
    free(cells);
    return bad;
}

static int remove_raster(void **state)
{
    (void)state;
    scratch_close(&scratch);
    return 0;
}

static void test_as_it_is(void **state)
{
    (void)state;
    struct raster_image image;
    assert_int_equal(raster_image_read(scratch.path, NULL, NX, &image),
                     TERRAMIS_OK);
    assert_int_equal(image.grid.nx, NX);
    assert_int_equal(image.grid.ny, NY);
    assert_true(image.grid.xmin == 500000 && image.grid.ymax == 6900000 &&
                image.grid.cell == 10);
    for (int row = 0; row < NY; row++)
        for (int col = 0; col < NX; col++)
            assert_int_equal(image.cells[row * NX + col], cell_at(col, row));
    raster_image_release(&image);
}

/* Every fourth cell of squares of 64 is exact, save at the borders. */
static void test_reduced(void **state)
{
    (void)state;
    struct raster_image image;
    assert_int_equal(raster_image_read(scratch.path, NULL, 300, &image),
                     TERRAMIS_OK);
    assert_int_equal(image.grid.nx, NX / 4);
    assert_int_equal(image.grid.ny, NY / 4);
    assert_true(image.grid.cell == 40);
    for (int row = 0; row < image.grid.ny; row++)
        for (int col = 0; col < image.grid.nx; col++) {
            int value = image.cells[row * image.grid.nx + col];
            assert_true(value == 0 || value == 3 || value == 6);
            if (col % 16 > 1 && row % 16 > 1)
                assert_int_equal(value, cell_at(4 * col + 2, 4 * row + 2));
        }
    raster_image_release(&image);
}

static void test_a_part(void **state)
{
    (void)state;
    struct raster_image image;
    /* columns 199 to 209, rows from 690 to beyond the south edge */
    struct rect part = {501995, 6892000, 502095, 6893095};
    assert_int_equal(raster_image_read(scratch.path, &part, 100, &image),
                     TERRAMIS_OK);
    assert_true(image.grid.xmin == 501990 && image.grid.ymax == 6893100);
    assert_int_equal(image.grid.nx, 11);
    assert_int_equal(image.grid.ny, 10);
    for (int row = 0; row < 10; row++)
        for (int col = 0; col < 11; col++)
            assert_int_equal(image.cells[row * 11 + col],
                             cell_at(199 + col, 690 + row));
    raster_image_release(&image);
    struct rect away = {0, 0, 10, 10};
    assert_int_equal(raster_image_read(scratch.path, &away, 100, &image),
                     TERRAMIS_OK);
    assert_null(image.cells);
    raster_image_release(&image);
}

static void test_unreadable(void **state)
{
    (void)state;
    struct raster_image image;
    assert_int_equal(raster_image_read("/nonexistent/a.tif", NULL, 9, &image),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "/nonexistent/a.tif"));
    raster_image_release(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_it_is), cmocka_unit_test(test_reduced),
        cmocka_unit_test(test_a_part), cmocka_unit_test(test_unreadable)};
    return cmocka_run_group_tests(tests, make_raster, remove_raster);
}
