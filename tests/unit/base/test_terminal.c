#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/terminal.h"

/* Commands to the terminal become signs; the parts of a character that two
 * writes share stay one. */
static void a_terminal_gets_no_commands(void **state)
{
    (void)state;
    char found[256] = "";
    int here = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(here >= 0 && grantpt(here) == 0 && unlockpt(here) == 0);
    int there = open(ptsname(here), O_RDWR | O_NOCTTY);
    assert_true(there >= 0);
    FILE *stream = terminal_tame(stdout, there);
    assert_ptr_not_equal(stream, stdout);
    fputs("\033]0;name\007 \xC3", stream);
    fflush(stream);
    fputs("\xA9t\xC3\xA9 \xE2\x80\xAE.\n", stream);
    fclose(stream);
    for (size_t n = 0; !strchr(found, '\n');) {
        ssize_t more = read(here, found + n, sizeof found - 1 - n);
        assert_true(more > 0);
        found[n += (size_t)more] = '\0';
    }
    assert_string_equal(found, "?]0;name? \u00e9t\u00e9 ???.\r\n");
    close(there);
    close(here);
}

static void files_and_pipes_stay_as_they_are(void **state)
{
    (void)state;
    int file = open("/dev/null", O_WRONLY);
    assert_true(file >= 0);
    assert_ptr_equal(terminal_tame(stdout, file), stdout);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_no_commands),
        cmocka_unit_test(files_and_pipes_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
