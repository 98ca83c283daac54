#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "param/setting.h"

static struct setting children[] = {
    {.kind = SETTING_SCALAR, .key = "a", .text = "1"},
    {.kind = SETTING_SCALAR, .key = "b"},
    {.kind = SETTING_SCALAR, .key = "a", .text = "2"},
    {.kind = SETTING_SCALAR, .key = "q", .text = "", .quoted = true},
    {.kind = SETTING_LIST, .key = "l"}};

static void children_are_found(void **state)
{
    (void)state;
    const struct setting map = {
        .kind = SETTING_MAP, .items = children, .count = 5};
    assert_ptr_equal(setting_find(&map, "a"), &children[0]); /* the first */
    assert_ptr_equal(setting_find(&map, "l"), &children[4]);
    assert_null(setting_find(&map, "A"));
    assert_null(setting_find(&map, "c"));
    assert_null(setting_find(NULL, "a"));
    assert_null(setting_find(&children[0], "a")); /* no map */
    struct setting items[] = {{.kind = SETTING_SCALAR, .text = "x"}};
    const struct setting list = {
        .kind = SETTING_LIST, .items = items, .count = 1};
    assert_null(setting_find(&list, "x")); /* items of a list have no key */
}

static void no_value_is_empty(void **state)
{
    (void)state;
    assert_true(setting_is_empty(NULL));
    assert_true(setting_is_empty(&children[1])); /* null */
    assert_false(setting_is_empty(&children[0]));
    assert_false(setting_is_empty(&children[3])); /* "" is a text */
    assert_false(setting_is_empty(&children[4])); /* [] is a list */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_are_found),
        cmocka_unit_test(no_value_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
