#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/status.h"

static void the_message_is_kept_until_cleared(void **state)
{
    (void)state;
    status_clear();
    assert_string_equal(status_message(), "");
    assert_int_equal(status_set(TERRAMIS_INPUT, "layer %s: %d", "a", 3),
                     TERRAMIS_INPUT);
    assert_string_equal(status_message(), "layer a: 3");
    assert_string_equal(terramis_message(), "layer a: 3");
    assert_int_equal(status_no_memory(), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(), "out of memory");
    status_clear();
    assert_string_equal(terramis_message(), "");
}

static void *lose_memory(void *ignored)
{
    status_no_memory();
    return ignored;
}

static void lack_of_memory_is_never_swallowed(void **state)
{
    (void)state;
    pthread_t thread;
    status_end(TERRAMIS_OK); /* of the tests before */
    assert_false(status_memory_lost());
    assert_int_equal(status_end(TERRAMIS_INPUT), TERRAMIS_INPUT);
    assert_int_equal(pthread_create(&thread, NULL, lose_memory, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(status_memory_lost());
    status_set(TERRAMIS_INPUT, "a.gpkg: no such layer");
    assert_int_equal(status_end(TERRAMIS_INPUT), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(), "out of memory");
    assert_int_equal(status_end(TERRAMIS_OK), TERRAMIS_OK); /* once */
    status_no_memory();
    status_set(TERRAMIS_INPUT, "a.gpkg: out of memory");
    assert_int_equal(status_end(TERRAMIS_INPUT), TERRAMIS_INTERNAL);
    assert_string_equal(status_message(), "a.gpkg: out of memory");
}

static void long_messages_are_cut(void **state)
{
    (void)state;
    static char text[40000];
    memset(text, 'x', sizeof text - 1);
    status_set(TERRAMIS_INTERNAL, "%s", text);
    assert_int_equal(strlen(status_message()), 16383);
    status_clear();
}

static void *set_message(void *ignored)
{
    (void)ignored;
    status_set(TERRAMIS_INPUT, "theirs");
    return NULL;
}

static void each_thread_has_its_own(void **state)
{
    (void)state;
    status_set(TERRAMIS_INPUT, "ours");
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, set_message, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(status_message(), "ours");
}

static enum terramis_status tried(enum terramis_status status, int *steps)
{
    TRY(status);
    ++*steps;
    return TERRAMIS_OK;
}

static enum terramis_status done(enum terramis_status given, int *steps)
{
    enum terramis_status status;
    TRY_DONE(given);
    ++*steps;
done:
    ++*steps;
    return status;
}

static void try_returns_at_the_first_error(void **state)
{
    (void)state;
    int steps = 0;
    assert_int_equal(tried(TERRAMIS_OUTPUT, &steps), TERRAMIS_OUTPUT);
    assert_int_equal(steps, 0);
    assert_int_equal(tried(TERRAMIS_OK, &steps), TERRAMIS_OK);
    assert_int_equal(steps, 1);
    assert_int_equal(done(TERRAMIS_OUTPUT, &steps), TERRAMIS_OUTPUT);
    assert_int_equal(steps, 2);
    assert_int_equal(done(TERRAMIS_OK, &steps), TERRAMIS_OK);
    assert_int_equal(steps, 4);
}

static void an_interrupt_is_remembered(void **state)
{
    (void)state;
    assert_false(status_interrupted());
    terramis_interrupt();
    assert_true(status_interrupted());
    status_defer_interrupt(true);
    assert_false(status_interrupted());
    status_defer_interrupt(false);
    assert_true(status_interrupted());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_message_is_kept_until_cleared),
        cmocka_unit_test(lack_of_memory_is_never_swallowed),
        cmocka_unit_test(long_messages_are_cut),
        cmocka_unit_test(each_thread_has_its_own),
        cmocka_unit_test(try_returns_at_the_first_error),
        cmocka_unit_test(an_interrupt_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
