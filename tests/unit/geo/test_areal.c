#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "geo/areal.h"

static struct crs crs;
static struct crs_area *measure;

static int open_lambert(void **state)
{
    (void)state;
    return crs_parse(&crs, "EPSG:2154") != TERRAMIS_OK ||
           crs_area_open(&measure, &crs) != TERRAMIS_OK;
}

static int close_lambert(void **state)
{
    (void)state;
    crs_area_close(measure);
    crs_release(&crs);
    return 0;
}

/* At the middle of a block the scale is PROJ's; elsewhere within 5e-6. */
static void close_to_the_scale(void **state)
{
    (void)state;
    static const double cells[] = {0.5, 1, 5, 25, 100, 1000};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        struct areal areal = {0};
        struct grid tile = {490000, 6940000, cells[c], 40, 30};
        assert_int_equal(areal_fill(&areal, measure, &tile), TERRAMIS_OK);
        assert_true(areal.shift == 0 || (1 << areal.shift) * cells[c] <= 250);
        for (int row = 0; row < tile.ny; row++)
            for (int col = 0; col < tile.nx; col++) {
                double true_scale = crs_area_scale(measure, grid_x(&tile, col),
                                                   grid_y(&tile, row));
                double error =
                    fabs(areal_at(&areal, col, row) / true_scale - 1);
                assert_true(error < 5e-6);
            }
        areal_release(&areal);
    }
}

/* A cell has the same scale whatever tile it is in. */
static void same_in_every_tile(void **state)
{
    (void)state;
    struct areal whole = {0}, part = {0};
    struct grid grid = {499995, 6930005, 5, 600, 500};
    struct window window = {133, 77, 201, 150};
    struct grid tile = grid_part(&grid, window);
    assert_int_equal(areal_fill(&whole, measure, &grid), TERRAMIS_OK);
    assert_int_equal(areal_fill(&part, measure, &tile), TERRAMIS_OK);
    for (int row = 0; row < tile.ny; row++)
        for (int col = 0; col < tile.nx; col++)
            assert_true(areal_at(&part, col, row) ==
                        areal_at(&whole, col + 133, row + 77));
    areal_release(&whole);
    areal_release(&part);
}

/* areal_same() cells on have the same scale, and stay inside the block. */
static void stretches(void **state)
{
    (void)state;
    struct areal areal = {0};
    struct grid tile = {500010, 6930000, 5, 700, 1};
    assert_int_equal(areal_fill(&areal, measure, &tile), TERRAMIS_OK);
    for (int col = 0; col < tile.nx;) {
        int n = areal_same(&areal, col);
        assert_true(n >= 1 && n <= 1 << areal.shift);
        for (int i = 0; i < n && col + i < tile.nx; i++)
            assert_true(areal_at(&areal, col + i, 0) ==
                        areal_at(&areal, col, 0));
        col += n;
    }
    areal_release(&areal);
}

/* The areas of all cells of 3 x 3 km add up to the true area of the square. */
static void adds_up(void **state)
{
    (void)state;
    struct areal areal = {0};
    struct grid coarse = {492000, 6939000, 10, 300, 300};
    double sum = 0, fine = 0;
    assert_int_equal(areal_fill(&areal, measure, &coarse), TERRAMIS_OK);
    for (int row = 0; row < 300; row++)
        for (int col = 0; col < 300; col++)
            sum += 100 * areal_at(&areal, col, row);
    for (int row = 0; row < 300; row += 3)
        for (int col = 0; col < 300; col += 3)
            fine += 900 * crs_area_scale(measure, grid_x(&coarse, col + 1),
                                         grid_y(&coarse, row + 1));
    assert_true(fabs(sum / fine - 1) < 1e-6);
    areal_release(&areal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(close_to_the_scale),
                                       cmocka_unit_test(same_in_every_tile),
                                       cmocka_unit_test(stretches),
                                       cmocka_unit_test(adds_up)};
    return cmocka_run_group_tests(tests, open_lambert, close_lambert);
}
