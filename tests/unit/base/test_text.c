#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void text_grows(void **state)
{
    (void)state;
    struct text text = {0};
    assert_string_equal(text_get(&text), "");
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "%d,", i % 10);
    text_add(&text, "");
    assert_int_equal(text.length, 2000);
    assert_int_equal(strlen(text_get(&text)), 2000);
    assert_memory_equal(text_get(&text) + 1990, "5,6,7,8,9,", 10);
    assert_int_equal(text_status(&text), TERRAMIS_OK);
    text_release(&text);
    assert_null(text.data);
    text_release(&text);
}

static void a_broken_text_says_so(void **state)
{
    (void)state;
    struct text text = {.broken = true};
    text_add(&text, "a");
    assert_string_equal(text_get(&text), "");
    assert_int_equal(text_status(&text), TERRAMIS_INTERNAL);
    text_release(&text);
}

static void a_text_is_handed_over_or_freed(void **state)
{
    (void)state;
    struct text text = {0};
    char *taken = NULL;
    text_add(&text, "abc");
    assert_int_equal(text_take(&text, &taken), TERRAMIS_OK);
    assert_string_equal(taken, "abc");
    assert_null(text.data);
    free(taken);
    text_add(&text, "abc");
    text.broken = true; /* under ASan nothing of it may be lost */
    assert_int_equal(text_take(&text, &taken), TERRAMIS_INTERNAL);
    assert_null(taken);
    assert_null(text.data);
}

static void xml_is_escaped(void **state)
{
    (void)state;
    struct text text = {0};
    text_add_xml(&text, "<a b=\"c\">&'\t\n\x01\x1F\xEF\xBF\xBE\xFF é</a>");
    assert_string_equal(text_get(&text),
                        "&lt;a b=&quot;c&quot;&gt;&amp;&#39;\t\n é&lt;/a&gt;");
    text_release(&text);
}

static void json_is_quoted(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "\"\""},
        {"Ça \xF0\x9F\x8C\xBE", "\"Ça \xF0\x9F\x8C\xBE\""},
        {"a\"b\\c/", "\"a\\\"b\\\\c/\""},
        {"\n\t\x01\x7F", "\"\\u000a\\u0009\\u0001\\u007f\""},
        {"</script>", "\"\\u003c/script>\""},
        /* no UTF-8: Latin-1, cut short, overlong, a surrogate, too large */
        {"\xE9t\xE9", "\"\uFFFDt\uFFFD\""},
        {"\xC3", "\"\uFFFD\""},
        {"\xC0\xAF", "\"\uFFFD\uFFFD\""},
        {"\xE0\x80\xAF", "\"\uFFFD\uFFFD\uFFFD\""},
        {"\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
        {"\xF4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = {0};
        text_add_json(&text, cases[i][0]);
        assert_string_equal(text_get(&text), cases[i][1]);
        text_release(&text);
    }
}

static void sameness_ignores_case(void **state)
{
    (void)state;
    assert_true(text_same("EPSG", "epsg"));
    assert_true(text_same("", ""));
    assert_false(text_same("a", "ab"));
    assert_false(text_same(NULL, "a"));
    assert_false(text_same("a", NULL));
    assert_false(text_same(NULL, NULL));
}

static void numbers_are_read_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } right[] = {{"1", 1},  {" -2.5 ", -2.5}, {"1e3", 1000}, {"+.5", 0.5},
                 {"1.", 1}, {"-0", 0},        {"1E-2", 0.01}};
    static const char *const wrong[] = {
        "",     " ",     "a",   "1a",       "1 2", "0x10", "nan", "inf",
        "-inf", "1e999", "1,5", "infinity", "NAN", "--1",  "1e",  "."};
    double value;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(text_to_real(right[i].text, &value));
        assert_true(value == right[i].value);
    }
    value = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(text_to_real(wrong[i], &value));
    assert_true(value == 7);
}

static void distances_count_edits(void **state)
{
    (void)state;
    assert_int_equal(text_distance("slope", "slope"), 0);
    assert_int_equal(text_distance("slope", "SLOPE"), 0);
    assert_int_equal(text_distance("slop", "slope"), 1);
    assert_int_equal(text_distance("solpe", "slope"), 1); /* swapped */
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    char a[201], b[201];
    memset(a, 'a', 200);
    memset(b, 'a', 200);
    a[200] = b[200] = '\0';
    b[150] = 'b'; /* behind what is looked at */
    assert_int_equal(text_distance(a, b), 0);
}

static void the_nearest_name_is_kept(void **state)
{
    (void)state;
    const char *best = NULL;
    text_offer("slop", "distance", &best);
    assert_null(best);
    text_offer("slop", "shop", &best);
    assert_string_equal(best, "shop");
    text_offer("slop", "slope", &best);
    assert_string_equal(best, "shop"); /* no nearer */
    text_offer("slop", "slop", &best);
    assert_string_equal(best, "slop");
    best = NULL;
    text_offer("membrshp", "membership", &best); /* two edits of eight */
    assert_string_equal(best, "membership");
    best = NULL;
    text_offer("abc", "axy", &best);
    assert_null(best);
}

static void check_decimal(double value, int decimals)
{
    struct text text = {0};
    char expected[400];
    snprintf(expected, sizeof expected, "%.*f", decimals, value);
    text_add_decimal(&text, value, decimals);
    assert_string_equal(text_get(&text), expected);
    text_release(&text);
}

static void decimals_are_printfs(void **state)
{
    (void)state;
    const double odd[] = {
        0.0,      -0.0,      -1.5,    0.5,     1.5,    2.5,
        0.05,     0.125,     1e-9,    5e-10,   999.95, 1e14,
        123456.7, 1e15,      1e22,    1e300,   NAN,    4503599627370497.5,
        INFINITY, -INFINITY, 0.00005, 99.99995};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (int d = 0; d <= 9; d++)
            check_decimal(odd[i], d);
    uint64_t random = 1;
    double power = 1;
    for (int d = 0; d <= 9; d++, power *= 10)
        for (int i = 0; i < 20000; i++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            double whole = (double)(random >> (14 + i % 50));
            check_decimal(whole / power, d);
            check_decimal(-whole / power, d);
            check_decimal(whole / 7 / power, d); /* more decimals than asked */
        }
}

static void integers_are_printfs(void **state)
{
    (void)state;
    const int64_t numbers[] = {0,   1,     -1,    9,         10,
                               -10, 12345, -1000, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct text text = {0};
        char expected[32];
        snprintf(expected, sizeof expected, "n%" PRId64, numbers[i]);
        text_add(&text, "n");
        text_add_integer(&text, numbers[i]);
        assert_string_equal(text_get(&text), expected);
        assert_int_equal(text.length, strlen(expected));
        text_release(&text);
    }
}

static void characters_are_added(void **state)
{
    (void)state;
    struct text text = {0};
    for (int i = 0; i < 100; i++)
        text_add_char(&text, (char)('a' + i % 26));
    assert_int_equal(text.length, 100);
    assert_memory_equal(text_get(&text), "abcdefghijklmnopqrstuvwxyzab", 28);
    assert_int_equal(text.data[100], '\0');
    text.broken = true;
    text_add_char(&text, 'x');
    assert_int_equal(text.length, 100);
    text_release(&text);
}

static void bytes_are_added(void **state)
{
    (void)state;
    struct text text = {0};
    text_add_bytes(&text, "abc", 2);
    text_add_bytes(&text, "xyz", 0);
    text_add_bytes(&text, "c", 1);
    assert_string_equal(text_get(&text), "abc");
    text_release(&text);
}

static void patterns_are_scanned(void **state)
{
    (void)state;
    const char *date = "2026-07-4T";
    long n[3];
    assert_ptr_equal(text_scan(date, "#4-#2-#2", n), date + 9);
    assert_int_equal(n[0], 2026);
    assert_int_equal(n[1], 7);
    assert_int_equal(n[2], 4);
    assert_null(text_scan("20260-07-04", "#4-#2-#2", n));
    assert_null(text_scan("2026-07", "#4-#2-#2", n));
    assert_null(text_scan("-026-07-04", "#4-#2-#2", n));
    const char *object = "12\n0  obj <</Type";
    assert_ptr_equal(text_scan(object, "# 0 obj << ", n), object + 12);
    assert_int_equal(n[0], 12);
    assert_null(text_scan("12 0 ob", "# 0 obj", n));
    assert_null(text_scan("EPSG:", "EPSG:#", n));
    assert_non_null(text_scan("123456789012345678", "#", n));
    assert_int_equal(n[0], 123456789012345678);
    /* the 19th digit is not the number's: no overflow */
    const char *nines = "9999999999999999999";
    assert_ptr_equal(text_scan(nines, "#", n), nines + 18);
}

/* Nothing that a terminal obeys, that turns the line or is no character. */
static void wild_text_is_tamed(void **state)
{
    (void)state;
    char text[] =
        "a\033[31m\007\t\x7F \xC2\x9B\u00e9 \u202e\u2066\u200f \u2014\xFFz"
        "\nb\xE2\x80";
    char line[sizeof text];
    memcpy(line, text, sizeof text);
    text_tame(text, true);
    assert_string_equal(text, "a?[31m? ? ??\u00e9 ????????? \u2014?z\nb??");
    text_tame(line, false);
    assert_string_equal(line, "a?[31m? ? ??\u00e9 ????????? \u2014?z b??");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(a_broken_text_says_so),
        cmocka_unit_test(a_text_is_handed_over_or_freed),
        cmocka_unit_test(decimals_are_printfs),
        cmocka_unit_test(integers_are_printfs),
        cmocka_unit_test(characters_are_added),
        cmocka_unit_test(bytes_are_added),
        cmocka_unit_test(xml_is_escaped),
        cmocka_unit_test(json_is_quoted),
        cmocka_unit_test(wild_text_is_tamed),
        cmocka_unit_test(sameness_ignores_case),
        cmocka_unit_test(numbers_are_read_whole),
        cmocka_unit_test(patterns_are_scanned),
        cmocka_unit_test(distances_count_edits),
        cmocka_unit_test(the_nearest_name_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
