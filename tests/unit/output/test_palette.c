#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "output/palette.h"

static double luminance(unsigned rgb)
{
    double sum = 0, weight[3] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
        double c = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
        sum += weight[i] *
               (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static void test_classes_are_quarters_of_the_score(void **state)
{
    (void)state;
    for (int class = 1; class <= 5; class ++)
        assert_int_equal(palette_class(class), palette_score(125 - 25 * class));
    assert_int_equal(palette_class(1), 0x440154);
    assert_int_equal(palette_class(5), 0xfde725);
}

static void test_better_is_darker(void **state)
{
    (void)state;
    for (int score = 1; score <= 100; score++)
        assert_true(luminance(palette_score(score)) <
                    luminance(palette_score(score - 1)));
}

static void test_out_of_range(void **state)
{
    (void)state;
    assert_int_equal(palette_score(-3), palette_score(0));
    assert_int_equal(palette_score(101), palette_score(100));
    assert_int_equal(palette_class(0), PALETTE_EXCLUDED);
    assert_int_equal(palette_class(6), PALETTE_EXCLUDED);
    assert_int_equal(palette_marginal(0), PALETTE_EXCLUDED);
    assert_int_equal(palette_marginal(8), PALETTE_EXCLUDED);
    assert_int_equal(palette_factor(0), PALETTE_EXCLUDED);
    assert_int_equal(palette_factor(21), palette_factor(1));
}

static void test_colours_differ(void **state)
{
    (void)state;
    for (int i = 1; i <= PALETTE_FACTORS; i++) {
        assert_true(palette_factor(i) != PALETTE_EXCLUDED);
        for (int j = 1; j < i; j++)
            assert_true(palette_factor(i) != palette_factor(j));
    }
    for (int i = 1; i <= PALETTE_MASKS; i++)
        for (int j = 1; j < i; j++)
            assert_true(palette_marginal(i) != palette_marginal(j));
}

static void test_ink_has_contrast(void **state)
{
    (void)state;
    for (int score = 0; score <= 100; score++) {
        double a = luminance(palette_score(score)) + 0.05;
        double b = luminance(palette_ink(palette_score(score))) + 0.05;
        assert_true(fmax(a, b) / fmin(a, b) >= 4.5); /* WCAG AA */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_are_quarters_of_the_score),
        cmocka_unit_test(test_better_is_darker),
        cmocka_unit_test(test_out_of_range),
        cmocka_unit_test(test_colours_differ),
        cmocka_unit_test(test_ink_has_contrast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
