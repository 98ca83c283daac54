#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "param/notation.h"

static int release(void **state)
{
    arena_release(*state);
    return 0;
}

static int start(void **state)
{
    static struct arena arena;
    *state = &arena;
    return 0;
}

static struct setting parse(void **state, const char *text)
{
    struct setting setting;
    assert_true(notation_parse(*state, text, &setting));
    return setting;
}

static void scalars_are_taken_whole(void **state)
{
    assert_string_equal(parse(state, " 15 ").text, "15");
    assert_string_equal(parse(state, "a, b").text, "a, b");
    assert_string_equal(parse(state, "").text, "");
    assert_null(setting_find(NULL, "a"));
}

static void lists_and_maps_nest(void **state)
{
    struct setting s =
        parse(state, "[[50, 1], [ 1000 , 0 ], x, {a: 1, b: []}]");
    assert_int_equal(s.kind, SETTING_LIST);
    assert_int_equal(s.count, 4);
    assert_int_equal(s.items[1].count, 2);
    assert_string_equal(s.items[1].items[0].text, "1000");
    assert_string_equal(s.items[2].text, "x");
    assert_string_equal(setting_find(&s.items[3], "a")->text, "1");
    assert_int_equal(setting_find(&s.items[3], "b")->count, 0);
    assert_null(setting_find(&s.items[3], "c"));
    assert_null(setting_find(&s, "a"));
    assert_int_equal(parse(state, "[]").count, 0);
    assert_int_equal(parse(state, "{}").kind, SETTING_MAP);
}

static void open_brackets_do_no_harm(void **state)
{
    static const char *const texts[] = {
        "[", "[a", "{a", "{a:", "[[a]", "[,", "{a: [b, {c", "[a,", "{,}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        parse(state, texts[i]);
}

static void emptiness(void **state)
{
    (void)state;
    struct setting null = {.kind = SETTING_SCALAR};
    struct setting list = {.kind = SETTING_LIST};
    assert_true(setting_is_empty(NULL));
    assert_true(setting_is_empty(&null));
    assert_false(setting_is_empty(&list));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_are_taken_whole),
        cmocka_unit_test(lists_and_maps_nest),
        cmocka_unit_test(open_brackets_do_no_harm),
        cmocka_unit_test(emptiness),
    };
    return cmocka_run_group_tests(tests, start, release);
}
