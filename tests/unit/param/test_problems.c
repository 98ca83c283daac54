#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "param/param.h"

static void problems_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    struct problems problems = {.file = "p.yaml"};
    assert_int_equal(problems_status(&problems), TERRAMIS_OK);
    problems_add(&problems, (struct place){10, 1}, "c");
    problems_add(&problems, (struct place){2, 30}, "b %d", 2);
    problems_add(&problems, (struct place){2, 4}, "a");
    problems_add(&problems, (struct place){10, 1}, "c"); /* again */
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems_status(&problems), TERRAMIS_PROJECT);
    assert_string_equal(status_message(),
                        "p.yaml:2:4: a\np.yaml:2:30: b 2\np.yaml:10:1: c");
    problems_release(&problems);
    assert_int_equal(problems_status(&problems), TERRAMIS_OK);
    problems_release(&problems);
}

static void only_the_first_are_kept(void **state)
{
    (void)state;
    struct problems problems = {.file = "p"};
    for (int i = 0; i < PROBLEMS_MAX + 7; i++)
        problems_add(&problems, (struct place){i + 1, 1}, "x");
    assert_int_equal(problems_status(&problems), TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "p:100:1: x\n"
                                             "p: and 7 more problems"));
    /* whoever looks whether there was one more can see it */
    assert_int_equal(problems.found, PROBLEMS_MAX + 7);
    problems_add(&problems, (struct place){1, 1}, "x");
    assert_int_equal(problems.found, PROBLEMS_MAX + 8);
    problems_release(&problems);
    assert_int_equal(problems.found, 0);
}

static void the_message_has_an_end(void **state)
{
    (void)state;
    struct problems problems = {.file = "p"};
    for (int i = 0; i < 20; i++)
        problems_add(&problems, (struct place){i + 1, 1}, "%01000d", 0);
    assert_int_equal(problems_status(&problems), TERRAMIS_PROJECT);
    const char *end = strrchr(status_message(), '\n');
    assert_string_equal(end, "\np: and 5 more problems");
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_come_in_the_order_of_the_file),
        cmocka_unit_test(only_the_first_are_kept),
        cmocka_unit_test(the_message_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
