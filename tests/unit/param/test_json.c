#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "param/json.h"

struct item {
    double width;
};

struct settings {
    bool flag;
    int number, choice;
    double real, none;
    const char *text, *missing;
    struct path path;
    struct texts texts;
    unsigned some;
    struct points points;
    struct reals reals;
    struct table table;
    struct item group;
    struct list list;
    struct operator_use use, unused;
};

#define ROW(field, kind, ...)                                                  \
    {                                                                          \
        .name = #field, .type = (kind),                                        \
        .offset = offsetof(struct settings, field), __VA_ARGS__                \
    }

static const char *const words[] = {"one", "two", "three", NULL};
static const struct param item_rows[] = {{.name = "width", .type = PARAM_REAL},
                                         {.name = NULL}};
static const struct param rows[] = {
    {.name = "", .type = PARAM_PLACE},
    ROW(flag, PARAM_BOOL, .help = ""),
    ROW(number, PARAM_INT, .help = ""),
    ROW(choice, PARAM_CHOICE, .choices = words),
    ROW(real, PARAM_REAL, .help = ""),
    ROW(none, PARAM_REAL, .help = ""),
    ROW(text, PARAM_TEXT, .help = ""),
    ROW(missing, PARAM_ID, .help = ""),
    ROW(path, PARAM_PATH, .help = ""),
    ROW(texts, PARAM_TEXTS, .help = ""),
    ROW(some, PARAM_CHOICES, .choices = words),
    ROW(points, PARAM_POINTS, .help = ""),
    ROW(reals, PARAM_REALS, .help = ""),
    ROW(table, PARAM_TABLE, .help = ""),
    ROW(group, PARAM_GROUP, .rows = item_rows),
    ROW(list, PARAM_LIST, .rows = item_rows, .size = sizeof(struct item)),
    ROW(use, PARAM_OPERATOR, .help = ""),
    ROW(unused, PARAM_OPERATOR, .help = ""),
    {.name = NULL}};

static void test_every_type(void **state)
{
    (void)state;
    static double points[][2] = {{0, 1}, {2.5, 0}};
    static double reals[] = {1, 0.1};
    static const char *texts[] = {"a", "b"};
    static struct table_row table[] = {{"Bois", 0.5}};
    static struct item items[] = {{1}, {2}}, own = {7};
    const struct operator op = {.name = "disc", .params = item_rows};
    struct settings s = {.flag = true,
                         .number = -3,
                         .choice = 1,
                         .real = 12.5,
                         .none = NAN,
                         .text = "x/y",
                         .path = {.text = "/home/me/a.tif"},
                         .texts = {texts, NULL, 2},
                         .some = 5,
                         .points = {points, 2},
                         .reals = {reals, 2},
                         .table = {table, 1},
                         .group = {3},
                         .list = {items, 2},
                         .use = {.op = &op, .params = &own}};
    bool broken = false;
    struct json_object *json = json_settings(rows, &s, &broken);
    assert_false(broken);
    assert_string_equal(
        json_object_to_json_string_ext(
            json, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE),
        "{\"flag\":true,\"number\":-3,\"choice\":\"two\",\"real\":12.5,"
        "\"text\":\"x/y\",\"path\":\"a.tif\",\"texts\":[\"a\",\"b\"],"
        "\"some\":[\"one\",\"three\"],\"points\":[[0,1],[2.5,0]],"
        "\"reals\":[1,0.1],\"table\":{\"Bois\":0.5},\"group\":{\"width\":3},"
        "\"list\":[{\"width\":1},{\"width\":2}],\"use\":\"disc\","
        "\"width\":7}");
    json_object_put(json);
}

static void test_paths(void **state)
{
    (void)state;
    assert_string_equal(json_path("../a/b.yaml"), "../a/b.yaml");
    assert_string_equal(json_path("/a/b.yaml"), "b.yaml");
    assert_string_equal(json_path("b.yaml"), "b.yaml");
}

static void test_lack_of_memory_is_remembered(void **state)
{
    (void)state;
    bool broken = false;
    struct json_object *map = json_object_new_object();
    json_put(map, "a", json_number(1), &broken);
    assert_false(broken);
    json_put(map, "b", NULL, &broken);
    assert_true(broken);
    broken = false;
    json_append(NULL, json_number(1), &broken);
    assert_true(broken);
    json_object_put(map);
}

/* The name of a file may be any bytes. */
static void test_prints_utf8(void **state)
{
    (void)state;
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    struct json_object *list = json_object_new_array();
    json_object_array_add(list, json_object_new_string("d\xff/\x1b\xc3\xa9"));
    assert_int_equal(json_print_line(list, stream), 0);
    fclose(stream);
    assert_string_equal(text, "[\"d?/\\u001b\xc3\xa9\"]\n");
    free(text);
}

/* A pipe would be waited for, a device has no end. */
static void test_only_files_are_read(void **state)
{
    (void)state;
    char path[] = "/tmp/test_json_XXXXXX";
    struct json_object *root;
    int file = mkstemp(path);
    assert_int_equal(write(file, "{\"a\": 5}", 8), 8);
    close(file);
    assert_int_equal(json_read(path, 4, 6, &root), 0);
    assert_true(json_get_number(root, "a") == 5);
    json_object_put(root);
    unlink(path);
    assert_int_equal(json_read(path, 4, 6, &root), 4);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(json_read(path, 4, 6, &root), 4);
    assert_null(root);
    unlink(path);
    assert_int_equal(json_read("/dev/zero", 4, 6, &root), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type), cmocka_unit_test(test_paths),
        cmocka_unit_test(test_lack_of_memory_is_remembered),
        cmocka_unit_test(test_prints_utf8),
        cmocka_unit_test(test_only_files_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
