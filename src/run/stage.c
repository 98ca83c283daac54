#include "run/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/event.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/file_list.h"
#include "output/manifest.h"
#include "run/batch.h"
#include "run/keep.h"
#include "run/swap.h"
#include "run/tree.h"

/* What is in the hidden folder; `old` only where names cannot be exchanged. */
static const char stage_name[] = "new", journal_name[] = "journal",
                  sums_name[] = "sums", old_name[] = "old";

static enum terramis_status problem(const char *path, const char *what)
{
    return status_set(TERRAMIS_OUTPUT, "%s: %s: %s", path, what,
                      strerror(errno));
}

static enum terramis_status join(char **path, const char *folder,
                                 const char *name)
{
    struct text text = {0};
    text_addf(&text, "%s/%s", folder, name);
    return text_take(&text, path);
}

static enum terramis_status make_folder(const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return TERRAMIS_OK;
    return problem(path, _("cannot make this folder"));
}

enum terramis_status stage_make_folders(const char *path)
{
    char *copy = NULL;
    TRY(mem_copy_text(&copy, path));
    enum terramis_status status = TERRAMIS_OK;
    for (char *c = copy; *c && status == TERRAMIS_OK; c++)
        if (*c == '/' && c > copy) {
            *c = '\0';
            status = make_folder(copy);
            *c = '/';
        }
    if (status == TERRAMIS_OK)
        status = make_folder(copy);
    free(copy);
    return status;
}

enum terramis_status stage_sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum terramis_status status =
        folder >= 0 && (fsync(folder) == 0 || errno == EINVAL)
            ? TERRAMIS_OK
            : problem(path, _("cannot be written to the disk"));
    if (folder >= 0)
        close(folder);
    return status;
}

/* ---- where the output folder is, and what is beside it */

/* Of a folder that is not there yet: that of the one above, which is made. Of
 * "new/." and "new/.." that is all: they are there then. */
static enum terramis_status resolve_new(struct stage *stage)
{
    char *copy = NULL, *other = NULL, *above = NULL;
    enum terramis_status status = mem_copy_text(&copy, stage->shown);
    if (status == TERRAMIS_OK)
        status = mem_copy_text(&other, stage->shown);
    const char *parent = copy ? dirname(copy) : NULL;
    if (status == TERRAMIS_OK)
        status = stage_make_folders(parent);
    if (status == TERRAMIS_OK && !(above = realpath(parent, NULL)))
        status = problem(stage->shown, _("cannot make this folder"));
    if (status == TERRAMIS_OK && !(stage->out = realpath(stage->shown, NULL)))
        status = join(&stage->out, strcmp(above, "/") == 0 ? "" : above,
                      basename(other));
    free(above);
    free(other);
    free(copy);
    return status;
}

/* What is there must be a folder whose place another can take. */
static enum terramis_status check_there(const struct stage *stage)
{
    struct stat info;
    if (stat(stage->out, &info) != 0)
        return TERRAMIS_OK;
    if (!S_ISDIR(info.st_mode)) {
        errno = ENOTDIR;
        return problem(stage->shown, _("cannot make this folder"));
    }
    const char *obstacle = swap_obstacle(stage->out);
    if (!obstacle)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: this folder cannot be replaced as a whole: %s. "
                        "Give a folder in it: --out %s/out"),
                      stage->shown, obstacle, stage->shown);
}

static enum terramis_status resolve(struct stage *stage)
{
    struct stat info;
    stage->out = realpath(stage->shown, NULL);
    if (!stage->out && (errno != ENOENT || !*stage->shown))
        return problem(stage->shown, _("cannot make this folder"));
    if (!stage->out && lstat(stage->shown, &info) == 0)
        return problem(stage->shown, _("a link to nothing"));
    if (!stage->out)
        TRY(resolve_new(stage));
    return check_there(stage);
}

/* PARENT/.NAME.terramis and what is in it. */
static enum terramis_status name_places(struct stage *stage)
{
    struct text home = {0};
    const char *slash = strrchr(stage->out, '/');
    text_addf(&home, "%.*s/.%s.terramis", (int)(slash - stage->out), stage->out,
              slash + 1);
    TRY(text_take(&home, &stage->home));
    TRY(join(&stage->journal, stage->home, journal_name));
    TRY(join(&stage->sums, stage->home, sums_name));
    return join(&stage->dir, stage->home, stage_name);
}

static enum terramis_status remove_home(const struct stage *stage,
                                        const char *name)
{
    char *shown = NULL;
    TRY(join(&shown, stage->home, name));
    enum terramis_status status = tree_remove(stage->lock.folder, name, shown);
    free(shown);
    return status;
}

static enum terramis_status repair(const struct stage *stage)
{
    char *old = NULL;
    TRY(join(&old, stage->home, old_name));
    enum terramis_status status = swap_repair(stage->out, old);
    free(old);
    return status;
}

static enum terramis_status is_there(const struct stage *stage,
                                     const char *name, bool *there)
{
    char *path = NULL;
    TRY(join(&path, stage->out, name));
    *there = access(path, F_OK) == 0;
    free(path);
    return TERRAMIS_OK;
}

/* A folder has the results of one project, or folders of several. */
static enum terramis_status refuse_results(const struct stage *stage,
                                           bool overwrite)
{
    bool several, results;
    TRY(is_there(stage, BATCH_NAME, &several));
    TRY(is_there(stage, MANIFEST_NAME, &results));
    if (several)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: holds the results of several projects. Give "
                            "another folder with --out"),
                          stage->shown);
    if (!results || overwrite)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_OUTPUT,
                      _("%s: holds results already. Give --overwrite to "
                        "replace them, or another folder with --out"),
                      stage->shown);
}

/* Under the lock: what is there, dead runs left. */
static enum terramis_status clean(const struct stage *stage, bool resume)
{
    bool journal = access(stage->journal, F_OK) == 0;
    TRY(remove_home(stage, old_name));
    TRY(remove_home(stage, sums_name));
    TRY(remove_home(stage, "sums.part"));
    bool plain = true; /* nothing is written through a link */
    if (resume && journal)
        TRY(tree_plain(stage->lock.folder, ".", stage->home, &plain));
    if (resume && journal && plain)
        return TERRAMIS_OK;
    if (resume && journal)
        log_line(LOG_NOTE,
                 _("%s: an interrupted run is thrown away: a link or pipe is "
                   "in what it left"),
                 stage->shown);
    else if (journal)
        log_line(LOG_NOTE,
                 _("%s: an interrupted run is thrown away; --resume would have "
                   "gone on with it"),
                 stage->shown);
    TRY(remove_home(stage, journal_name));
    return remove_home(stage, stage_name);
}

enum terramis_status stage_open(struct stage *stage, const char *out,
                                bool overwrite, bool resume)
{
    *stage =
        (struct stage){.shown = out, .overwrite = overwrite, .lock = LOCK_NONE};
    TRY(resolve(stage));
    TRY(name_places(stage));
    TRY(lock_take(&stage->lock, stage->home, out));
    TRY(repair(stage));
    TRY(refuse_results(stage, overwrite));
    TRY(clean(stage, resume));
    return make_folder(stage->dir);
}

/* ---- folders in the stage */

enum terramis_status stage_remove(const struct stage *stage, const char *name)
{
    int dir = open(stage->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return problem(stage->dir, _("cannot read this folder"));
    enum terramis_status status = tree_remove(dir, name, name);
    close(dir);
    return status;
}

enum terramis_status stage_folder(const struct stage *stage, const char *name)
{
    char *path = NULL;
    TRY(stage_remove(stage, name));
    TRY(join(&path, stage->dir, name));
    enum terramis_status status = make_folder(path);
    free(path);
    return status;
}

enum terramis_status stage_sweep(const struct stage *stage,
                                 const char *const *names, size_t count)
{
    return tree_sweep(stage->lock.folder, stage_name, stage->dir, names, count);
}

/* ---- publishing */

static enum terramis_status swap(const struct stage *stage)
{
    char *old = NULL, *above = NULL;
    enum terramis_status status = join(&old, stage->home, old_name);
    if (status == TERRAMIS_OK)
        status = swap_folders(stage->dir, stage->out, old, true);
    if (status == TERRAMIS_OK)
        status = join(&above, stage->home, "..");
    if (status == TERRAMIS_OK)
        status = stage_sync_folder(above);
    if (status == TERRAMIS_OK)
        status = stage_sync_folder(stage->home);
    free(above);
    free(old);
    return status;
}

/* The files that are in their place now. */
static enum terramis_status tell_files(const struct stage *stage,
                                       const struct file_list *files)
{
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < files->count && status == TERRAMIS_OK; i++) {
        char *path = NULL;
        status = join(&path, stage->shown, files->items[i]);
        if (status == TERRAMIS_OK)
            event_texts("file", "path", path);
        free(path);
    }
    return status;
}

static enum terramis_status put_in_place(const struct stage *stage)
{
    TRY(keep_others(stage->out, stage->dir, stage->shown, stage->overwrite));
    TRY(tree_sync(stage->lock.folder, stage_name, stage->dir));
    /* from here on the stage may be the old results, no run to go on with */
    TRY(remove_home(stage, journal_name));
    TRY(stage_sync_folder(stage->home));
    return swap(stage);
}

enum terramis_status stage_publish(struct stage *stage)
{
    struct file_list files;
    enum terramis_status status = file_list_read(stage->dir, &files);
    if (status == TERRAMIS_OK)
        status = put_in_place(stage);
    if (status == TERRAMIS_OK)
        status = tell_files(stage, &files);
    file_list_release(&files);
    return status;
}

/* Twice: where there was no memory a moment ago there may be some now. */
static void remove_surely(const struct stage *stage, const char *name)
{
    if (remove_home(stage, name) != TERRAMIS_OK)
        (void)remove_home(stage, name);
}

/* What cannot be removed now, the next run will name: the message stays that of
 * the run. */
static void empty(const struct stage *stage, bool keep)
{
    char *said = strdup(status_message());
    if (!keep) {
        remove_surely(stage, journal_name);
        remove_surely(stage, stage_name);
        if (repair(stage) == TERRAMIS_OK) /* else it is the only one */
            remove_surely(stage, old_name);
    }
    remove_surely(stage, sums_name);
    if (said)
        status_say("%s", said);
    free(said);
}

void stage_close(struct stage *stage, bool interrupted)
{
    bool locked = stage->journal && stage->lock.folder >= 0;
    if (locked)
        empty(stage, interrupted && access(stage->journal, F_OK) == 0);
    if (stage->home)
        lock_release(&stage->lock, stage->home);
    free(stage->journal);
    free(stage->sums);
    free(stage->dir);
    free(stage->home);
    free(stage->out);
    *stage = (struct stage){.lock = LOCK_NONE};
}
