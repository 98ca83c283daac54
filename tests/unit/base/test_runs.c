#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/runs.h"

/* Packs, and makes the same of it; the packed size. */
static size_t round_trip(const unsigned char *from, size_t count)
{
    struct bytes packed = {0};
    unsigned char *to = malloc(count + 1);
    assert_non_null(to);
    to[count] = 77;
    assert_int_equal(bytes_add(&packed, "before", 6), TERRAMIS_OK);
    assert_int_equal(runs_pack(&packed, from, count), TERRAMIS_OK);
    assert_memory_equal(packed.at, "before", 6);
    size_t size = packed.size - 6;
    /* bytes of its own, so that a sanitizer sees what is read beyond */
    unsigned char *own = malloc(size + (size == 0));
    assert_non_null(own);
    memcpy(own, packed.at + 6, size);
    assert_true(runs_unpack(to, count, own, size));
    assert_memory_equal(to, from, count);
    assert_int_equal(to[count], 77);
    /* neither fewer bytes nor more are right */
    assert_false(runs_unpack(to, count + 1, own, size));
    if (count > 0) {
        assert_false(runs_unpack(to, count - 1, own, size));
        assert_false(runs_unpack(to, count, own, size - 1));
    }
    free(own);
    free(to);
    free(packed.at);
    return size;
}

static void one_value(void **state)
{
    static unsigned char cells[256 * 256];
    (void)state;
    for (int value = 0; value < 256; value += 255) { /* both nodata values */
        memset(cells, value, sizeof cells);
        assert_int_equal(round_trip(cells, sizeof cells), 3 * 3);
        assert_int_equal(round_trip(cells, 0x7FFF), 3);
        assert_int_equal(round_trip(cells, 0x8000), 3 + 3);
    }
    assert_int_equal(round_trip(cells, 0), 0);
}

static void nothing_repeats(void **state)
{
    static unsigned char cells[100000];
    (void)state;
    for (size_t i = 0; i < sizeof cells; i++)
        cells[i] = (unsigned char)(i * 7);
    assert_int_equal(round_trip(cells, sizeof cells), sizeof cells + 4 * 2);
    assert_int_equal(round_trip(cells, 1), 1 + 2);
}

/* A run of each length, at each place among others, to the last byte. */
static void runs_anywhere(void **state)
{
    unsigned char cells[64];
    (void)state;
    for (size_t count = 1; count < sizeof cells; count++)
        for (size_t begin = 0; begin < count; begin++)
            for (size_t length = 1; length <= count - begin; length += 3) {
                for (size_t i = 0; i < count; i++)
                    cells[i] = (unsigned char)(i + 1);
                memset(cells + begin, 0, length);
                size_t size = round_trip(cells, count);
                assert_true(size <= count + 2);
                if (length >= 16)
                    assert_true(size <= count - length + 3 + 4);
            }
}

/* As scores and classes come. */
static void random_runs(void **state)
{
    static unsigned char cells[70000];
    uint32_t x = 20261130;
    (void)state;
    for (int round = 0; round < 40; round++) {
        size_t most = (size_t)1 << round % 14;
        for (size_t i = 0; i < sizeof cells;) {
            x = x * 1664525 + 1013904223;
            size_t n = 1 + (x >> 8) % most;
            n = n < sizeof cells - i ? n : sizeof cells - i;
            memset(cells + i, (int)(x >> 24) % 5, n);
            i += n;
        }
        size_t size = round_trip(cells, sizeof cells);
        assert_true(size <= sizeof cells + 3 * 2);
    }
}

static void no_packed_bytes(void **state)
{
    unsigned char to[8];
    static const unsigned char none[] = {0, 0, 1}, /* a length of 0 */
        half[] = {3, 0, 1, 2},                     /* 3 bytes, of which 2 */
        head[] = {3}, most[] = {0xFF, 0xFF, 9};
    (void)state;
    assert_false(runs_unpack(to, 0, none, sizeof none));
    assert_false(runs_unpack(to, 3, half, sizeof half));
    assert_false(runs_unpack(to, 3, head, sizeof head));
    assert_false(runs_unpack(to, sizeof to, most, sizeof most));
    assert_false(runs_unpack(to, 1, none, 0));
    assert_true(runs_unpack(to, 0, none, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_value),       cmocka_unit_test(nothing_repeats),
        cmocka_unit_test(runs_anywhere),   cmocka_unit_test(random_runs),
        cmocka_unit_test(no_packed_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
