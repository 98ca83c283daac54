#include "run/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "unit/run/files.h"

/* What was handed to the disk, by inode. */
static ino_t synced[256];
static atomic_size_t syncs;
static ino_t refused; /* 0: none */

int fsync(int file)
{
    struct stat info;
    if (fstat(file, &info) != 0)
        return -1;
    synced[atomic_fetch_add(&syncs, 1) % 256] = info.st_ino;
    if (info.st_ino != refused)
        return 0;
    errno = EIO;
    return -1;
}

static ino_t inode(const char *path)
{
    struct stat info;
    assert_int_equal(lstat(path, &info), 0);
    return info.st_ino;
}

static size_t times(const char *path)
{
    size_t count = 0;
    for (size_t i = 0; i < syncs; i++)
        count += synced[i] == inode(path);
    return count;
}

static size_t open_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void start(void)
{
    syncs = refused = 0;
    assert_int_equal(mkdir("tree", 0777), 0);
}

static void done(void)
{
    assert_int_equal(tree_remove(AT_FDCWD, "tree", "tree"), 0);
    assert_false(exists("tree"));
}

/* More than go to the disk at a time. */
static void syncs_every_file_and_folder_once(void **state)
{
    char path[64];
    (void)state;
    start();
    mkdir("tree/a", 0777);
    mkdir("tree/a/b", 0777);
    for (int i = 0; i < 75; i++) {
        snprintf(path, sizeof path, "tree/%s%d", i % 2 ? "a/" : "a/b/", i);
        write_file(path, "x");
    }
    assert_int_equal(symlink("/nowhere", "tree/link"), 0);
    size_t before = open_files();
    assert_int_equal(tree_sync(AT_FDCWD, "tree", "tree"), 0);
    assert_int_equal(open_files(), before);
    assert_int_equal(syncs, 75 + 3);
    for (int i = 0; i < 75; i++) {
        snprintf(path, sizeof path, "tree/%s%d", i % 2 ? "a/" : "a/b/", i);
        assert_int_equal(times(path), 1);
    }
    assert_int_equal(times("tree"), 1);
    assert_int_equal(times("tree/a"), 1);
    assert_int_equal(times("tree/a/b"), 1);
    done();
}

static void names_what_cannot_be_written(void **state)
{
    (void)state;
    start();
    mkdir("tree/a", 0777);
    write_file("tree/a/bad", "x");
    write_file("tree/good", "x");
    refused = inode("tree/a/bad");
    size_t before = open_files();
    assert_int_equal(tree_sync(AT_FDCWD, "tree", "out"), TERRAMIS_OUTPUT);
    assert_string_equal(
        status_message(),
        "out/a/bad: cannot be written to the disk: Input/output error");
    assert_int_equal(open_files(), before);
    done();
}

static void what_is_not_there_is_no_tree(void **state)
{
    (void)state;
    assert_int_equal(tree_sync(AT_FDCWD, "none", "none"), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "none: cannot be opened"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syncs_every_file_and_folder_once),
        cmocka_unit_test(names_what_cannot_be_written),
        cmocka_unit_test(what_is_not_there_is_no_tree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
