#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "layer/resample.h"

enum {
    FROM = 7,
    TO = 40
};

static struct resample scratch;

static int release(void **state)
{
    (void)state;
    resample_release(&scratch);
    return 0;
}

/* 7 cells of 25 m under 40 of 5 m that begin 12 m west of them. */
static const struct resample_axis axis = {(2.5 - 12) / 25, 0.2, FROM, TO};

static double place(int i)
{
    return axis.first + i * axis.step;
}

/* A plane stays a plane between the outermost centres, is level beyond them
 * and has no data off the source. */
static void a_plane(void **state)
{
    (void)state;
    float in[FROM * FROM], out[TO * TO];
    for (int j = 0; j < FROM; j++)
        for (int i = 0; i < FROM; i++)
            in[j * FROM + i] = (float)(3 * i - 2 * j);
    assert_true(resample_bilinear(&scratch, in, axis, axis, out));
    for (int j = 0; j < TO; j++)
        for (int i = 0; i < TO; i++) {
            double x = place(i), y = place(j), found = (double)out[j * TO + i];
            if (x < 0 || y < 0 || x >= FROM || y >= FROM) {
                assert_true(isnan(found));
                continue;
            }
            x = fmin(fmax(x - 0.5, 0), FROM - 1);
            y = fmin(fmax(y - 0.5, 0), FROM - 1);
            assert_true(fabs(found - (3 * x - 2 * y)) < 1e-5);
        }
}

/* A missing neighbour's weight goes to the others, but in the cell without data
 * there are none. */
static void missing_neighbours(void **state)
{
    (void)state;
    const float in[4] = {10, NAN, 30, 40};
    const struct resample_axis two = {0.5, 0.25, 2, 5}; /* 0 .. 1 of the way */
    float out[25];
    assert_true(resample_bilinear(&scratch, in, two, two, out));
    for (int j = 0; j < 5; j++)
        for (int i = 0; i < 5; i++) {
            double u = i * 0.25, v = j * 0.25, weights = 1 - u * (1 - v);
            double sum = 10 * (1 - u) * (1 - v) + 30 * (1 - u) * v + 40 * u * v;
            if (u >= 0.5 && v < 0.5)
                assert_true(isnan(out[j * 5 + i]));
            else
                assert_true(fabs((double)out[j * 5 + i] - sum / weights) <
                            1e-5);
        }
    const float none[4] = {NAN, NAN, NAN, NAN};
    assert_true(resample_bilinear(&scratch, none, two, two, out));
    for (int i = 0; i < 25; i++)
        assert_true(isnan(out[i]));
}

static void nearest_takes_the_cell_below(void **state)
{
    (void)state;
    float in[FROM * FROM], out[TO * TO];
    for (int i = 0; i < FROM * FROM; i++)
        in[i] = i % 5 == 3 ? NAN : (float)i;
    assert_true(resample_nearest(&scratch, in, axis, axis, out));
    for (int j = 0; j < TO; j++)
        for (int i = 0; i < TO; i++) {
            double x = place(i), y = place(j);
            float found = out[j * TO + i];
            if (x < 0 || y < 0 || x >= FROM || y >= FROM)
                assert_true(isnan(found));
            else if (isnan(in[(int)y * FROM + (int)x]))
                assert_true(isnan(found));
            else
                assert_true(found == in[(int)y * FROM + (int)x]);
        }
}

/* A constant is the same constant everywhere, to the bit. */
static void constants_stay(void **state)
{
    (void)state;
    const float in[1] = {41.9F};
    const struct resample_axis one = {0.03, 0.07, 1, 14};
    float out[14 * 14];
    assert_true(resample_bilinear(&scratch, in, one, one, out));
    for (int i = 0; i < 14 * 14; i++)
        assert_true(out[i] == 41.9F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plane), cmocka_unit_test(missing_neighbours),
        cmocka_unit_test(nearest_takes_the_cell_below),
        cmocka_unit_test(constants_stay)};
    return cmocka_run_group_tests(tests, NULL, release);
}
