#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/html_json.h"
#include "unit/output/scratch.h"

static void texts_are_escaped(void **state)
{
    (void)state;
    struct html_json json = {0};
    html_open(&json, NULL, '[');
    html_text(&json, NULL, "a \"b\" \\ \n\x01");
    html_text(&json, NULL, "</script><!--");
    html_text(&json, NULL, "é \U0001F33E \u202e");
    html_text(&json, NULL, "");
    html_text(&json, NULL, NULL);
    html_close(&json, ']');
    assert_string_equal(text_get(&json.out),
                        "[\"a \\\"b\\\" \\\\ \\u000a\\u0001\","
                        "\"\\u003c/script>\\u003c!--\","
                        "\"é \U0001F33E \u202e\",\"\",null]");
    text_release(&json.out);
}

static void numbers_are_short(void **state)
{
    (void)state;
    struct html_json json = {0};
    html_open(&json, NULL, '[');
    html_real(&json, NULL, 12.5, 4);
    html_real(&json, NULL, 100, 2);
    html_real(&json, NULL, 0.123456, 4);
    html_real(&json, NULL, -0.00001, 2);
    html_real(&json, NULL, 1200, 0);
    html_real(&json, NULL, NAN, 2);
    html_real(&json, NULL, INFINITY, 2);
    html_integer(&json, NULL, -7);
    html_close(&json, ']');
    assert_string_equal(text_get(&json.out),
                        "[12.5,100,0.1235,0,1200,null,null,-7]");
    text_release(&json.out);
}

static void things_in_things(void **state)
{
    (void)state;
    struct html_json json = {0};
    html_open(&json, NULL, '{');
    html_flag(&json, "yes", true);
    html_open(&json, "list", '[');
    html_open(&json, NULL, '{');
    html_close(&json, '}');
    html_integer(&json, NULL, 1);
    html_close(&json, ']');
    html_colour(&json, "colour", 0xff0072b2);
    html_close(&json, '}');
    assert_string_equal(text_get(&json.out), "{\"yes\":true,\"list\":[{},1],"
                                             "\"colour\":\"#0072b2\"}");
    text_release(&json.out);
}

static void flushes_in_order(void **state)
{
    (void)state;
    struct scratch scratch;
    struct file file;
    long size;
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "a.json");
    assert_int_equal(file_create(&file, path), TERRAMIS_OK);
    struct html_json json = {.file = &file};
    html_open(&json, NULL, '[');
    for (int i = 0; i < 3; i++) {
        html_integer(&json, NULL, i);
        html_flush(&json);
    }
    html_close(&json, ']');
    html_flush(&json);
    assert_int_equal(file_commit(&file), TERRAMIS_OK);
    char *bytes = scratch_bytes(path, &size);
    assert_int_equal(size, 7);
    assert_memory_equal(bytes, "[0,1,2]", 7);
    free(bytes);
    text_release(&json.out);
    scratch_close(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(things_in_things),
        cmocka_unit_test(flushes_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
