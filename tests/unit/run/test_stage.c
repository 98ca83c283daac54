#include "unit/run/files.h"

#include <sys/wait.h>

#include "run/stage.h"

static const char *in_stage(const struct stage *stage, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", stage->dir, name);
    return path;
}

static void write_stage(const struct stage *stage, const char *name,
                        const char *text)
{
    write_file(in_stage(stage, name), text);
}

/* A manifest that lists these files, with sums of no matter. */
static void write_manifest(const char *path, const char *const *files)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"outputs\":[", file);
    for (int i = 0; files[i]; i++)
        fprintf(file, "%s{\"path\":\"%s\",\"bytes\":3,\"sha256\":\"%064d\"}",
                i ? "," : "", files[i], 0);
    fputs("]}", file);
    fclose(file);
}

static void publishes_everything(void **state)
{
    (void)state;
    struct stage stage;
    assert_int_equal(stage_open(&stage, "a/b/out/", false, false), 0);
    assert_true(exists("a/b/.out.terramis/lock"));
    assert_int_equal(stage_folder(&stage, "caux"), 0);
    write_stage(&stage, "caux/class.tif", "tif");
    write_stage(&stage, "summary.csv", "csv");
    write_stage(&stage, "manifest.json", "{}");
    assert_false(exists("a/b/out")); /* nothing before its time */
    assert_int_equal(stage_publish(&stage), 0);
    assert_true(holds("a/b/out/caux/class.tif", "tif"));
    assert_true(holds("a/b/out/summary.csv", "csv"));
    assert_true(holds("a/b/out/manifest.json", "{}"));
    stage_close(&stage, false);
    assert_null(stage.dir);
    assert_false(exists("a/b/.out.terramis"));
}

static void refuses_what_is_there(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("full", 0777);
    write_file("full/manifest.json", "old");
    write_file("full/notes.txt", "mine");
    assert_int_equal(stage_open(&stage, "full", false, false), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "full: holds results already"));
    assert_non_null(strstr(status_message(), "--overwrite"));
    stage_close(&stage, false);
    assert_false(exists(".full.terramis"));
    /* a folder with other things in it is no obstacle */
    mkdir("mine", 0777);
    write_file("mine/notes.txt", "mine");
    assert_int_equal(stage_open(&stage, "mine", false, false), 0);
    stage_close(&stage, false);
    assert_true(holds("mine/notes.txt", "mine"));
}

/* What the old manifest lists goes, with what belongs to it; the rest stays,
 * and nothing changes before the new results are complete. */
static void replaces_the_old_and_keeps_the_rest(void **state)
{
    (void)state;
    struct stage stage;
    const char *const old[] = {"caux/class.tif", "lisieux/parcels.gpkg", NULL};
    mkdir("again", 0750);
    mkdir("again/caux", 0777);
    mkdir("again/lisieux", 0777);
    mkdir("again/mine", 0777);
    mkdir("again/mine/empty", 0777);
    write_manifest("again/manifest.json", old);
    write_file("again/caux/class.tif", "old");
    write_file("again/caux/class.tif.bak", "kept");
    write_file("again/caux/class.tif.aux.xml", "statistics of the old one");
    write_file("again/caux/notes.txt", "mine");
    write_file("again/lisieux/parcels.gpkg", "old");
    write_file("again/lisieux/parcels.gpkg-wal", "of the old one");
    write_file("again/mine/map.qgz", "mine");
    assert_int_equal(symlink("/nowhere", "again/link"), 0);
    assert_int_equal(stage_open(&stage, "again", true, false), 0);
    assert_int_equal(stage_folder(&stage, "caux"), 0);
    write_stage(&stage, "caux/class.tif", "new");
    write_stage(&stage, "manifest.json", "new");
    assert_true(holds("again/caux/class.tif", "old"));
    assert_int_equal(stage_publish(&stage), 0);
    stage_close(&stage, false);
    assert_true(holds("again/caux/class.tif", "new"));
    assert_true(holds("again/manifest.json", "new"));
    assert_true(holds("again/caux/notes.txt", "mine"));
    assert_true(holds("again/caux/class.tif.bak", "kept"));
    assert_true(holds("again/mine/map.qgz", "mine"));
    assert_true(exists("again/mine/empty"));
    assert_true(exists("again/link"));
    assert_false(exists("again/caux/class.tif.aux.xml"));
    assert_false(exists("again/lisieux"));
    assert_false(exists(".again.terramis"));
    struct stat info;
    assert_int_equal(stat("again", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0750);
}

/* Without a manifest that can be read, nothing there is known to be ours. */
static void keeps_what_it_does_not_know(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("unknown", 0777);
    write_file("unknown/manifest.json", "half a manif");
    write_file("unknown/a", "a");
    write_file("unknown/b", "b");
    assert_int_equal(stage_open(&stage, "unknown", true, false), 0);
    write_stage(&stage, "b", "new");
    assert_int_equal(stage_publish(&stage), 0);
    stage_close(&stage, false);
    assert_true(holds("unknown/a", "a"));
    assert_true(holds("unknown/b", "new"));
    assert_false(exists("unknown/manifest.json")); /* the new has none */
}

/* Somebody's own file where a result must go: only when told so. */
static void what_is_not_ours_is_not_replaced(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("theirs", 0777);
    mkdir("theirs/private", 0700);
    write_file("theirs/private/key", "mine");
    write_file("theirs/index.html", "mine");
    for (int overwrite = 0; overwrite <= 1; overwrite++) {
        assert_int_equal(stage_open(&stage, "theirs", overwrite == 1, false),
                         0);
        write_stage(&stage, "manifest.json", "{}");
        write_stage(&stage, "index.html", "new");
        assert_int_equal(stage_publish(&stage),
                         overwrite ? TERRAMIS_OK : TERRAMIS_OUTPUT);
        stage_close(&stage, false);
        assert_true(holds("theirs/index.html", overwrite ? "new" : "mine"));
        assert_true(holds("theirs/private/key", "mine"));
        /* closing does not change what is said */
        assert_int_equal(strncmp(status_message(),
                                 "theirs/index.html: was not written", 34) == 0,
                         !overwrite);
        status_clear();
    }
    struct stat info;
    assert_int_equal(stat("theirs/private", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
}

/* A folder where a file must go cannot be kept: nothing is published. */
static void what_cannot_be_kept_stops_it(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("blocked", 0777);
    mkdir("blocked/summary.csv", 0777);
    write_file("blocked/manifest.json", "old");
    assert_int_equal(stage_open(&stage, "blocked", true, false), 0);
    write_stage(&stage, "manifest.json", "{}");
    write_stage(&stage, "summary.csv", "csv");
    assert_int_equal(stage_publish(&stage), TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "blocked/summary.csv: cannot be"));
    assert_true(holds("blocked/manifest.json", "old"));
    stage_close(&stage, false);
    assert_true(exists("blocked/summary.csv"));
    assert_false(exists(".blocked.terramis"));
}

static void given_up_leaves_nothing(void **state)
{
    (void)state;
    struct stage stage;
    assert_int_equal(stage_open(&stage, "none", false, false), 0);
    assert_int_equal(stage_folder(&stage, "caux"), 0);
    write_stage(&stage, "caux/class.tif", "tif");
    assert_int_equal(stage_folder(&stage, "lisieux"), 0);
    write_stage(&stage, "lisieux/class.tif", "tif");
    assert_int_equal(stage_remove(&stage, "caux"), 0);
    assert_int_equal(stage_remove(&stage, "caux"), 0); /* gone already */
    assert_false(exists(in_stage(&stage, "caux")));
    assert_true(exists(in_stage(&stage, "lisieux/class.tif")));
    stage_close(&stage, false);
    assert_false(exists("none"));
    assert_false(exists(".none.terramis"));
    stage_close(&stage, false); /* again */
}

/* Two stages of the same folder: the second is told who has it. */
static void one_run_at_a_time(void **state)
{
    (void)state;
    struct stage stage;
    char process[64];
    assert_int_equal(stage_open(&stage, "one", false, false), 0);
    write_stage(&stage, "mine", "mine");
    pid_t child = fork();
    if (child == 0) {
        struct stage other;
        int status = stage_open(&other, "./one", true, true);
        snprintf(process, sizeof process, "process %ld on ", (long)getppid());
        bool told = strstr(status_message(), process) != NULL &&
                    strstr(status_message(), "another folder") != NULL;
        stage_close(&other, false);
        _exit(status == TERRAMIS_OUTPUT && told ? 0 : 1);
    }
    int result = -1;
    waitpid(child, &result, 0);
    assert_int_equal(result, 0);
    assert_true(holds(in_stage(&stage, "mine"), "mine")); /* not removed */
    stage_close(&stage, false);
}

/* The stage of a run that ended with the process. */
static void leave_a_stage(const char *out, bool journal)
{
    pid_t child = fork();
    if (child == 0) {
        struct stage stage;
        bool fine = stage_open(&stage, out, true, false) == TERRAMIS_OK &&
                    stage_folder(&stage, "caux") == TERRAMIS_OK;
        write_stage(&stage, "caux/class.tif", "half");
        if (journal)
            mkdir(stage.journal, 0777);
        _exit(fine ? 0 : 1);
    }
    int result = -1;
    waitpid(child, &result, 0);
    assert_int_equal(result, 0);
}

static void stages_of_dead_runs_are_removed(void **state)
{
    (void)state;
    struct stage stage;
    leave_a_stage("stale", true);
    assert_true(exists(".stale.terramis/new/caux/class.tif"));
    mkdir(".stale.terramis/old", 0777);
    mkdir(".stale.terramis.notes", 0777); /* somebody's own */
    mkdir("stale", 0777);
    assert_int_equal(stage_open(&stage, "stale", false, false), 0);
    assert_true(exists(".stale.terramis/new"));
    assert_false(exists(".stale.terramis/new/caux"));
    assert_false(exists(".stale.terramis/journal"));
    assert_false(exists(".stale.terramis/old"));
    assert_true(exists(".stale.terramis.notes"));
    stage_close(&stage, false);
    assert_false(exists(".stale.terramis"));
}

static void a_stage_to_go_on_with(void **state)
{
    (void)state;
    struct stage stage;
    const char *const keep[] = {"caux"};
    leave_a_stage("more", true);
    assert_int_equal(stage_open(&stage, "more", false, true), 0);
    assert_true(holds(in_stage(&stage, "caux/class.tif"), "half"));
    write_stage(&stage, "index.html", "half");
    assert_int_equal(stage_sweep(&stage, keep, 1), 0);
    assert_true(exists(in_stage(&stage, "caux/class.tif")));
    assert_false(exists(in_stage(&stage, "index.html")));
    stage_close(&stage, true); /* interrupted once more */
    assert_true(exists(".more.terramis/new/caux/class.tif"));
    assert_false(exists(".more.terramis/lock"));
    assert_int_equal(stage_open(&stage, "more", false, true), 0);
    assert_int_equal(stage_publish(&stage), 0);
    stage_close(&stage, true);
    assert_true(exists("more/caux/class.tif"));
    assert_false(exists("more/.journal"));
    assert_false(exists(".more.terramis"));
    /* without a journal there is nothing to go on with */
    leave_a_stage("less", false);
    assert_int_equal(stage_open(&stage, "less", false, true), 0);
    assert_false(exists(in_stage(&stage, "caux")));
    stage_close(&stage, true);
    assert_false(exists(".less.terramis"));
}

/* Where names cannot be exchanged, a run may end with the old results aside. */
static void results_put_aside_come_back(void **state)
{
    (void)state;
    struct stage stage;
    mkdir(".aside.terramis", 0777);
    mkdir(".aside.terramis/old", 0777);
    write_file(".aside.terramis/old/manifest.json", "{}");
    assert_int_equal(stage_open(&stage, "aside", false, false),
                     TERRAMIS_OUTPUT); /* holds results */
    stage_close(&stage, false);
    assert_true(holds("aside/manifest.json", "{}"));
}

/* A link in a stage, or in its place, is removed and not followed. */
static void links_are_not_followed(void **state)
{
    (void)state;
    struct stage stage;
    mkdir("precious", 0777);
    write_file("precious/data", "keep");
    assert_int_equal(stage_open(&stage, "links", false, false), 0);
    assert_int_equal(symlink("../../precious", in_stage(&stage, "link")), 0);
    stage_close(&stage, false);
    assert_true(holds("precious/data", "keep"));
    mkdir(".links.terramis", 0777);
    assert_int_equal(symlink("../precious", ".links.terramis/new"), 0);
    assert_int_equal(symlink("../precious", ".links.terramis/journal"), 0);
    assert_int_equal(symlink("../precious", ".links.terramis/old"), 0);
    mkdir("links", 0777);
    assert_int_equal(stage_open(&stage, "links", false, false), 0);
    stage_close(&stage, false);
    assert_true(holds("precious/data", "keep"));
    assert_int_equal(symlink("precious", ".links.terramis"), 0);
    assert_int_equal(stage_open(&stage, "links", false, false),
                     TERRAMIS_OUTPUT);
    assert_non_null(strstr(status_message(), "cannot be locked"));
    stage_close(&stage, false);
    assert_false(exists("precious/lock"));
    /* the output folder itself may be a link: its target is replaced */
    assert_int_equal(unlink(".links.terramis"), 0);
    assert_int_equal(symlink("links", "way"), 0);
    assert_int_equal(stage_open(&stage, "way", false, false), 0);
    write_stage(&stage, "manifest.json", "{}");
    assert_int_equal(stage_publish(&stage), 0);
    stage_close(&stage, false);
    assert_true(holds("links/manifest.json", "{}"));
    assert_true(holds("way/manifest.json", "{}"));
}

/* --resume writes beside what it goes on with. */
static void nor_by_what_goes_on(void **state)
{
    (void)state;
    struct stage stage;
    const char *const links[] = {"new/caux/class.tif", "journal/caux.sums",
                                 "new/other"};
    mkdir("valued", 0777);
    write_file("valued/data", "keep");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        char path[128];
        leave_a_stage("on", true);
        snprintf(path, sizeof path, ".on.terramis/%s", links[i]);
        unlink(path);
        assert_int_equal(symlink("/valued/data", path), 0);
        assert_int_equal(stage_open(&stage, "on", false, true), 0);
        assert_false(exists(in_stage(&stage, "caux")));
        stage_close(&stage, false);
        assert_true(holds("valued/data", "keep"));
    }
}

static void folders_that_cannot_be(void **state)
{
    (void)state;
    struct stage stage;
    const char *const outs[] = {"file", "file/out", "/dev/null/out", ".",
                                "/",    "..",       "dangling",      "/proc",
                                "",     "new/..",   "newer/x/../.."};
    write_file("file", "x");
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++) {
        assert_int_equal(stage_open(&stage, outs[i], false, false),
                         TERRAMIS_OUTPUT);
        assert_ptr_equal(strstr(status_message(), outs[i]), status_message());
        stage_close(&stage, false);
    }
    assert_true(holds("file", "x"));
    /* the folder itself, in other words */
    assert_int_equal(stage_open(&stage, "newer/.", false, false), 0);
    write_stage(&stage, "manifest.json", "{}");
    assert_int_equal(stage_publish(&stage), 0);
    stage_close(&stage, false);
    assert_true(holds("newer/manifest.json", "{}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishes_everything),
        cmocka_unit_test(refuses_what_is_there),
        cmocka_unit_test(replaces_the_old_and_keeps_the_rest),
        cmocka_unit_test(keeps_what_it_does_not_know),
        cmocka_unit_test(what_is_not_ours_is_not_replaced),
        cmocka_unit_test(what_cannot_be_kept_stops_it),
        cmocka_unit_test(given_up_leaves_nothing),
        cmocka_unit_test(one_run_at_a_time),
        cmocka_unit_test(stages_of_dead_runs_are_removed),
        cmocka_unit_test(a_stage_to_go_on_with),
        cmocka_unit_test(results_put_aside_come_back),
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(nor_by_what_goes_on),
        cmocka_unit_test(folders_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
