#include "output/row_pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Numbers and their bytes, from SQLite's "Database File Format", 1.6. */
static void varints(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        size_t size;
        unsigned char at[9];
    } cases[] = {{0, 1, {0}},
                 {127, 1, {0x7f}},
                 {128, 2, {0x81, 0}},
                 {16383, 2, {0xff, 0x7f}},
                 {16384, 3, {0x81, 0x80, 0}},
                 {(UINT64_C(1) << 56) - 1,
                  8,
                  {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}},
                 {UINT64_C(1) << 56,
                  9,
                  {0x80, 0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0}},
                 {UINT64_MAX,
                  9,
                  {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char at[ROW_PACK_VARINT] = {0};
        assert_int_equal(row_pack_varint(at, cases[i].value), cases[i].size);
        assert_memory_equal(at, cases[i].at, cases[i].size);
    }
}

static void check(struct row_pack *row, const char *expected, size_t size)
{
    struct bytes bytes = {0};
    assert_int_equal(row_pack_end(row, &bytes), TERRAMIS_OK);
    assert_int_equal(bytes.size, size);
    assert_memory_equal(bytes.at, expected, size);
    row_pack_release(row);
    free(bytes.at);
}

static void a_row(void **state)
{
    (void)state;
    struct row_pack row = {0};
    row_pack_begin(&row);
    row_pack_null(&row);
    row_pack_integer(&row, 1);
    row_pack_integer(&row, -129);
    row_pack_real(&row, 1.5);
    row_pack_real(&row, 300);
    row_pack_text(&row, "ab", 2);
    row_pack_blob(&row, "\0", 1);
    check(&row,
          "\x08\x00\x09\x02\x07\x02\x11\x0e" /* sizes and types */
          "\xff\x7f\x3f\xf8\0\0\0\0\0\0\x01\x2c"
          "ab\0",
          8 + 2 + 8 + 2 + 2 + 1);
}

/* A row begins anew, also after one that was not ended. */
static void begin_again(void **state)
{
    (void)state;
    struct row_pack row = {0};
    row_pack_begin(&row);
    row_pack_text(&row, "lost", 4);
    row_pack_begin(&row);
    row_pack_integer(&row, 0);
    check(&row, "\x02\x08", 2);
}

/* With 126 columns the head's own size takes one byte, with 127 two. */
static void a_long_head(void **state)
{
    (void)state;
    for (size_t columns = 125; columns < 130; columns++) {
        struct row_pack row = {0};
        struct bytes bytes = {0};
        row_pack_begin(&row);
        for (size_t i = 0; i < columns; i++)
            row_pack_null(&row);
        assert_int_equal(row_pack_end(&row, &bytes), TERRAMIS_OK);
        size_t head = columns <= 126 ? columns + 1 : columns + 2;
        unsigned char size[ROW_PACK_VARINT];
        assert_int_equal(bytes.size, head);
        assert_memory_equal(bytes.at, size, row_pack_varint(size, head));
        row_pack_release(&row);
        free(bytes.at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints),
        cmocka_unit_test(a_row),
        cmocka_unit_test(begin_again),
        cmocka_unit_test(a_long_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
