/* Tiles of the project of unit/plan/project.h, 4 x 3 of 128 cells, kept after
 * each tile and gone on with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "param/json.h"
#include "run/checkpoint.h"
#include "run/record.h"
#include "unit/plan/project.h"

enum {
    SIDE = 128,
    NX = 400,
    NY = 300,
    CELLS = NX * NY,
    TILES = 12
};

/* A run of one territory, as in run.c. */
struct bench {
    struct scratch *scratch;
    struct small_project p;
    struct project project; /* without inputs: they never change */
    struct terramis_options options;
    struct stage stage;
    struct journal journal;
    struct checkpoint checkpoint;
    struct rasters rasters;
    char date[16];
    size_t stop_at; /* tiles after which it is interrupted; 0: none */
    bool for_good;  /* as by a signal: for the whole process, for ever */
    size_t first, computed;
    char *sums;
    size_t sums_size;
    unsigned char cells[RASTER_COUNT][CELLS];
};

static enum terramis_status begin(void *data, struct analysis *analysis,
                                  size_t *first)
{
    struct bench *b = data;
    enum terramis_status status =
        checkpoint_begin(&b->checkpoint, &b->rasters, analysis, first);
    b->first = *first;
    return status;
}

static enum terramis_status write_tile(void *data,
                                       const struct analysis *analysis,
                                       size_t tile,
                                       const struct tile_result *result)
{
    struct bench *b = data;
    assert_int_equal(tile, b->first + b->computed++);
    TRY(rasters_write(&b->rasters, result));
    TRY(checkpoint_tile(&b->checkpoint, analysis, tile, result->blank));
    if (b->for_good && tile + 1 == b->stop_at)
        terramis_interrupt();
    return tile + 1 == b->stop_at
               ? status_set(TERRAMIS_INTERRUPTED, "interrupted")
               : TERRAMIS_OK;
}

/* What a whole run gives. */
static enum terramis_status keep(struct bench *b,
                                 const struct analysis *analysis)
{
    FILE *stream = open_memstream(&b->sums, &b->sums_size);
    assert_non_null(stream);
    analysis_keep(analysis, stream);
    assert_int_equal(fclose(stream), 0);
    for (int i = 0; i < RASTER_COUNT; i++)
        TRY(rasters_read(&b->rasters, i, (struct window){0, 0, NX, NY},
                         b->cells[i]));
    return TERRAMIS_OK;
}

static enum terramis_status tiles(struct bench *b, int threads, int side)
{
    struct plan *plan = &b->p.plan;
    const struct territory *t = &plan->territories[0];
    const struct analysis_sink sink = {
        .write = write_tile, .data = b, .begin = begin};
    struct analysis analysis = {0};
    struct grid grid;
    struct text dir = {0};
    TRY(analysis_grid(plan, t, &grid));
    assert_int_equal(grid.nx * grid.ny, CELLS);
    TRY(checkpoint_open(&b->checkpoint, &b->journal, "t", side, b->date));
    if (!*b->date)
        strcpy(b->date, b->options.resume ? "2027-01-01" : "2026-11-30");
    TRY(stage_folder(&b->stage, "t"));
    text_addf(&dir, "%s/t", b->stage.dir);
    enum terramis_status status =
        rasters_open(&b->rasters, plan, &grid, text_get(&dir));
    if (status == TERRAMIS_OK)
        status = analysis_run(&analysis, plan, t, threads, side, sink);
    if (status == TERRAMIS_INTERRUPTED)
        checkpoint_last(&b->checkpoint, &analysis);
    if (status == TERRAMIS_OK)
        status = keep(b, &analysis);
    text_release(&dir);
    analysis_release(&analysis);
    return status;
}

/* A run, with --resume or not, into out; then the process "ends". */
static enum terramis_status run(struct bench *b, bool resume, int threads,
                                int side)
{
    b->options.resume = resume;
    b->first = b->computed = 0;
    b->date[0] = '\0';
    b->journal =
        (struct journal){.stage = &b->stage,
                         .project = &b->project,
                         .options = &b->options,
                         .key = {.sha256 = "the key of program and inputs"},
                         .keyed = true};
    assert_int_equal(
        stage_open(&b->stage, scratch_path(b->scratch, "out"), false, resume),
        TERRAMIS_OK);
    enum terramis_status status = tiles(b, threads, side);
    checkpoint_release(&b->checkpoint);
    rasters_cancel(&b->rasters);
    journal_release(&b->journal);
    stage_close(&b->stage, status == TERRAMIS_INTERRUPTED);
    return status;
}

/* One that is interrupted after so many tiles. */
static void interrupted(struct bench *b, bool resume, size_t stop_at)
{
    b->stop_at = stop_at;
    assert_int_equal(run(b, resume, 2, SIDE), TERRAMIS_INTERRUPTED);
    b->stop_at = 0;
}

/* A shell command in the folder of `out`. */
static void shell(struct bench *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void shell(struct bench *b, const char *format, ...)
{
    struct text command = {0};
    va_list args;
    text_addf(&command, "cd '%s' && ", b->scratch->dir);
    va_start(args, format);
    text_addv(&command, format, args);
    va_end(args);
    assert_int_equal(system(text_get(&command)), 0);
    text_release(&command);
}

static struct bench *opened(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    die_unless(b != NULL, "memory");
    b->scratch = *state;
    b->options.checkpoint = 1e-9; /* after each tile */
    die_unless(!project_read(&b->p, *state, NULL, NULL) &&
                   !plan_open(&b->p.plan, &b->p.config, 1, 2),
               "project");
    return b;
}

static void closed(struct bench *b)
{
    project_close(&b->p);
    free(b->sums);
    free(b);
}

static const char *kept(struct bench *b, const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/.out.terramis/journal/t/%s",
             b->scratch->dir, name);
    return path;
}

static bool exists(struct bench *b, const char *name)
{
    struct stat info;
    return lstat(kept(b, name), &info) == 0;
}

/* The reference, of a run in one go, and what later ones are held against. */
static struct bench *whole;

static void is_whole(struct bench *b)
{
    assert_int_equal(b->first + b->computed, TILES);
    assert_int_equal(b->sums_size, whole->sums_size);
    assert_memory_equal(b->sums, whole->sums, whole->sums_size);
    assert_memory_equal(b->cells, whole->cells, sizeof whole->cells);
    free(b->sums);
    b->sums = NULL;
    memset(b->cells, 77, sizeof b->cells);
}

static void goes_on_after_any_tile(void **state)
{
    struct bench *b = opened(state);
    for (size_t stop_at = 1; stop_at <= TILES; stop_at += 4 + stop_at / 5) {
        char name[32];
        interrupted(b, false, stop_at);
        snprintf(name, sizeof name, "%zu.sums", stop_at - 1);
        assert_true(exists(b, name) && exists(b, "tiles.json"));
        snprintf(name, sizeof name, "%zu.sums", stop_at - 2);
        assert_false(exists(b, name)); /* of no use any more */
        assert_int_equal(run(b, true, (int)stop_at % 4 + 1, SIDE), TERRAMIS_OK);
        assert_int_equal(b->first, stop_at);
        assert_string_equal(b->date, "2026-11-30");
        is_whole(b);
    }
    closed(b);
}

static void again_and_again(void **state)
{
    struct bench *b = opened(state);
    interrupted(b, false, 2);
    interrupted(b, true, 5);
    assert_int_equal(b->first, 2);
    interrupted(b, true, 6);
    assert_int_equal(b->first, 5);
    assert_int_equal(run(b, true, 1, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, 6);
    is_whole(b);
    closed(b);
}

/* Several tiles in a part, as the clock has it. */
static void parts_of_several_tiles(void **state)
{
    struct bench *b = opened(state);
    b->options.checkpoint = 1e6;
    interrupted(b, false, 3);
    assert_false(exists(b, ""));
    b->options.checkpoint = 0; /* 10 s: longer than all this takes */
    interrupted(b, false, 3);
    assert_false(exists(b, ""));
    b->options.checkpoint = 1e-9;
    interrupted(b, false, 1);
    b->options.checkpoint = 1e6;
    interrupted(b, true, TILES); /* the last tile is worth one at any time */
    assert_true(exists(b, "1.cells") && !exists(b, "2.cells"));
    assert_int_equal(run(b, true, 1, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, TILES);
    is_whole(b);
    closed(b);
}

/* One is not due, but there were some: what came since is kept. */
static void an_interrupt_keeps_the_last_tiles(void **state)
{
    struct bench *b = opened(state);
    int code;
    interrupted(b, false, 1);
    b->options.checkpoint = 1e6;
    interrupted(b, true, 4);
    assert_int_equal(b->first, 1);
    pid_t child = fork();
    if (child == 0) {
        b->for_good = true;
        b->stop_at = 6;
        _exit(run(b, true, 2, SIDE));
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code));
    assert_int_equal(WEXITSTATUS(code), TERRAMIS_INTERRUPTED);
    assert_int_equal(run(b, true, 1, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, 6);
    is_whole(b);
    closed(b);
}

static void not_without_resume(void **state)
{
    struct bench *b = opened(state);
    interrupted(b, false, 5);
    assert_int_equal(run(b, false, 2, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, 0);
    is_whole(b);
    closed(b);
}

/* What is done to the files of an interrupted run, in their folder, makes the
 * next one begin anew. */
static void what_is_in_doubt_is_computed(void **state)
{
    static const char *const damages[] = {
        "truncate -s -1 1.cells",
        "printf x | dd of=1.cells bs=1 seek=45 conv=notrunc 2>dd.log",
        "rm 1.cells",
        "mv 1.cells own; ln -s own 1.cells",
        "rm 2.sums",
        "printf x | dd of=2.sums bs=1 seek=99 conv=notrunc 2>dd.log",
        "truncate -s 200 tiles.json",
        "sed -i 's/key of/key from/' tiles.json",
        "sed -i '/\"date\"/s/2026/26/' tiles.json",
        "sed -i 's/\"tiles\":3/\"tiles\":0/' tiles.json",
        "sed -i 's/\"tiles\":3/\"tiles\":13/' tiles.json",
        "sed -i 's/\"tiles\":3/\"tiles\":2/' tiles.json",
        "sed -i 's/\"tiles\":3/\"tiles\":4/' tiles.json",
        "sed -i 's/11-30/11-29/' tiles.json",
        "sed -i '/\"seal\"/s/:\"./:\"x/' tiles.json",
        "sed -i 's/\"tile\":128/\"tile\":256/' tiles.json",
        "sed -z -i 's/,[^{]*{[^}]*1.cells[^}]*}//' tiles.json",
        "sed -z -i 's/,[^{]*{[^}]*2.sums[^}]*}//' tiles.json",
        "sed -z -i 's/\"outputs\":[^]]*]/\"outputs\":[]/' tiles.json"};
    struct bench *b = opened(state);
    interrupted(b, false, 3);
    b->options.checkpoint = 1e6;
    shell(b, "mv .out.terramis saved");
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        shell(b,
              "rm -rf .out.terramis && cp -a saved .out.terramis && "
              "cd .out.terramis/journal/t && %s",
              damages[i]);
        b->stop_at = 1;
        enum terramis_status status = run(b, true, 2, SIDE);
        if (b->first != 0)
            print_error("%s\n", damages[i]);
        assert_int_equal(b->first, 0);
        assert_int_equal(status, TERRAMIS_INTERRUPTED);
        assert_false(exists(b, "")); /* it is gone */
    }
    shell(b, "rm -rf .out.terramis && mv saved .out.terramis");
    b->stop_at = 0;
    assert_int_equal(run(b, true, 2, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, 3);
    is_whole(b);
    closed(b);
}

static void other_tiles_begin_anew(void **state)
{
    struct bench *b = opened(state);
    interrupted(b, false, 5);
    assert_int_equal(run(b, true, 2, 2 * SIDE), TERRAMIS_OK);
    assert_true(b->first == 0 && b->computed == 4);
    b->computed = TILES;
    is_whole(b);
    closed(b);
}

/* Makes the record fit 0.cells as it is. */
static void forge(struct bench *b)
{
    struct json_object *root = json_object_from_file(kept(b, "tiles.json"));
    struct json_object *first =
        json_object_array_get_idx(json_get(root, "outputs"), 0);
    struct digest digest;
    bool broken = false;
    assert_int_equal(digest_file(kept(b, "0.cells"), &digest), TERRAMIS_OK);
    json_put(first, "bytes", json_object_new_int64(digest.bytes), &broken);
    json_put(first, "sha256", json_object_new_string(digest.sha256), &broken);
    json_object_object_del(root, "seal");
    assert_false(broken);
    assert_int_equal(record_save(kept(b, "tiles.json"), root), TERRAMIS_OK);
    json_object_put(root);
}

/* Cells that cannot be, though their digest is right: an error, no guess. */
static void damaged_with_a_right_digest(void **state)
{
    static const char *const damages[] = {
        "printf 123 >>0.cells",   /* half a heading */
        "truncate -s -1 0.cells", /* half a raster */
        "printf '\\377' | dd of=0.cells bs=1 conv=notrunc 2>dd.log", /* tile */
        "printf '\\377' | dd of=0.cells bs=1 seek=15 conv=notrunc 2>dd.log",
        "printf '\\377\\377' | dd of=0.cells bs=1 seek=40 conv=notrunc "
        "2>dd.log"};
    struct bench *b = opened(state);
    interrupted(b, false, 2);
    shell(b, "mv .out.terramis saved");
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        shell(b,
              "rm -rf .out.terramis && cp -a saved .out.terramis && "
              "cd .out.terramis/journal/t && %s",
              damages[i]);
        forge(b);
        if (run(b, true, 2, SIDE) != TERRAMIS_OUTPUT ||
            !strstr(status_message(), "0.cells: it is damaged"))
            print_error("%s: %s\n", damages[i], status_message());
        assert_non_null(strstr(status_message(), "0.cells: it is damaged"));
    }
    shell(b, "rm -rf saved");
    closed(b);
}

/* Where it cannot be written the run goes on without. */
static void no_place_for_it(void **state)
{
    struct bench *b = opened(state);
    interrupted(b, false, 3);
    /* the next part's file cannot be made */
    assert_int_equal(mkdir(kept(b, "3.cells.part"), 0777), 0);
    b->stop_at = 6;
    assert_int_equal(run(b, true, 2, SIDE), TERRAMIS_INTERRUPTED);
    assert_int_equal(b->first, 3);
    assert_false(exists(b, "")); /* room for the results */
    b->stop_at = 0;
    assert_int_equal(run(b, true, 2, SIDE), TERRAMIS_OK);
    assert_int_equal(b->first, 0);
    is_whole(b);
    closed(b);
}

static int set_up(void **state)
{
    log_setup(true, false);
    project_set_up(state);
    whole = opened(state);
    whole->options.checkpoint = 1e6;
    die_unless(run(whole, false, 1, SIDE) == TERRAMIS_OK, status_message());
    return 0;
}

static int remove_all(void **state)
{
    struct scratch *s = *state;
    char command[128];
    closed(whole);
    snprintf(command, sizeof command, "rm -rf '%.63s'", s->dir);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on_after_any_tile),
        cmocka_unit_test(again_and_again),
        cmocka_unit_test(parts_of_several_tiles),
        cmocka_unit_test(an_interrupt_keeps_the_last_tiles),
        cmocka_unit_test(not_without_resume),
        cmocka_unit_test(what_is_in_doubt_is_computed),
        cmocka_unit_test(other_tiles_begin_anew),
        cmocka_unit_test(damaged_with_a_right_digest),
        cmocka_unit_test(no_place_for_it),
    };
    return cmocka_run_group_tests(tests, set_up, remove_all);
}
