#define _GNU_SOURCE /* RTLD_NEXT */
#include "unit/run/files.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>

#include "output/file_list.h"
#include "output/manifest_read.h"

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ENTRY(path) "{\"path\":\"" path "\",\"bytes\":3,\"sha256\":\"" SUM "\"}"

static bool broken_disk;

/* The C library's, unless the disk is to fail. */
struct dirent *readdir(DIR *folder)
{
    struct dirent *(*real)(DIR *);
    *(void **)&real = dlsym(RTLD_NEXT, "readdir");
    if (broken_disk)
        errno = EIO;
    return broken_disk ? NULL : real(folder);
}

static enum terramis_status read_text(const char *text,
                                      struct manifest_list *list)
{
    write_file("manifest.json", text);
    return manifest_read(".", list);
}

static void test_list(void **state)
{
    (void)state;
    struct manifest_list list;
    assert_int_equal(read_text("{\"outputs\":[" ENTRY("b/c") "," ENTRY(
                                   "a..b") "],\"version\":\"0.1.0\"}",
                               &list),
                     TERRAMIS_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].path, "a..b");
    const struct manifest_file *file = manifest_find(&list, "b/c");
    assert_non_null(file);
    assert_int_equal(file->digest.bytes, 3);
    assert_string_equal(file->digest.sha256, SUM);
    assert_null(manifest_find(&list, "b"));
    manifest_list_release(&list);
    assert_null(manifest_find(&list, "b"));
    assert_int_equal(read_text("{\"outputs\":[]}", &list), TERRAMIS_OK);
    manifest_list_release(&list);
}

/* Nobody but us need have written it. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "{",
        "[]",
        "{\"outputs\":[]} and more",
        "null",
        "{\"outputs\":{}}",
        "{\"outputs\":[3]}",
        "{\"outputs\":[" ENTRY("/etc/passwd") "]}",
        "{\"outputs\":[" ENTRY("../x") "]}",
        "{\"outputs\":[" ENTRY("a/../../x") "]}",
        "{\"outputs\":[" ENTRY("a/..") "]}",
        "{\"outputs\":[" ENTRY("./a") "]}",
        "{\"outputs\":[" ENTRY("a//b") "]}",
        "{\"outputs\":[" ENTRY("a/") "]}",
        "{\"outputs\":[" ENTRY("") "]}",
        "{\"outputs\":[" ENTRY("a\\u0000b") "]}",
        "{\"outputs\":[" ENTRY("a") "," ENTRY("b") "," ENTRY("a") "]}",
        "{\"outputs\":[{\"path\":\"a\",\"bytes\":3,\"sha256\":\"ab\"}]}",
        "{\"outputs\":[{\"path\":\"a\",\"bytes\":\"3\",\"sha256\":\"" SUM
        "\"}]}",
        "{\"outputs\":[{\"path\":\"a\",\"sha256\":\"" SUM "\"}]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct manifest_list list;
        if (read_text(texts[i], &list) != TERRAMIS_INPUT)
            fail_msg("accepted: %s", texts[i]);
        assert_ptr_equal(strstr(status_message(), "./manifest.json: "),
                         status_message());
        manifest_list_release(&list);
    }
    struct manifest_list list;
    assert_int_equal(unlink("manifest.json"), 0);
    assert_int_equal(manifest_read(".", &list), TERRAMIS_INPUT);
    assert_non_null(strstr(status_message(), "no such file"));
    mkdir("manifest.json", 0777);
    assert_int_equal(manifest_read(".", &list), TERRAMIS_INPUT);
    assert_int_equal(rmdir("manifest.json"), 0);
    assert_int_equal(mkfifo("manifest.json", 0666), 0); /* must not wait */
    assert_int_equal(manifest_read(".", &list), TERRAMIS_INPUT);
    assert_int_equal(unlink("manifest.json"), 0);
}

static void test_files(void **state)
{
    (void)state;
    struct file_list list;
    mkdir("top", 0777);
    mkdir("top/b", 0777);
    mkdir("top/empty", 0777);
    write_file("top/b/z", "z");
    write_file("top/b/a", "a");
    write_file("top/a", "a");
    assert_int_equal(symlink("b", "top/link"), 0);
    assert_int_equal(file_list_read("top", &list), TERRAMIS_OK);
    static const char *const wanted[] = {"a", "b/a", "b/z", "link"};
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(list.items[i], wanted[i]);
    assert_true(file_list_has(&list, "b/z"));
    assert_false(file_list_has(&list, "b"));
    assert_true(file_list_regular("top", "b/z"));
    assert_false(file_list_regular("top", "link"));
    assert_false(file_list_regular("top", "none"));
    file_list_release(&list);
    assert_false(file_list_has(&list, "a"));
    assert_int_equal(file_list_read("none", &list), TERRAMIS_OUTPUT);
    file_list_release(&list);
    /* a folder that cannot be read to its end is not a short one */
    broken_disk = true;
    assert_int_equal(file_list_read("top", &list), TERRAMIS_OUTPUT);
    broken_disk = false;
    file_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
