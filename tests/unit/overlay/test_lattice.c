#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "overlay/lattice.h"

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
        cmocka_unit_test(the_lattice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
