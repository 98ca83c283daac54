#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "criterion/criterion.h"

extern const struct criterion_op criterion_aspect;

struct aspect {
    double toward, flat, level;
};

/* A plane that falls toward `azimuth`. */
static float angle(double azimuth, double slope, double dx, double dy,
                   struct aspect aspect)
{
    float heights[9], out;
    double a = azimuth * M_PI / 180;
    for (int row = 0; row < 3; row++)
        for (int col = 0; col < 3; col++)
            heights[row * 3 + col] =
                (float)(100 - slope * (sin(a) * dx * (col - 1) -
                                       cos(a) * dy * (row - 1)));
    criterion_aspect.kernel->run(heights, 1, 1, dx, dy, &aspect, &out);
    return out;
}

/* The angle between two directions, by the way around the clock. */
static double between(double a, double b)
{
    double d = fmod(fabs(a - b), 360);
    return d > 180 ? 360 - d : d;
}

static void planes_face_their_way(void **state)
{
    (void)state;
    for (int azimuth = 0; azimuth <= 360; azimuth += 5)
        for (int toward = 0; toward <= 360; toward += 45) {
            struct aspect aspect = {toward, 90, 1};
            assert_true(fabs((double)angle(azimuth, 0.2, 5, 8, aspect) -
                             between(azimuth, toward)) < 0.05);
        }
}

static void level_ground_is_defined(void **state)
{
    (void)state;
    struct aspect aspect = {180, 70, 2};
    assert_true(angle(10, 0, 5, 5, aspect) == 70);
    assert_true(angle(10, 0.019, 5, 5, aspect) == 70);
    assert_true(fabs((double)angle(10, 0.021, 5, 5, aspect) - 170) < 0.1);
    aspect.level = 0;
    assert_true(angle(10, 0, 5, 5, aspect) == 70);
}

static void any_hole_gives_no_aspect(void **state)
{
    (void)state;
    struct aspect aspect = {180, 90, 1};
    for (int hole = 0; hole < 9; hole++) {
        float heights[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, out;
        heights[hole] = NAN;
        criterion_aspect.kernel->run(heights, 1, 1, 5, 5, &aspect, &out);
        assert_true(isnan(out));
    }
}

/* Rows longer than the part that is worked on at a time. */
static void long_rows(void **state)
{
    (void)state;
    enum {
        NX = 600,
        NY = 3
    };
    static float in[(NX + 2) * (NY + 2)], out[NX * NY + 1];
    struct aspect aspect = {180, 90, 1};
    for (int i = 0; i < (NX + 2) * (NY + 2); i++)
        in[i] = (float)(i * i % 97);
    out[NX * NY] = 55;
    criterion_aspect.kernel->run(in, NX, NY, 5, 5, &aspect, out);
    assert_true(out[NX * NY] == 55);
    for (int row = 0; row < NY; row++)
        for (int col = 0; col < NX; col++) {
            float patch[9], one;
            for (int i = 0; i < 9; i++)
                patch[i] = in[(row + i / 3) * (NX + 2) + col + i % 3];
            criterion_aspect.kernel->run(patch, 1, 1, 5, 5, &aspect, &one);
            assert_true(one == out[row * NX + col]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planes_face_their_way),
        cmocka_unit_test(level_ground_is_defined),
        cmocka_unit_test(any_hole_gives_no_aspect),
        cmocka_unit_test(long_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
