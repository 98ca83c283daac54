#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "unit/caught.h"

/* What one line of each level and a progress line print to stderr. */
static void capture(bool quiet, bool verbose, char out[1024])
{
    struct caught caught;
    caught_begin(&caught);
    log_setup(quiet, verbose);
    log_line(LOG_WARNING, "w%d", 1);
    log_line(LOG_NOTE, "n%d", 2);
    log_line(LOG_DETAIL, "d%d", 3);
    log_progress("tiles", 0, 10); /* a file is no terminal */
    log_progress("tiles", 10, 10);
    caught_end(&caught, out, 1024);
    log_setup(false, false);
}

static void levels_choose_what_is_printed(void **state)
{
    (void)state;
    char out[1024];
    capture(false, false, out);
    assert_string_equal(out, "terramis: warning: w1\nterramis: n2\n");
    capture(true, false, out);
    assert_string_equal(out, "terramis: warning: w1\n");
    capture(false, true, out);
    assert_string_equal(out,
                        "terramis: warning: w1\nterramis: n2\nterramis: d3\n");
    capture(true, true, out);
    assert_string_equal(out, "terramis: warning: w1\n");
}

/* Lines are printed when they are asked for, whichever were said first. */
static void lines_may_wait(void **state)
{
    (void)state;
    struct log_lines first = {0}, second = {0}, third = {0};
    struct caught caught;
    char out[1024];
    caught_begin(&caught);
    log_keep(&first);
    log_line(LOG_NOTE, "first");
    log_line(LOG_DETAIL, "not verbose");
    log_line(LOG_WARNING, "and last");
    log_keep(&second);
    log_line(LOG_NOTE, "second");
    log_keep(&third);
    log_line(LOG_NOTE, "never");
    log_keep(NULL);
    log_line(LOG_NOTE, "at once");
    log_print(&second);
    log_print(&first);
    log_drop(&third);
    log_print(&third);
    caught_end(&caught, out, sizeof out);
    assert_string_equal(out, "terramis: at once\nterramis: second\n"
                             "terramis: first\nterramis: warning: and last\n");
}

static void the_clock_goes_forward(void **state)
{
    (void)state;
    double before = log_clock();
    usleep(2000);
    double passed = log_clock() - before;
    assert_true(passed >= 0.002 && passed < 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_choose_what_is_printed),
        cmocka_unit_test(lines_may_wait),
        cmocka_unit_test(the_clock_goes_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
