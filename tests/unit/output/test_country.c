#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "output/country.h"

/* The outline around a square of 20 km at x, y of the CRS. */
static struct outline around(const char *name, double x, double y)
{
    struct crs crs = {0};
    struct outline o = {0};
    assert_int_equal(crs_parse(&crs, name), TERRAMIS_OK);
    assert_int_equal(
        country_add(&o, &crs, (struct rect){x, y, x + 20000, y + 20000}),
        TERRAMIS_OK);
    crs_release(&crs);
    return o;
}

/* Known: France's size, 544,000 km2 and, of Corsica, 8,700; its ends. */
static void test_france(void **state)
{
    (void)state;
    struct outline o = around("EPSG:2154", 520000, 6940000);
    double area[2] = {0}, east = -INFINITY, north = -INFINITY;
    assert_int_equal(o.count, 2);
    for (size_t r = 0; r < 2; r++)
        for (size_t i = o.start[r], k = o.start[r + 1] - 1; i < o.start[r + 1];
             k = i++) {
            const double *a = o.xy + 2 * k, *b = o.xy + 2 * i;
            area[r] += (a[0] * b[1] - b[0] * a[1]) / 2;
            east = fmax(east, a[0]);
            north = fmax(north, a[1]);
        }
    assert_true(fabs(fabs(area[0]) / 544e9 - 1) < 0.02);
    assert_true(fabs(fabs(area[1]) / 8.7e9 - 1) < 0.05);
    assert_true(fabs(east - 1240000) < 15000);  /* Corsica's east */
    assert_true(fabs(north - 7110000) < 15000); /* Bray-Dunes */
    outline_release(&o);
    o = around("EPSG:3035", 3900000, 2900000); /* the same in another CRS */
    assert_int_equal(o.count, 2);
    outline_release(&o);
}

/* At sea, next door, far off, and where the CRS does not reach France. */
static void test_elsewhere(void **state)
{
    (void)state;
    static const struct {
        const char *crs;
        double x, y;
    } cases[] = {{"EPSG:2154", 150000, 7000000}, /* the Channel */
                 {"EPSG:2154", 800000, 7090000}, /* Brussels */
                 {"EPSG:2154", 0, 0},            /* nowhere */
                 {"EPSG:2975", 340000, 7650000}, /* La Réunion */
                 {"EPSG:2154", NAN, 6940000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outline o = around(cases[i].crs, cases[i].x, cases[i].y);
        assert_int_equal(o.count, 0);
        outline_release(&o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_france),
                                       cmocka_unit_test(test_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
