#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "overlay/lattice.h"

/* Twice the signed area. */
static double turn(const double *xy, size_t points)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < points; i++)
        sum += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
    return sum;
}

static void shells_one_way_holes_the_other(void **state)
{
    (void)state;
    /* near Lambert-93 coordinates, where products lose digits */
    static const double ring[] = {490000,  6930000, 490001,  6930000, 490001,
                                  6930001, 490000,  6930001, 490000,  6930000};
    for (int reversed = 0; reversed < 2; reversed++)
        for (int shell = 0; shell < 2; shell++) {
            double xy[10];
            for (int i = 0; i < 5; i++)
                memcpy(xy + 2 * i, ring + 2 * (reversed ? 4 - i : i),
                       2 * sizeof(double));
            rings_orient(xy, 5, shell);
            double moved[10];
            for (int i = 0; i < 10; i++)
                moved[i] = xy[i] - (i % 2 ? 6930000 : 490000);
            assert_true(turn(moved, 5) == (shell ? -2 : 2));
            assert_memory_equal(xy, xy + 8, 2 * sizeof(double)); /* closed */
            double again[10];
            memcpy(again, xy, sizeof xy);
            rings_orient(again, 5, shell);
            assert_memory_equal(again, xy, sizeof xy);
        }
    double flat[] = {0, 0, 5, 5, 9, 9, 0, 0}, same[8];
    memcpy(same, flat, sizeof flat);
    rings_orient(flat, 4, true);
    assert_memory_equal(flat, same, sizeof flat);
}

static void bounds(void **state)
{
    (void)state;
    double xy[] = {1, 2, 5, 2, 5, 7, 1, 2, -3, 0, -2, 0, -2, 1, -3, 0};
    const size_t start[] = {0, 4, 8};
    struct rings rings = {xy, start, 2};
    struct rect r = rings_bounds(&rings);
    assert_true(r.xmin == -3 && r.ymin == 0 && r.xmax == 5 && r.ymax == 7);
    rings.count = 1;
    assert_true(rings_bounds(&rings).xmin == 1);
    rings.count = 0;
    assert_true(rect_is_empty(rings_bounds(&rings)));
    static const double bad[] = {NAN, INFINITY, -INFINITY, 2e15};
    for (int i = 0; i < 4; i++) {
        rings.count = 2;
        xy[9] = bad[i];
        assert_true(rect_is_empty(rings_bounds(&rings)));
    }
}

/* Corners of grids on multiples of the cell are whole numbers, however the
 * multiple was rounded; what is snapped is within 2^-31 of a cell. */
static void the_lattice(void **state)
{
    (void)state;
    static const double cells[] = {0.1, 0.3, 1, 5, 7, 25, 1.0 / 3};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        for (int k = -1000; k < 3000000; k += 99991) {
            struct grid grid = {.xmin = k * cells[c],
                                .ymax = -k * cells[c],
                                .cell = cells[c],
                                .nx = 1,
                                .ny = 1};
            assert_true(lattice_west(&grid) == k);
            assert_true(lattice_north(&grid) == k);
        }
    const double fine = 0x1p-30;
    for (double v = -3.7; v < 100000; v = v * 1.7 + 5.3) {
        double snapped = lattice_snap(v);
        assert_true(fabs(snapped - v) <= fine / 2);
        assert_true(snapped / fine == floor(snapped / fine));
        assert_true(lattice_snap(snapped) == snapped);
    }
    struct grid grid = {0, 0, 5, 1, 1};
    assert_true(lattice_x(&grid, 12.5) == 2.5);
    assert_true(lattice_y(&grid, 12.5) == -2.5); /* to the south */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shells_one_way_holes_the_other),
        cmocka_unit_test(bounds),
        cmocka_unit_test(the_lattice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
