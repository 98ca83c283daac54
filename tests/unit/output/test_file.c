#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-c/json.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/file.h"
#include "unit/output/folder.h"

static void write_text(const char *path, const char *text)
{
    struct file file;
    assert_int_equal(file_create(&file, path), TERRAMIS_OK);
    file_write(&file, text, strlen(text));
    assert_int_equal(file_commit(&file), TERRAMIS_OK);
}

static void check_text(const char *path, const char *text)
{
    size_t size;
    char *bytes = read_all(path, &size);
    assert_non_null(bytes);
    assert_string_equal(bytes, text);
    free(bytes);
}

static void test_replaces_only_when_complete(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.txt");
    write_text(path, "old");
    struct file file;
    assert_int_equal(file_create(&file, path), TERRAMIS_OK);
    file_write(&file, "new", 3);
    check_text(path, "old");
    file_discard(&file);
    check_text(path, "old");
    write_text(path, "new");
    check_text(path, "new");
    assert_int_equal(folder_remove(&folder, "a.txt", NULL), 0);
}

/* Neither by the name nor by that of the part that is written first. */
static void test_links_are_replaced(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    char precious[256], part[256], path[256];
    snprintf(precious, sizeof precious, "%s", folder_file(&folder, "precious"));
    snprintf(part, sizeof part, "%s", folder_file(&folder, "a.txt.part"));
    snprintf(path, sizeof path, "%s", folder_file(&folder, "a.txt"));
    write_text(precious, "keep");
    assert_int_equal(symlink(precious, path), 0);
    assert_int_equal(symlink(precious, part), 0);
    write_text(path, "new");
    check_text(path, "new");
    check_text(precious, "keep");
    assert_int_equal(folder_remove(&folder, "a.txt", "precious"), 0);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct file file;
    assert_int_equal(file_create(&file, "/nonexistent/x/a.txt"),
                     TERRAMIS_OUTPUT);
    assert_string_equal(
        status_message(),
        "cannot write /nonexistent/x/a.txt: No such file or directory");
}

static void test_target_is_a_folder(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    struct file file;
    assert_int_equal(file_create(&file, folder.path), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "Is a directory"));
    assert_int_equal(folder_remove(&folder, NULL, NULL), 0);
}

static void test_disk_full(void **state)
{
    (void)state;
    struct file file;
    assert_int_equal(file_create(&file, "/dev/full"), TERRAMIS_OK);
    file_write(&file, "text", 4);
    assert_int_equal(file_commit(&file), TERRAMIS_OUTPUT);
    assert_string_equal(status_message(),
                        "cannot write /dev/full: No space left on device");
    struct stat info;
    assert_int_equal(stat("/dev/full", &info), 0);
    assert_true(S_ISCHR(info.st_mode)); /* the device was not replaced */
}

static void test_quota_keeps_the_old_file(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.txt");
    write_text(path, "old");
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){1000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    struct file file;
    static const char block[500];
    assert_int_equal(file_create(&file, path), TERRAMIS_OK);
    for (int i = 0; i < 100; i++)
        file_write(&file, block, sizeof block);
    enum terramis_status status = file_commit(&file);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(status, TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "File too large"));
    check_text(path, "old");
    assert_int_equal(folder_remove(&folder, "a.txt", NULL), 0);
}

static void test_copy(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    char *from = strdup(folder_file(&folder, "from"));
    char *to = strdup(folder_file(&folder, "to"));
    struct text text = {0};
    for (int i = 0; i < 50000; i++)
        text_addf(&text, "%d\n", i);
    assert_int_equal(file_save(from, &text), TERRAMIS_OK);
    assert_int_equal(file_copy(from, to, TERRAMIS_INPUT), TERRAMIS_OK);
    check_text(to, text_get(&text));
    assert_int_equal(file_copy("/nowhere", to, TERRAMIS_INPUT), TERRAMIS_INPUT);
    assert_int_equal(file_copy("/nowhere", to, TERRAMIS_OUTPUT),
                     TERRAMIS_OUTPUT);
    assert_int_equal(file_copy(from, "/nowhere/x", TERRAMIS_INPUT),
                     TERRAMIS_OUTPUT);
    check_text(to, text_get(&text));
    text_release(&text);
    free(from);
    free(to);
    assert_int_equal(folder_remove(&folder, "from", "to"), 0);
}

static void test_save(void **state)
{
    (void)state;
    struct folder folder = folder_new();
    const char *path = folder_file(&folder, "a.json");
    struct json_object *map = json_object_new_object();
    json_object_object_add(map, "a", json_object_new_string("b/c"));
    assert_int_equal(file_save_json(path, map), TERRAMIS_OK);
    check_text(path, "{\n  \"a\":\"b/c\"\n}\n");
    assert_int_equal(file_save_json(path, NULL), TERRAMIS_INTERNAL);
    assert_int_equal(file_save(path, &(struct text){.broken = true}),
                     TERRAMIS_INTERNAL);
    check_text(path, "{\n  \"a\":\"b/c\"\n}\n");
    assert_int_equal(folder_remove(&folder, "a.json", NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replaces_only_when_complete),
        cmocka_unit_test(test_links_are_replaced),
        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_target_is_a_folder),
        cmocka_unit_test(test_disk_full),
        cmocka_unit_test(test_quota_keeps_the_old_file),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_save),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
