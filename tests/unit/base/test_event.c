#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/event.h"
#include "base/log.h"

/* What is written between begin() and said(). */
static FILE *stream;
static char *text;
static size_t size;

static void begin(void)
{
    stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_true(event_open(stream));
}

static void said(const char *wanted)
{
    event_close();
    fclose(stream);
    assert_string_equal(text, wanted);
    free(text);
}

static void nothing_where_nobody_listens(void **state)
{
    (void)state;
    assert_false(event_on());
    event_texts("note", "text", "a");
    event_progress(0.5, "a");
    begin();
    assert_true(event_on());
    said("");
    assert_false(event_on());
}

static void pairs(void **state)
{
    (void)state;
    begin();
    event_texts("territory", "id", "a\"b", "text", NULL, "name", "Caux");
    event_texts("start", "text", NULL);
    said("{\"event\":\"territory\",\"id\":\"a\\\"b\",\"name\":"
         "\"Caux\"}\n{\"event\":\"start\"}\n");
}

static void a_call_within_a_call_writes_to_the_same(void **state)
{
    (void)state;
    begin();
    assert_false(event_open(stdout));
    event_texts("note", "text", "a");
    said("{\"event\":\"note\",\"text\":\"a\"}\n");
}

static void progress_never_goes_back(void **state)
{
    (void)state;
    begin();
    event_progress(0, "a");
    event_progress(0.5, "b");
    event_progress(0.25, "late");
    event_progress(1, "c");
    said("{\"event\":\"progress\",\"done\":0.0000,\"text\":\"a\"}\n"
         "{\"event\":\"progress\",\"done\":0.5000,\"text\":\"b\"}\n"
         "{\"event\":\"progress\",\"done\":1.0000,\"text\":\"c\"}\n");
}

static void parts_of_the_whole(void **state)
{
    (void)state;
    begin();
    log_whole(0.5, 1);
    log_progress("a", 0, 10);
    log_part(0.5, 0.6);
    log_progress("b", 10, 10);
    log_part(0.6, 1);
    log_progress("c", 10, 10);
    log_whole(0, 1);
    said("{\"event\":\"progress\",\"done\":0.5000,\"text\":\"a\"}\n"
         "{\"event\":\"progress\",\"done\":0.8000,\"text\":\"b\"}\n"
         "{\"event\":\"progress\",\"done\":1.0000,\"text\":\"c\"}\n");
}

static void lines_are_notes_and_warnings(void **state)
{
    (void)state;
    begin();
    log_setup(true, false);
    log_line(LOG_NOTE, "not when quiet");
    log_line(LOG_WARNING, "w%d", 1);
    log_setup(false, false);
    log_line(LOG_NOTE, "n%d", 2);
    said("{\"event\":\"warning\",\"text\":\"w1\"}\n"
         "{\"event\":\"note\",\"text\":\"n2\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_where_nobody_listens),
        cmocka_unit_test(pairs),
        cmocka_unit_test(a_call_within_a_call_writes_to_the_same),
        cmocka_unit_test(progress_never_goes_back),
        cmocka_unit_test(parts_of_the_whole),
        cmocka_unit_test(lines_are_notes_and_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
