#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "param/phrase.h"

static void quotes_are_short_and_on_one_line(void **state)
{
    (void)state;
    assert_string_equal(phrase_quote("abc").text, "'abc'");
    assert_string_equal(phrase_quote("").text, "''");
    assert_string_equal(phrase_quote("a\nb\x1B\x7F").text, "'a b  '");
    char text[80];
    memset(text, 'a', sizeof text);
    text[79] = '\0';
    memcpy(text + 58, "\xF0\x9F\x8C\xBE", 4); /* stands across the cut */
    struct phrase phrase = phrase_quote(text);
    assert_int_equal(strlen(phrase.text), 58 + 5);
    assert_string_equal(phrase.text + 57, "aa...'");
}

static struct phrase found(const char *text, bool quoted)
{
    struct setting value = {
        .kind = SETTING_SCALAR, .text = text, .quoted = quoted};
    return phrase_found(&value);
}

static void what_was_found(void **state)
{
    (void)state;
    assert_string_equal(found("5", false).text, "5");
    assert_string_equal(found("5", true).text, "text '5'");
    assert_string_equal(found("true", false).text, "true");
    assert_string_equal(found("a", false).text, "text 'a'");
    assert_string_equal(found(NULL, false).text, "nothing");
    struct setting list = {.kind = SETTING_LIST}, map = {.kind = SETTING_MAP};
    assert_string_equal(phrase_found(&list).text, "a list");
    assert_string_equal(phrase_found(&map).text, "a map");
}

static void ranges_may_be_open(void **state)
{
    (void)state;
    struct param row = {.min = 0.1, .max = 10000, .unit = "m"};
    assert_string_equal(phrase_range(&row, false).text, "0.1..10000 m");
    row.max = INFINITY;
    assert_string_equal(phrase_range(&row, true).text, "at least 0.1 m");
    row = (struct param){.min = -INFINITY, .max = 3};
    assert_string_equal(phrase_range(&row, false).text, "at most 3");
    row = (struct param){0};
    assert_string_equal(phrase_range(&row, false).text, "");
    assert_false(phrase_has_range(&row));
}

static const char *hint(const char *text, bool quoted)
{
    struct setting value = {
        .kind = SETTING_SCALAR, .text = text, .quoted = quoted};
    return phrase_number_hint(&value);
}

static void numbers_that_are_nearly_right(void **state)
{
    (void)state;
    assert_string_equal(hint("5", true), ". Remove the quotes");
    assert_string_equal(hint("0,5", false),
                        ". Write a decimal point, not a comma");
    assert_string_equal(hint("5 m", false),
                        ". Write the number alone, without a unit");
    assert_string_equal(hint("a", true), "");
    assert_string_equal(hint("a,b", false), "");
    assert_string_equal(hint(NULL, false), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_short_and_on_one_line),
        cmocka_unit_test(what_was_found),
        cmocka_unit_test(ranges_may_be_open),
        cmocka_unit_test(numbers_that_are_nearly_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
