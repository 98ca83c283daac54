#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "output/file.h"
#include "publish/columns.h"
#include "unit/output/folder.h"

static void test_tables(void **state)
{
    (void)state;
    assert_int_equal(columns_table("a/parcels.csv"), ALLOWED_PARCELS);
    assert_int_equal(columns_table("summary.csv"), ALLOWED_SUMMARY);
    assert_int_equal(columns_table("a/parcels.gpkg"), ALLOWED_TABLES);
    assert_int_equal(columns_table("parcels.csv/x"), ALLOWED_TABLES);
    assert_int_equal(columns_table("a/our-parcels.csv"), ALLOWED_TABLES);
}

/* Opens a file of this text; the columns are then counted. */
static enum terramis_status count(const char *text, size_t *names, char *last)
{
    struct folder folder = folder_new();
    struct columns columns;
    struct text out = {0};
    const char *path = folder_file(&folder, "a.csv"), *name;
    text_add(&out, text);
    assert_int_equal(file_save(path, &out), TERRAMIS_OK);
    text_release(&out);
    enum terramis_status status = columns_open(&columns, path, TERRAMIS_INPUT);
    for (*names = 0; (name = columns_next(&columns)); ++*names)
        strcpy(last, name);
    columns_close(&columns);
    assert_int_equal(folder_remove(&folder, "a.csv", NULL), 0);
    return status;
}

static void test_first_line(void **state)
{
    (void)state;
    size_t names;
    char last[16];
    assert_int_equal(count("a,b,last\r\n1,2,3,4\r\n", &names, last),
                     TERRAMIS_OK);
    assert_int_equal(names, 3);
    assert_string_equal(last, "last");
    assert_int_equal(count("one", &names, last), TERRAMIS_OK);
    assert_int_equal(names, 1);
    assert_int_equal(count("", &names, last), TERRAMIS_INPUT);
    assert_int_equal(count("\r\na,b\r\n", &names, last), TERRAMIS_INPUT);
    assert_int_equal(names, 0);
}

/* However long the line is: a field behind it must not go unseen. */
static void test_long_line(void **state)
{
    (void)state;
    struct text text = {0};
    size_t names;
    char last[16];
    for (int i = 0; i < 20000; i++)
        text_addf(&text, "f%d,", i);
    text_add(&text, "owner\r\n");
    assert_int_equal(count(text_get(&text), &names, last), TERRAMIS_OK);
    assert_int_equal(names, 20001);
    assert_string_equal(last, "owner");
    text_release(&text);
}

static void test_no_file(void **state)
{
    (void)state;
    struct columns columns;
    assert_int_equal(columns_open(&columns, "/nowhere/a.csv", TERRAMIS_OUTPUT),
                     TERRAMIS_OUTPUT);
    assert_null(columns_next(&columns));
    columns_close(&columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_first_line),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
