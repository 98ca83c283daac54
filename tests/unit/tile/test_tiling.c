#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tile/tiling.h"

/* Every cell is in one tile, whatever the grid. */
static void tiles_share_out_the_cells(void **state)
{
    (void)state;
    static const int sizes[][3] = {{1, 1, 256},     {256, 256, 256},
                                   {257, 255, 256}, {700, 513, 256},
                                   {5, 9, 4},       {8, 8, 4}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct grid grid = {0, 0, 5, sizes[k][0], sizes[k][1]};
        struct tiling tiling = tiling_of(&grid, sizes[k][2]);
        unsigned char *seen = calloc(grid_cells(&grid), 1);
        for (size_t t = 0; t < tiling_count(&tiling); t++) {
            struct window w = tiling_window(&tiling, t);
            assert_true(w.nx > 0 && w.nx <= sizes[k][2]);
            assert_true(w.ny > 0 && w.ny <= sizes[k][2]);
            assert_int_equal(w.col % sizes[k][2], 0);
            for (int row = 0; row < w.ny; row++)
                for (int col = 0; col < w.nx; col++)
                    seen[(size_t)(w.row + row) * (size_t)grid.nx +
                         (size_t)(w.col + col)]++;
        }
        for (size_t i = 0; i < grid_cells(&grid); i++)
            assert_int_equal(seen[i], 1);
        free(seen);
    }
}

static void numbered_by_rows_from_the_north_west(void **state)
{
    (void)state;
    struct grid grid = {0, 0, 5, 600, 300};
    struct tiling tiling = tiling_of(&grid, 256);
    assert_int_equal(tiling_count(&tiling), 6);
    struct window first = tiling_window(&tiling, 0);
    assert_true(first.col == 0 && first.row == 0 && first.nx == 256);
    struct window third = tiling_window(&tiling, 2);
    assert_true(third.col == 512 && third.row == 0 && third.nx == 88);
    struct window last = tiling_window(&tiling, 5);
    assert_true(last.col == 512 && last.row == 256 && last.ny == 44);
}

static void a_grid_of_many_tiles(void **state)
{
    (void)state;
    struct grid grid = {0, 0, 0.1, 2000000000, 2000000000};
    struct tiling tiling = tiling_of(&grid, 256);
    assert_true(tiling_count(&tiling) == (size_t)7812500 * 7812500);
    struct window w = tiling_window(&tiling, tiling_count(&tiling) - 1);
    assert_true(w.col == 1999999744 && w.row == 1999999744 && w.nx == 256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_share_out_the_cells),
        cmocka_unit_test(numbered_by_rows_from_the_north_west),
        cmocka_unit_test(a_grid_of_many_tiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
