#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/stage.h"

/* A folder of its own; its path is the working directory. */
static int set_up(void **state)
{
    static char dir[64];
    strcpy(dir, "/tmp/terramis-test-XXXXXX");
    *state = dir;
    return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
    return chdir("/") != 0 || system(command) != 0;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool holds(const char *path, const char *text)
{
    char found[64] = "";
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    bool read = fgets(found, sizeof found, file) != NULL || *text == '\0';
    fclose(file);
    return read && strcmp(found, text) == 0;
}

static bool exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static void write_stage(const struct stage *stage, const char *name,
                        const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", stage->dir, name);
    write_file(path, text);
}

static void publishes_everything(void **state)
{
    (void)state;
    struct stage stage;
    assert_int_equal(stage_open(&stage, "a/b/out", false), TERRAMIS_OK);
    assert_int_equal(strncmp(stage.dir, "a/b/out/.terramis-", 18), 0);
    assert_int_equal(stage_folder(&stage, "caux"), TERRAMIS_OK);
    write_stage(&stage, "caux/class.tif", "tif");
    write_stage(&stage, "summary.csv", "csv");
    write_stage(&stage, "manifest.json", "{}");
    assert_false(exists("a/b/out/summary.csv")); /* nothing before its time */
    assert_int_equal(stage_publish(&stage), TERRAMIS_OK);
    assert_true(holds("a/b/out/caux/class.tif", "tif"));
    assert_true(holds("a/b/out/summary.csv", "csv"));
    assert_true(holds("a/b/out/manifest.json", "{}"));
    char dir[128];
    snprintf(dir, sizeof dir, "%s", stage.dir);
    stage_close(&stage);
    assert_null(stage.dir);
    assert_false(exists(dir));
}

static void refuses_what_is_there(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("full", 0777);
    write_file("full/manifest.json", "old");
    write_file("full/notes.txt", "mine");
    assert_int_equal(stage_open(&stage, "full", false), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "full: holds results already"));
    assert_non_null(strstr(status_message(), "--overwrite"));
    stage_close(&stage);
    /* a folder with other things in it is no obstacle */
    mkdir("mine", 0777);
    write_file("mine/notes.txt", "mine");
    assert_int_equal(stage_open(&stage, "mine", false), TERRAMIS_OK);
    stage_close(&stage);
    assert_true(holds("mine/notes.txt", "mine"));
}

static void overwrites_its_own_and_leaves_the_rest(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("again", 0777);
    mkdir("again/caux", 0777);
    mkdir("again/lisieux", 0777);
    write_file("again/manifest.json", "old");
    write_file("again/caux/class.tif", "old");
    write_file("again/caux/notes.txt", "mine");
    write_file("again/lisieux/class.tif", "other");
    assert_int_equal(stage_open(&stage, "again", true), TERRAMIS_OK);
    assert_int_equal(stage_folder(&stage, "caux"), TERRAMIS_OK);
    write_stage(&stage, "caux/class.tif", "new");
    write_stage(&stage, "manifest.json", "new");
    assert_true(holds("again/caux/class.tif", "old")); /* untouched until */
    assert_int_equal(stage_publish(&stage), TERRAMIS_OK);
    stage_close(&stage);
    assert_true(holds("again/caux/class.tif", "new"));
    assert_true(holds("again/manifest.json", "new"));
    assert_true(holds("again/caux/notes.txt", "mine"));
    assert_true(holds("again/lisieux/class.tif", "other"));
}

/* The manifest says that the rest is there: it comes last, and not at all
 * where something could not be moved, not even the one of the results that
 * were there. */
static void the_manifest_comes_last(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("blocked", 0777);
    mkdir("blocked/summary.csv", 0777); /* a folder where a file must go */
    write_file("blocked/manifest.json", "old");
    assert_int_equal(stage_open(&stage, "blocked", true), TERRAMIS_OK);
    assert_true(exists("blocked/manifest.json")); /* nothing happened yet */
    write_stage(&stage, "manifest.json", "{}");
    write_stage(&stage, "summary.csv", "csv");
    assert_int_equal(stage_publish(&stage), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "summary.csv: cannot be"));
    assert_false(exists("blocked/manifest.json"));
    stage_close(&stage);
    /* without one nothing is complete */
    assert_int_equal(stage_open(&stage, "without", false), TERRAMIS_OK);
    write_stage(&stage, "summary.csv", "csv");
    assert_int_equal(stage_publish(&stage), TERRAMIS_OUTPUT);
    stage_close(&stage);
}

static void given_up_leaves_nothing(void **state)
{
    (void)state;
    struct stage stage;
    assert_int_equal(stage_open(&stage, "none", false), TERRAMIS_OK);
    assert_int_equal(stage_folder(&stage, "caux"), TERRAMIS_OK);
    write_stage(&stage, "caux/class.tif", "tif");
    assert_int_equal(stage_folder(&stage, "lisieux"), TERRAMIS_OK);
    write_stage(&stage, "lisieux/class.tif", "tif");
    assert_int_equal(stage_remove(&stage, "caux"), TERRAMIS_OK);
    char path[256];
    snprintf(path, sizeof path, "%s/caux", stage.dir);
    assert_false(exists(path));
    snprintf(path, sizeof path, "%s/lisieux/class.tif", stage.dir);
    assert_true(exists(path));
    stage_close(&stage);
    assert_int_equal(rmdir("none"), 0); /* empty */
    stage_close(&stage);                /* again */
}

/* Stages of dead runs are rubbish; those of living ones, and what only looks
 * like one, are not. */
static void stale_stages_are_removed(void **state)
{
    (void)state;
    struct stage stage;
    char dead[64], alive[64];
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    assert_true(child > 0);
    waitpid(child, NULL, 0);
    mkdir("stale", 0777);
    snprintf(dead, sizeof dead, "stale/.terramis-%ld", (long)child);
    snprintf(alive, sizeof alive, "stale/.terramis-%ld", (long)getppid());
    mkdir(dead, 0777);
    mkdir(alive, 0777);
    mkdir("stale/.terramis-notes", 0777);
    mkdir("stale/.terramis-1", 0777); /* alive, though not one's own */
    char inside[128];
    snprintf(inside, sizeof inside, "%s/caux", dead);
    mkdir(inside, 0777);
    strcat(inside, "/class.tif");
    write_file(inside, "half");
    assert_int_equal(stage_open(&stage, "stale", false), TERRAMIS_OK);
    assert_false(exists(dead));
    assert_true(exists(alive));
    assert_true(exists("stale/.terramis-notes"));
    assert_true(exists("stale/.terramis-1"));
    stage_close(&stage);
    assert_true(exists(alive));
    /* one's own, from an earlier process of the same number */
    snprintf(dead, sizeof dead, "stale/.terramis-%ld", (long)getpid());
    mkdir(dead, 0777);
    snprintf(inside, sizeof inside, "%s/class.tif", dead);
    write_file(inside, "half");
    assert_int_equal(stage_open(&stage, "stale", false), TERRAMIS_OK);
    assert_false(exists(inside));
    stage_close(&stage);
}

/* A link in a stage is removed, not followed. */
static void links_are_not_followed(void **state)
{
    (void)state;
    struct stage stage;
    char path[256];
    mkdir("precious", 0777);
    write_file("precious/data", "keep");
    assert_int_equal(stage_open(&stage, "links", false), TERRAMIS_OK);
    snprintf(path, sizeof path, "%s/link", stage.dir);
    assert_int_equal(symlink("../../precious", path), 0);
    stage_close(&stage);
    assert_true(holds("precious/data", "keep"));
    assert_int_equal(rmdir("links"), 0);
}

static void folders_that_cannot_be(void **state)
{
    (void)state;
    struct stage stage;
    write_file("file", "x");
    assert_int_equal(stage_open(&stage, "file", false), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "file"));
    stage_close(&stage);
    assert_int_equal(stage_open(&stage, "file/out", false), TERRAMIS_OUTPUT);
    stage_close(&stage);
    assert_true(holds("file", "x"));
    assert_int_equal(stage_open(&stage, "/dev/null/out", false),
                     TERRAMIS_OUTPUT);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishes_everything),
        cmocka_unit_test(refuses_what_is_there),
        cmocka_unit_test(overwrites_its_own_and_leaves_the_rest),
        cmocka_unit_test(the_manifest_comes_last),
        cmocka_unit_test(given_up_leaves_nothing),
        cmocka_unit_test(stale_stages_are_removed),
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(folders_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
