#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "criterion/gdd.h"
#include "unit/reader.h"
#include "criterion/criterion.h"

extern const struct criterion_op criterion_gdd;

struct gdd {
    double base;
    int first, last;
};

/* The four cases of MISCANMOD, base 10, and where they meet. */
static void four_cases(void **state)
{
    (void)state;
    static const struct {
        double low, high, days;
    } cases[] = {{2, 8, 0},    /* maximum below the base */
                 {4, 14, 1},   /* mean below: (14 - 10) / 4 */
                 {8, 20, 4.5}, /* minimum below: 10 / 2 - 2 / 4 */
                 {12, 22, 7},  /* all above: 17 - 10 */
                 {-5, 10, 0},  {6, 14, 1},    {10, 20, 5},
                 {10, 10, 0},  {9, 11, 0.25}, {15, 15, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(fabs(gdd_of_day(cases[i].low, cases[i].high, 10) -
                         cases[i].days) < 1e-12);
}

/* Warmer days never have fewer degree days. */
static void warmth_never_costs(void **state)
{
    (void)state;
    for (double low = -5; low < 25; low += 0.5)
        for (double high = low; high < 35; high += 0.5) {
            double days = gdd_of_day(low, high, 10);
            assert_true(days >= 0);
            assert_true(gdd_of_day(low + 0.5, high + 0.5, 10) >= days - 1e-12);
        }
}

static void seasons_by_hand(void **state)
{
    (void)state;
    const struct gdd april_october = {10, 4, 10}, july = {10, 7, 7};
    float mean[12], both[24], out;
    for (int m = 0; m < 12; m++) {
        mean[m] = 15;
        both[m] = 8;
        both[12 + m] = 20;
    }
    criterion_gdd.kernel->run_bands(mean, 12, 1, &april_october, &out);
    assert_true(out == 5 * 214);
    criterion_gdd.kernel->run_bands(both, 24, 1, &april_october, &out);
    assert_true(out == 4.5F * 214);
    criterion_gdd.kernel->run_bands(mean, 12, 1, &july, &out);
    assert_true(out == 5 * 31);
    mean[0] = NAN; /* outside the season */
    criterion_gdd.kernel->run_bands(mean, 12, 1, &april_october, &out);
    assert_true(out == 5 * 214);
    mean[6] = NAN;
    criterion_gdd.kernel->run_bands(mean, 12, 1, &april_october, &out);
    assert_true(isnan(out));
}

static void settings_and_bands(void **state)
{
    (void)state;
    const struct gdd fine = {10, 4, 10}, turned = {10, 10, 4};
    assert_int_equal(criterion_gdd.op.check(&fine), TERRAMIS_OK);
    assert_int_equal(criterion_gdd.op.check(&turned), TERRAMIS_PROJECT);
    for (int bands = 0; bands < 40; bands++)
        assert_int_equal(criterion_gdd.kernel->bands(bands),
                         bands == 12 || bands == 24);
}

/* Bands of a file, read and summed where cells agree and where they do not. */
static void bands_of_a_file(void **state)
{
    struct scratch *s = *state;
    double values[12 * 64];
    for (int i = 0; i < 12 * 64; i++)
        values[i] = 11 + i / 64; /* April: 14 ... October: 20 */
    struct array months = {.nx = 8,
                           .ny = 8,
                           .bands = 12,
                           .transform = {490000, 10, 0, 6930080, 0, -10},
                           .crs = "EPSG:2154",
                           .type = GDT_Float32,
                           .values = values};
    write_array(scratch_path(s, "months.tif"), &months);
    const double expected =
        30 * 4 + 31 * 5 + 30 * 6 + 31 * 7 + 31 * 8 + 30 * 9 + 31 * 10;
    const struct gdd april_october = {10, 4, 10};
    struct opened *o =
        open_layer(layer_at(s->path), "EPSG:2154", RASTER_BILINEAR,
                   criterion_gdd.kernel, &april_october);
    assert_int_equal(o->raster.bands, 12);
    const struct grid grids[] = {{490010, 6930070, 10, 4, 4},
                                 {490023, 6930061, 3, 5, 5}};
    for (int g = 0; g < 2; g++) {
        float *out = read_grid(o, &grids[g]);
        for (size_t i = 0; i < grid_cells(&grids[g]); i++)
            assert_true(fabs((double)out[i] - expected) < 1e-3);
        free(out);
    }
    close_opened(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_cases),      cmocka_unit_test(warmth_never_costs),
        cmocka_unit_test(seasons_by_hand), cmocka_unit_test(settings_and_bands),
        cmocka_unit_test(bands_of_a_file),
    };
    return cmocka_run_group_tests(tests, scratch_set_up, scratch_tear_down);
}
