#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "output/difference.h"

static void steps_follow_one_another(void **state)
{
    (void)state;
    for (int i = 1; i < DIFFERENCE_STEPS; i++)
        assert_true(difference_steps[i].low == difference_steps[i - 1].high);
    assert_int_equal(difference_step_of(-100), 0);
    assert_int_equal(difference_step_of(-5), 1); /* as QGIS: the first */
    assert_int_equal(difference_step_of(-4.99), 2);
    assert_int_equal(difference_step_of(0), 3);
    assert_int_equal(difference_step_of(0.51), 4);
    assert_int_equal(difference_step_of(100), DIFFERENCE_STEPS - 1);
    assert_int_equal(difference_step_of(1e9), DIFFERENCE_STEPS - 1);
}

static void labels(void **state)
{
    (void)state;
    struct text text = {0};
    difference_label(&text, 2, LANGUAGE_EN);
    text_add(&text, "|");
    difference_label(&text, 6, LANGUAGE_EN);
    assert_string_equal(text_get(&text), "\u22125 – \u22120.5|20 – 100");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_follow_one_another),
        cmocka_unit_test(labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
