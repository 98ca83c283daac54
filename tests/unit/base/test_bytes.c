#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void grow(void **state)
{
    struct bytes bytes = {0};
    (void)state;
    assert_int_equal(bytes_add(&bytes, NULL, 0), TERRAMIS_OK);
    assert_int_equal(bytes.size, 0);
    for (int i = 0; i < 1000; i++) {
        unsigned char three[] = {(unsigned char)i, 7, (unsigned char)(i / 2)};
        assert_int_equal(bytes_add(&bytes, three, sizeof three), TERRAMIS_OK);
        assert_true(bytes.size <= bytes.room);
    }
    assert_int_equal(bytes.size, 3000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(bytes.at[3 * i], (unsigned char)i);
        assert_int_equal(bytes.at[3 * i + 1], 7);
        assert_int_equal(bytes.at[3 * i + 2], (unsigned char)(i / 2));
    }
    free(bytes.at);
}

static void room_is_not_size(void **state)
{
    struct bytes bytes = {0};
    (void)state;
    assert_int_equal(bytes_room(&bytes, 500), TERRAMIS_OK);
    assert_true(bytes.room >= 500);
    assert_int_equal(bytes.size, 0);
    assert_int_equal(bytes_add(&bytes, "ab", 2), TERRAMIS_OK);
    const unsigned char *at = bytes.at;
    assert_int_equal(bytes_room(&bytes, 498), TERRAMIS_OK);
    assert_ptr_equal(bytes.at, at); /* there was room */
    assert_memory_equal(bytes.at, "ab", 2);
    free(bytes.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(grow),
                                       cmocka_unit_test(room_is_not_size)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
