#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/weights/solve.h"

extern const struct weighting_op weighting_direct;

static const size_t none = WEIGHTS_NO_GROUP;

static void scaled_to_sum_1(void **state)
{
    (void)state;
    struct solve s = {.task = {.count = 0}};
    struct weights_item items[] = {{"a", none, true, 3, {2, 1}},
                                   {"b", none, true, 1, {3, 1}},
                                   {"c", none, true, 0, {4, 1}}};
    assert_string_equal(solve(&s, &weighting_direct, NULL, items, 3, NULL, 0),
                        "");
    assert_true(items[0].weight == 0.75 && items[1].weight == 0.25 &&
                items[2].weight == 0);
    solve_release(&s);
}

static void equal_where_none_is_given(void **state)
{
    (void)state;
    struct solve s = {.task = {.count = 0}};
    struct weights_item items[] = {{"a", none, false, (double)NAN, {2, 1}},
                                   {"b", none, false, (double)NAN, {3, 1}}};
    assert_string_equal(solve(&s, &weighting_direct, NULL, items, 2, NULL, 0),
                        "");
    assert_true(items[0].weight == 0.5 && items[1].weight == 0.5);
    solve_release(&s);
}

/* Soil weighs 3 to 1 beside a factor of weight 1, whatever its factors have. */
static void a_group_shares_its_weight(void **state)
{
    (void)state;
    struct solve s = {.task = {.count = 0}};
    const struct weights_group groups[] = {{"soil", 3, {1, 1}},
                                           {"sum", (double)NAN, {1, 1}}};
    struct weights_item items[] = {{"a", 0, true, 20, {2, 1}},
                                   {"b", 0, true, 10, {3, 1}},
                                   {"c", 1, true, 1, {4, 1}},
                                   {"d", none, true, 1, {5, 1}}};
    assert_string_equal(solve(&s, &weighting_direct, NULL, items, 4, groups, 2),
                        "");
    assert_true(fabs(items[0].weight - 0.4) < 1e-15);
    assert_true(fabs(items[1].weight - 0.2) < 1e-15);
    assert_true(fabs(items[2].weight - 0.2) < 1e-15);
    assert_true(fabs(items[3].weight - 0.2) < 1e-15);
    solve_release(&s);
    s = (struct solve){.task = {.count = 0}}; /* 3 / 1e-320 is no number */
    items[0] = (struct weights_item){"a", 0, true, 1e-320, {2, 1}};
    items[1] = (struct weights_item){"d", none, true, 1, {5, 1}};
    assert_string_equal(solve(&s, &weighting_direct, NULL, items, 2, groups, 2),
                        "");
    assert_true(items[0].weight == 0.75 && items[1].weight == 0.25);
    solve_release(&s);
}

static void bad_weights_are_refused(void **state)
{
    (void)state;
    struct solve s = {.task = {.count = 0}};
    struct weights_item items[] = {{"a", none, true, 0, {2, 1}},
                                   {"b", none, true, 0, {3, 1}}};
    assert_non_null(
        strstr(solve(&s, &weighting_direct, NULL, items, 2, NULL, 0), "all 0"));
    solve_release(&s);
    s = (struct solve){.task = {.count = 0}};
    items[0] = (struct weights_item){"a", none, true, 1, {2, 1}};
    items[1] = (struct weights_item){"b", none, false, (double)NAN, {3, 7}};
    assert_non_null(
        strstr(solve(&s, &weighting_direct, NULL, items, 2, NULL, 0),
               "p:3:7: weight: this factor has none"));
    solve_release(&s);
    s = (struct solve){.task = {.count = 0}};
    const struct weights_group group = {"soil", 1, {9, 1}};
    items[0] = (struct weights_item){"a", 0, true, 0, {2, 1}};
    items[1] = (struct weights_item){"b", none, true, 1, {3, 1}};
    assert_non_null(
        strstr(solve(&s, &weighting_direct, NULL, items, 2, &group, 1),
               "p:9:1: weight: group soil"));
    solve_release(&s);
    s = (struct solve){.task = {.count = 0}};
    items[0] = (struct weights_item){"a", none, true, 1e-7, {2, 1}};
    items[1] = (struct weights_item){"b", none, true, 1e6, {3, 1}};
    assert_non_null(
        strstr(solve(&s, &weighting_direct, NULL, items, 2, NULL, 0),
               "p:2:1: weight: the factor's share of all weights is 1e-13"));
    solve_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scaled_to_sum_1),
        cmocka_unit_test(equal_where_none_is_given),
        cmocka_unit_test(a_group_shares_its_weight),
        cmocka_unit_test(bad_weights_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
