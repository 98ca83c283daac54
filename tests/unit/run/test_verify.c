#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/status.h"

static const struct terramis_options quiet = {.quiet = true};

static enum terramis_status verify(void)
{
    return terramis_verify(&quiet, "nowhere", stdout);
}

static enum terramis_status publish(void)
{
    return terramis_publish(&quiet, "nowhere", stdout);
}

/* What ran out during one call is no matter of the next one. */
static void a_lack_of_memory_ends_with_the_call(void **state)
{
    (void)state;
    enum terramis_status (*const calls[])(void) = {verify, publish};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        status_no_memory();
        assert_int_equal(calls[i](), TERRAMIS_INTERNAL);
        assert_string_equal(terramis_message(), "out of memory");
        assert_false(status_memory_lost());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lack_of_memory_ends_with_the_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
