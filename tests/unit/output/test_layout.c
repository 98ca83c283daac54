#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "output/layout.h"

#define assert_near(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

static void test_round_numbers(void **state)
{
    (void)state;
    assert_near(layout_round_length(7.3), 5, 1e-12);
    assert_near(layout_round_length(4999.9), 2000, 1e-9);
    assert_near(layout_round_length(5000), 5000, 1e-9);
    assert_near(layout_round_length(0.3), 0.2, 1e-12);
    assert_near(layout_round_ratio(75000), 75000, 1e-6);
    assert_near(layout_round_ratio(75001), 80000, 1e-6);
    assert_near(layout_round_ratio(99999), 100000, 1e-6);
    assert_near(layout_round_ratio(100000), 100000, 1e-6);
    assert_near(layout_round_ratio(126000), 130000, 1e-6);
}

static struct layout made_on(enum paper paper, double w, double h, bool banner)
{
    struct layout layout;
    struct rect extent = {500000, 6900000, 500000 + w, 6900000 + h};
    assert_int_equal(layout_make(paper, extent, banner, 60, &layout),
                     TERRAMIS_OK);
    assert_true(layout.view.xmin <= extent.xmin);
    assert_true(layout.view.xmax >= extent.xmax);
    assert_true(layout.view.ymin <= extent.ymin);
    assert_true(layout.view.ymax >= extent.ymax);
    return layout;
}

static struct layout made(double w, double h, bool banner)
{
    return made_on(PAPER_A3, w, h, banner);
}

static void test_sheet_follows_the_territory(void **state)
{
    (void)state;
    struct layout wide = made(60000, 30000, false);
    assert_true(wide.page_w > wide.page_h);
    assert_int_equal(wide.column_count, 1);
    struct layout tall = made(30000, 60000, false);
    assert_true(tall.page_w < tall.page_h);
    assert_int_equal(tall.column_count, 3);
}

static void test_boxes_stay_apart_and_on_the_sheet(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        bool banner = i / 2 % 2 == 1;
        struct layout l = made_on(i < 4 ? PAPER_A3 : PAPER_A4,
                                  i % 2 ? 60000 : 20000, 40000, banner);
        double margin = i < 4 ? 10 : 8;
        assert_near(fmax(l.page_w, l.page_h), i < 4 ? 420 : 297, 1e-9);
        assert_true((l.banner.h > 0) == banner);
        for (int c = 0; c < l.column_count; c++) {
            struct box b = l.columns[c];
            assert_true(b.x >= l.frame.x + l.frame.w + 5 ||
                        b.y >= l.frame.y + l.frame.h + 5);
            assert_true(b.x + b.w <= l.page_w - margin + 0.01);
            assert_true(b.y + b.h <= l.page_h - margin + 0.01);
            if (c > 0)
                assert_true(b.x > l.columns[c - 1].x + l.columns[c - 1].w);
        }
        /* the frame lies on whole pixels, and its scale is true */
        double px = l.frame.w * CANVAS_PIXELS_PER_MM;
        assert_near(px, round(px), 1e-6);
        assert_near((l.view.xmax - l.view.xmin) / l.frame.w * 1000, l.ratio,
                    1e-6);
        assert_near(layout_x(&l, l.view.xmax), l.frame.x + l.frame.w, 1e-6);
        assert_near(layout_y(&l, l.view.ymin), l.frame.y + l.frame.h, 1e-6);
    }
}

static void test_papers(void **state)
{
    (void)state;
    assert_true(paper_wanted(0, PAPER_A3) && !paper_wanted(0, PAPER_A4));
    assert_true(paper_wanted(2, PAPER_A4) && !paper_wanted(2, PAPER_A3));
    assert_string_equal(paper_suffix(PAPER_A3), "");
    assert_string_equal(paper_suffix(PAPER_A4), "-a4");
}

static void test_one_point_and_nothing(void **state)
{
    (void)state;
    struct layout layout;
    assert_near(made(0, 0, false).ratio, 1000, 1e-9);
    assert_int_equal(layout_make(PAPER_A3, rect_empty(), false, 60, &layout),
                     TERRAMIS_INTERNAL);
    struct rect infinite = {0, 0, INFINITY, 1};
    assert_int_equal(layout_make(PAPER_A3, infinite, false, 60, &layout),
                     TERRAMIS_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_numbers),
        cmocka_unit_test(test_sheet_follows_the_territory),
        cmocka_unit_test(test_boxes_stay_apart_and_on_the_sheet),
        cmocka_unit_test(test_papers),
        cmocka_unit_test(test_one_point_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
