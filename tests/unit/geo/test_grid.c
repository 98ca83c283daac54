#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/grid.h"

static void a_grid_covers_its_area_on_multiples_of_the_cell(void **state)
{
    (void)state;
    struct grid grid;
    assert_true(
        grid_cover((struct rect){500012, 6900001, 500031, 6900020}, 5, &grid));
    assert_true(grid.xmin == 500010 && grid.ymax == 6900020);
    assert_true(grid.nx == 5 && grid.ny == 4);
    struct rect r = grid_rect(&grid);
    assert_true(r.xmin == 500010 && r.xmax == 500035);
    assert_true(r.ymin == 6900000 && r.ymax == 6900020);
    assert_int_equal(grid_cells(&grid), 20);
    assert_true(grid_x(&grid, 0) == 500012.5 && grid_x(&grid, 4) == 500032.5);
    assert_true(grid_y(&grid, 0) == 6900017.5 && grid_y(&grid, 3) == 6900002.5);
}

static void west_and_south_of_the_origin(void **state)
{
    (void)state;
    struct grid grid;
    assert_true(grid_cover((struct rect){-12, -12, -8, -1}, 5, &grid));
    assert_true(grid.xmin == -15 && grid.ymax == 0);
    assert_true(grid.nx == 2 && grid.ny == 3);
}

static void a_point_has_one_cell(void **state)
{
    (void)state;
    struct grid grid;
    assert_true(grid_cover((struct rect){10, 10, 10, 10}, 5, &grid));
    assert_int_equal(grid_cells(&grid), 1);
    assert_true(grid.xmin == 10);
}

static void a_grid_has_a_largest_size(void **state)
{
    (void)state;
    struct grid grid;
    assert_false(grid_cover((struct rect){0, 0, 3e9, 1}, 1, &grid));
    assert_false(grid_cover((struct rect){0, 0, 1, 3e9}, 1, &grid));
    assert_false(grid_cover((struct rect){0, 0, NAN, 1}, 1, &grid));
    assert_false(grid_cover(rect_empty(), 1, &grid));
    assert_true(grid_cover((struct rect){0, 0, 2e9, 2e9}, 1, &grid));
    assert_true(grid_cells(&grid) == (size_t)2000000000 * 2000000000);
}

static void a_part_lies_on_the_whole(void **state)
{
    (void)state;
    struct grid grid = {.xmin = 100, .ymax = 200, .cell = 10, .nx = 8, .ny = 6};
    struct grid part = grid_part(&grid, (struct window){2, 3, 4, 2});
    assert_true(part.xmin == 120 && part.ymax == 170);
    assert_true(part.nx == 4 && part.ny == 2 && part.cell == 10);
    assert_true(grid_x(&part, 1) == grid_x(&grid, 3));
    assert_true(grid_y(&part, 1) == grid_y(&grid, 4));
}

static void rectangles(void **state)
{
    (void)state;
    struct rect a = {0, 0, 2, 2}, b = {2, 2, 3, 3}, c = {2.5, 0, 3, 1};
    assert_true(rect_is_empty(rect_empty()));
    assert_false(rect_is_empty(a));
    assert_true(rect_is_empty((struct rect){NAN, 0, 1, 1}));
    assert_true(rect_meets(a, b)); /* at a corner */
    assert_false(rect_meets(a, c));
    assert_false(rect_meets(a, rect_empty()));
    struct rect u = rect_union(rect_empty(), c);
    assert_true(u.xmin == 2.5 && u.ymax == 1);
    u = rect_union(a, c);
    assert_true(u.xmin == 0 && u.ymin == 0 && u.xmax == 3 && u.ymax == 2);
    u = rect_grow(a, 1);
    assert_true(u.xmin == -1 && u.ymin == -1 && u.xmax == 3 && u.ymax == 3);
    assert_true(rect_is_empty(rect_grow(a, -1.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_covers_its_area_on_multiples_of_the_cell),
        cmocka_unit_test(west_and_south_of_the_origin),
        cmocka_unit_test(a_point_has_one_cell),
        cmocka_unit_test(a_grid_has_a_largest_size),
        cmocka_unit_test(a_part_lies_on_the_whole),
        cmocka_unit_test(rectangles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
