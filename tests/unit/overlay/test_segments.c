#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "overlay/segments.h"

enum {
    N = 2000
};

static double ends[N][4];

static double distance(const double s[4], double x, double y)
{
    double ux = s[2] - s[0], uy = s[3] - s[1], l2 = ux * ux + uy * uy;
    double t = l2 > 0 ? ((x - s[0]) * ux + (y - s[1]) * uy) / l2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(x - s[0] - t * ux, y - s[1] - t * uy);
}

static void fill(unsigned seed)
{
    srand(seed);
    for (int i = 0; i < N; i++) {
        double x = 490000 + rand() % 30000, y = 6930000 + rand() % 30000;
        double reach = i % 50 ? 200 : 20000; /* some are long */
        ends[i][0] = x;
        ends[i][1] = y;
        ends[i][2] = i % 9 ? x + reach * (rand() % 1000 / 1000.0 - 0.5) : x;
        ends[i][3] = i % 9 ? y + reach * (rand() % 1000 / 1000.0 - 0.5) : y;
    }
}

/* Of all points of the square the nearest segment is among those found. */
static void the_nearest_are_found(void **state)
{
    (void)state;
    fill(3);
    struct segments *segments;
    struct segments_near near = {0};
    assert_int_equal(segments_new(&segments, ends[0], N), TERRAMIS_OK);
    size_t found = 0;
    for (int q = 0; q < 200; q++) {
        struct segments_square square = {490000.0 + rand() % 30000,
                                         6930000.0 + rand() % 30000,
                                         1 + rand() % 300};
        assert_int_equal(segments_near(segments, square, &near), TERRAMIS_OK);
        assert_true(near.count > 0 && near.count <= N);
        found += near.count;
        double centre = INFINITY;
        for (int i = 0; i < N; i++)
            centre = fmin(centre, distance(ends[i], square.x, square.y));
        assert_true(fabs(near.distance - centre) < 1e-6);
        for (int k = 0; k < 20; k++) {
            double dx = square.half * (rand() % 2001 / 1000.0 - 1);
            double dy = square.half * (rand() % 2001 / 1000.0 - 1);
            double least = INFINITY, among = INFINITY;
            for (int i = 0; i < N; i++)
                least = fmin(least,
                             distance(ends[i], square.x + dx, square.y + dy));
            for (size_t i = 0; i < near.count; i++) {
                double s[4] = {near.ax[i], near.ay[i], near.ax[i] + near.ux[i],
                               near.ay[i] + near.uy[i]};
                among = fmin(among, distance(s, dx, dy));
            }
            assert_true(fabs(among - least) < 1e-6);
        }
    }
    assert_true(found < 200 * N / 10); /* and few others */
    segments_near_release(&near);
    segments_free(segments);
}

static void duplicates_count_once(void **state)
{
    (void)state;
    fill(4);
    double twice[2 * N][4];
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < 4; k++) {
            twice[i][k] = ends[i][k];
            twice[N + i][k] = ends[i][(k + 2) % 4]; /* the other way round */
        }
    }
    struct segments *one, *two, *none;
    assert_int_equal(segments_new(&one, ends[0], N), TERRAMIS_OK);
    assert_int_equal(segments_new(&two, twice[0], 2 * N), TERRAMIS_OK);
    assert_int_equal(segments_count(one), segments_count(two));
    assert_int_equal(segments_new(&none, NULL, 0), TERRAMIS_OK);
    assert_int_equal(segments_count(none), 0);
    segments_free(one);
    segments_free(two);
    segments_free(none);
    segments_free(NULL);
}

static void coordinates_must_be_numbers(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY, 2e15, -2e15};
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 4; k++) {
            double one[2][4] = {{0, 0, 1, 1}, {2, 2, 3, 3}};
            struct segments *segments = NULL;
            one[1][k] = bad[i];
            assert_int_equal(segments_new(&segments, one[0], 2),
                             TERRAMIS_INPUT);
            segments_free(segments);
        }
}

/* Their numbers would not fit: refused before any is read. */
static void too_many(void **state)
{
    (void)state;
    struct segments *segments = NULL;
    assert_int_equal(segments_new(&segments, ends[0], (size_t)UINT32_MAX + 1),
                     TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "2^32"));
    segments_free(segments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_are_found),
        cmocka_unit_test(duplicates_count_once),
        cmocka_unit_test(coordinates_must_be_numbers),
        cmocka_unit_test(too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
