#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <string.h>

#include "output/labels.h"

#define NNB "\u202f" /* narrow no-break space */

static void test_others(void **state)
{
    (void)state;
    assert_string_equal(others_text(1, LANGUAGE_FR).text, "… et 1 autre");
    assert_string_equal(others_text(2, LANGUAGE_FR).text, "… et 2 autres");
    assert_string_equal(others_text(1, LANGUAGE_EN).text, "… and 1 more");
    assert_string_equal(others_text(1234, LANGUAGE_FR).text,
                        "… et 1" NNB "234 autres");
}

static void test_numbers(void **state)
{
    (void)state;
    const struct {
        double value;
        int decimals;
        const char *fr, *en;
    } rows[] = {
        {0, 0, "0", "0"},
        {1234.5, 1, "1" NNB "234,5", "1,234.5"},
        {999.96, 1, "1" NNB "000,0", "1,000.0"},
        {1234567, 0, "1" NNB "234" NNB "567", "1,234,567"},
        {12, 2, "12,00", "12.00"},
        {-1500.25, 2, "\u22121" NNB "500,25", "\u22121,500.25"},
        {-0.04, 1, "0,0", "0.0"},
        {NAN, 1, "–", "–"},
        {INFINITY, 0, "–", "–"},
        {DBL_MAX, 9, "–", "–"},
        {999999999999999.0, 0, "999" NNB "999" NNB "999" NNB "999" NNB "999",
         "999,999,999,999,999"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(
            number_text(rows[i].value, rows[i].decimals, LANGUAGE_FR).text,
            rows[i].fr);
        assert_string_equal(
            number_text(rows[i].value, rows[i].decimals, LANGUAGE_EN).text,
            rows[i].en);
    }
}

static void test_units(void **state)
{
    (void)state;
    assert_string_equal(hectares_text(1234.5, 1, LANGUAGE_FR).text,
                        "1" NNB "234,5\u00a0ha");
    assert_string_equal(percent_text(0.1234, 1, LANGUAGE_FR).text,
                        "12,3\u00a0%");
    assert_string_equal(percent_text(0.1234, 1, LANGUAGE_EN).text, "12.3%");
}

static void test_dates(void **state)
{
    (void)state;
    assert_string_equal(date_text(2026, 6, 1, LANGUAGE_FR).text,
                        "1er juin 2026");
    assert_string_equal(date_text(2026, 8, 15, LANGUAGE_FR).text,
                        "15 août 2026");
    assert_string_equal(date_text(2026, 6, 1, LANGUAGE_EN).text, "1 June 2026");
    assert_string_equal(date_text(2026, 13, 1, LANGUAGE_EN).text, "1 ? 2026");
}

static void test_every_label_is_there_and_typographic(void **state)
{
    (void)state;
    for (int key = 0; key < LABEL_COUNT; key++) {
        const char *fr = label_text((enum label)key, LANGUAGE_FR);
        const char *en = label_text((enum label)key, LANGUAGE_EN);
        assert_true(fr && en);
        assert_true(key == LABEL_UNIT_NONE || (*fr && *en));
        assert_null(strstr(fr, " :"));
        assert_null(strstr(fr, " ;"));
        assert_null(strstr(fr, " %"));
        assert_null(strchr(fr, '\'')); /* the typographic apostrophe */
        assert_null(strstr(en, "\u00a0"));
    }
}

static void test_keys_of_numbers(void **state)
{
    (void)state;
    assert_int_equal(label_class(1), LABEL_CLASS_S1);
    assert_int_equal(label_class(5), LABEL_CLASS_N2);
    assert_int_equal(label_class(6), LABEL_EXCLUDED);
    assert_int_equal(label_kind(1), LABEL_KIND_1);
    assert_int_equal(label_kind(7), LABEL_KIND_7);
    assert_int_equal(label_kind(0), LABEL_NODATA);
    assert_string_equal(label_text(LABEL_SYNTHETIC, LANGUAGE_FR),
                        "DONNÉES SYNTHÉTIQUES");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_every_label_is_there_and_typographic),
        cmocka_unit_test(test_keys_of_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
