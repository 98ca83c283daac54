#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "unit/criterion/bench.h"

extern const struct criterion_op criterion_sites;

/* As in sites.c. */
struct site_row {
    struct place at;
    const char *name;
    double x, y;
};

static struct site_row metres[] = {{{7, 3}, "Port-Jérôme", 512000, 6933000},
                                   {{8, 3}, "Lisieux", 507000, 6896000}};
/* The same as longitude and latitude, to a ten-millionth of a degree. */
static struct site_row degrees[] = {{{7, 3}, "Port-Jérôme", 0, 0},
                                    {{8, 3}, "Lisieux", 0, 0}};

static enum terramis_status prepare(struct criterion_source *source,
                                    struct list *sites, struct site_row *rows,
                                    const struct crs *crs, const char *own)
{
    *sites = (struct list){.items = rows, .count = 2};
    *source =
        (struct criterion_source){.params = sites,
                                  .crs = crs,
                                  .own_crs = own,
                                  .area = {500000, 6890000, 520000, 6940000}};
    return criterion_sites.prepare(source);
}

static void to_degrees(const struct crs *crs)
{
    struct crs geographic;
    struct crs_step *step;
    assert_int_equal(crs_parse(&geographic, "EPSG:4326"), TERRAMIS_OK);
    assert_int_equal(crs_step_open(&step, crs, &geographic), TERRAMIS_OK);
    for (int i = 0; i < 2; i++) {
        degrees[i].x = metres[i].x;
        degrees[i].y = metres[i].y;
        crs_step_points(step, &degrees[i].x, &degrees[i].y, 1, 2, false);
        assert_true(degrees[i].x > 0 && degrees[i].x < 1);
        assert_true(degrees[i].y > 49 && degrees[i].y < 50);
    }
    crs_step_close(step);
    crs_release(&geographic);
}

static void to_the_nearest(void **state)
{
    struct criterion_bench *b = *state;
    struct crs crs;
    struct list sites;
    struct criterion_source source, other;
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    to_degrees(&crs);
    assert_int_equal(prepare(&source, &sites, metres, &crs, NULL), TERRAMIS_OK);
    struct grid grid = {500000, 6940000, 1000, 20, 50};
    float *out = bench_run(b, &criterion_sites, &source, &grid, 20);
    assert_int_equal(prepare(&other, &sites, degrees, &crs, "EPSG:4326"),
                     TERRAMIS_OK);
    float *same = bench_run(b, &criterion_sites, &other, &grid, 20);
    for (int row = 0; row < 50; row++)
        for (int col = 0; col < 20; col++) {
            double x = grid_x(&grid, col), y = grid_y(&grid, row);
            double d0 = hypot(x - metres[0].x, y - metres[0].y);
            double d1 = hypot(x - metres[1].x, y - metres[1].y);
            size_t i = (size_t)row * 20 + (size_t)col;
            assert_true(fabs((double)out[i] - fmin(d0, d1)) < 0.05);
            assert_true(fabs((double)(out[i] - same[i])) < 0.05);
            assert_string_equal(criterion_sites.nearest(&source, x, y),
                                metres[d1 < d0].name);
        }
    free(out);
    free(same);
    criterion_source_release(&source);
    criterion_source_release(&other);
    crs_release(&crs);
}

static void mistakes(void **state)
{
    (void)state;
    struct crs crs;
    struct list sites;
    struct criterion_source source;
    assert_int_equal(crs_parse(&crs, "EPSG:2154"), TERRAMIS_OK);
    to_degrees(&crs);
    /* degrees without crs: */
    assert_int_equal(prepare(&source, &sites, degrees, &crs, NULL),
                     TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "Port-Jérôme (line 7)"));
    criterion_source_release(&source);
    /* metres as degrees */
    assert_int_equal(prepare(&source, &sites, metres, &crs, "EPSG:4326"),
                     TERRAMIS_PROJECT);
    criterion_source_release(&source);
    sites.count = 0;
    source = (struct criterion_source){.params = &sites, .crs = &crs};
    assert_int_equal(criterion_sites.prepare(&source), TERRAMIS_PROJECT);
    criterion_source_release(&source);
    crs_release(&crs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_the_nearest),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, bench_set_up, bench_tear_down);
}
