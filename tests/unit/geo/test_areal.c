#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/areal.h"

static struct crs_area *measure;

static const double cells[] = {0.5, 5, 7, 25, 100, 1500};

/* Within what the header promises of the scale at the cell itself. */
static void near_the_scale_of_the_cell(void **state)
{
    (void)state;
    struct areal areal = {.block = 0};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        struct grid tile = {.xmin = floor(494000 / cells[c]) * cells[c],
                            .ymax = ceil(6938000 / cells[c]) * cells[c],
                            .cell = cells[c],
                            .nx = 256,
                            .ny = 200};
        assert_int_equal(areal_fill(&areal, measure, &tile), TERRAMIS_OK);
        assert_true(areal.block >= 1 &&
                    (areal.block == 1 || areal.block * cells[c] <= 1000));
        for (int row = 0; row < tile.ny; row += 7)
            for (int col = 0; col < tile.nx; col += 5) {
                double exact = crs_area_scale(measure, grid_x(&tile, col),
                                              grid_y(&tile, row));
                assert_true(fabs(areal_at(&areal, col, row) - exact) < 1.4e-5);
            }
    }
    areal_release(&areal);
    assert_null(areal.scale);
}

/* The same bits for a cell in every tile that holds it. */
static void the_same_in_every_tiling(void **state)
{
    (void)state;
    struct areal whole = {.block = 0}, part = {.block = 0};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        struct grid grid = {.xmin = -37 * cells[c], /* across the origin */
                            .ymax = 23 * cells[c] + 6000000,
                            .cell = cells[c],
                            .nx = 256,
                            .ny = 256};
        grid.ymax = floor(grid.ymax / cells[c]) * cells[c];
        assert_int_equal(areal_fill(&whole, measure, &grid), TERRAMIS_OK);
        for (int k = 0; k < 8; k++) {
            struct window w = {k * 31, k * 17, 9 + k, 30};
            struct grid tile = grid_part(&grid, w);
            assert_int_equal(areal_fill(&part, measure, &tile), TERRAMIS_OK);
            for (int row = 0; row < w.ny; row++)
                for (int col = 0; col < w.nx; col++)
                    assert_true(areal_at(&part, col, row) ==
                                areal_at(&whole, w.col + col, w.row + row));
        }
    }
    areal_release(&whole);
    areal_release(&part);
}

/* As far as areal_same() says, the scale does not change. */
static void stretches_of_one_scale(void **state)
{
    (void)state;
    struct areal areal = {.block = 0};
    struct grid tile = {
        .xmin = 494035, .ymax = 6938065, .cell = 5, .nx = 300, .ny = 3};
    assert_int_equal(areal_fill(&areal, measure, &tile), TERRAMIS_OK);
    int changes = 0;
    for (int col = 0; col < tile.nx;) {
        int n = areal_same(&areal, col);
        assert_true(n >= 1 && n <= areal.block);
        for (int i = 1; i < n && col + i < tile.nx; i++)
            assert_true(areal_at(&areal, col + i, 1) ==
                        areal_at(&areal, col, 1));
        col += n;
        changes++;
    }
    assert_int_equal(areal.block, 128);
    assert_true(changes == 3 || changes == 4); /* 300 cells, blocks of 128 */
    areal_release(&areal);
}

static int set_up(void **state)
{
    struct crs crs;
    (void)state;
    if (crs_parse(&crs, "EPSG:2154") != TERRAMIS_OK)
        return -1;
    int status = crs_area_open(&measure, &crs);
    crs_release(&crs);
    return status;
}

static int tear_down(void **state)
{
    (void)state;
    crs_area_close(measure);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_the_scale_of_the_cell),
        cmocka_unit_test(the_same_in_every_tiling),
        cmocka_unit_test(stretches_of_one_scale),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
