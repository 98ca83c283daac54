#include "run/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/pool.h"
#include "base/text.h"

static enum terramis_status problem(const char *path, const char *what)
{
    return status_set(TERRAMIS_OUTPUT, "%s: %s: %s", path, what,
                      strerror(errno));
}

static int open_folder(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* A folder whose entries are looked at one by one. */
struct visit {
    int folder;        /* in which the entry is */
    const char *name;  /* of the entry */
    const char *shown; /* its path, for messages */
    void *data;
};

typedef enum terramis_status visitor(const struct visit *visit);

static enum terramis_status visit_entry(int folder, const char *name,
                                        const char *shown, visitor *each,
                                        void *data)
{
    struct text path = {0};
    text_addf(&path, "%s%s%s", shown, *shown ? "/" : "", name);
    struct visit visit = {folder, name, text_get(&path), data};
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = each(&visit);
    text_release(&path);
    return status;
}

/* Calls `each` for the entries of a folder, in no order; ends at the first
 * failure. `folder` stays open. */
static enum terramis_status for_entries(int folder, const char *shown,
                                        visitor *each, void *data)
{
    int copy = open_folder(folder, ".");
    DIR *stream = copy >= 0 ? fdopendir(copy) : NULL;
    if (!stream) {
        enum terramis_status status =
            problem(shown, _("cannot read this folder"));
        if (copy >= 0)
            close(copy);
        return status;
    }
    enum terramis_status status = TERRAMIS_OK;
    const struct dirent *e;
    errno = 0;
    // cppcheck-suppress readdirCalled ; safe on a stream of one's own
    while (status == TERRAMIS_OK && (e = readdir(stream))) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            status = visit_entry(folder, e->d_name, shown, each, data);
        errno = 0;
    }
    if (status == TERRAMIS_OK && errno != 0)
        status = problem(shown, _("cannot read this folder"));
    closedir(stream);
    return status;
}

/* ---- removing */

/* To remove what is in it: it may have got the mode of a folder that was
 * protected. */
static int open_to_empty(int at, const char *name)
{
    int folder = open_folder(at, name);
    if (folder < 0 && errno == EACCES && fchmodat(at, name, 0700, 0) == 0)
        folder = open_folder(at, name);
    if (folder >= 0)
        (void)fchmod(folder, 0700);
    return folder;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status remove_visited(const struct visit *visit)
{
    return tree_remove(visit->folder, visit->name, visit->shown);
}

enum terramis_status tree_remove(int at, const char *name, const char *shown)
{
    int folder = open_to_empty(at, name);
    if (folder < 0) {
        bool gone = errno == ENOENT || unlinkat(at, name, 0) == 0;
        return gone || errno == ENOENT ? TERRAMIS_OK
                                       : problem(shown, _("cannot be removed"));
    }
    enum terramis_status status =
        for_entries(folder, shown, remove_visited, NULL);
    close(folder);
    TRY(status);
    if (unlinkat(at, name, AT_REMOVEDIR) != 0)
        return problem(shown, _("cannot be removed"));
    return TERRAMIS_OK;
}

struct sweep {
    const char *const *names;
    size_t count;
};

static enum terramis_status sweep_visited(const struct visit *visit)
{
    const struct sweep *sweep = visit->data;
    for (size_t i = 0; i < sweep->count; i++)
        if (strcmp(sweep->names[i], visit->name) == 0)
            return TERRAMIS_OK;
    return remove_visited(visit);
}

enum terramis_status tree_sweep(int at, const char *name, const char *shown,
                                const char *const *names, size_t count)
{
    struct sweep sweep = {names, count};
    int folder = open_folder(at, name);
    if (folder < 0)
        return problem(shown, _("cannot read this folder"));
    enum terramis_status status =
        for_entries(folder, shown, sweep_visited, &sweep);
    close(folder);
    return status;
}

/* ---- looking */

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status plain_visited(const struct visit *visit)
{
    struct stat info;
    bool *plain = visit->data;
    if (fstatat(visit->folder, visit->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return problem(visit->shown, _("cannot be read"));
    if (S_ISDIR(info.st_mode))
        return tree_plain(visit->folder, visit->name, visit->shown, plain);
    *plain = *plain && S_ISREG(info.st_mode);
    return TERRAMIS_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
enum terramis_status tree_plain(int at, const char *name, const char *shown,
                                bool *plain)
{
    int folder = open_folder(at, name);
    if (folder < 0)
        return problem(shown, _("cannot read this folder"));
    enum terramis_status status =
        for_entries(folder, shown, plain_visited, plain);
    close(folder);
    return status;
}

/* ---- syncing */

enum {
    SYNC_MOST = 32 /* at a time */
};

struct sync_entry {
    int file;
    char *shown;
};

/* Open files and folders that wait for the disk. Each fsync() waits until the
 * disk has emptied its cache, changed or not: several at a time wait for the
 * same. */
struct syncing {
    struct sync_entry entries[SYNC_MOST];
    size_t count;
};

static enum terramis_status sync_entry(void *data, void *worker, size_t i,
                                       void *result)
{
    const struct sync_entry *entry =
        &((const struct syncing *)data)->entries[i];
    (void)worker;
    (void)result;
    return fsync(entry->file) == 0 || errno == EINVAL || errno == ENOTSUP
               ? TERRAMIS_OK
               : problem(entry->shown, _("cannot be written to the disk"));
}

/* Hands over what waits, unless something failed before, and closes it. */
static enum terramis_status sync_all(struct syncing *syncing,
                                     enum terramis_status status)
{
    if (status == TERRAMIS_OK && syncing->count > 0)
        status = pool_run(&(struct pool_job){.tiles = syncing->count,
                                             .threads = (int)syncing->count,
                                             .result_size = 1,
                                             .data = syncing,
                                             .work = sync_entry});
    for (size_t i = 0; i < syncing->count; i++) {
        close(syncing->entries[i].file);
        free(syncing->entries[i].shown);
    }
    syncing->count = 0;
    return status;
}

/* Takes over `file`. */
static enum terramis_status sync_later(struct syncing *syncing, int file,
                                       const char *shown)
{
    struct sync_entry *entry = &syncing->entries[syncing->count++];
    *entry = (struct sync_entry){file, NULL};
    TRY(mem_copy_text(&entry->shown, shown));
    return syncing->count < SYNC_MOST ? TERRAMIS_OK
                                      : sync_all(syncing, TERRAMIS_OK);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status sync_visited(const struct visit *visit)
{
    struct stat info;
    int file = openat(visit->folder, visit->name,
                      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return errno == ELOOP ? TERRAMIS_OK /* a link has no bytes */
                              : problem(visit->shown, _("cannot be opened"));
    enum terramis_status status = TERRAMIS_OK;
    if (fstat(file, &info) != 0)
        status = problem(visit->shown, _("cannot be written to the disk"));
    else if (S_ISDIR(info.st_mode))
        status = for_entries(file, visit->shown, sync_visited, visit->data);
    if (status == TERRAMIS_OK)
        return sync_later(visit->data, file, visit->shown);
    close(file);
    return status;
}

enum terramis_status tree_sync(int at, const char *name, const char *shown)
{
    struct syncing syncing = {.count = 0};
    const struct visit top = {at, name, shown, &syncing};
    return sync_all(&syncing, sync_visited(&top));
}

/* ---- keeping */

struct keeping {
    int to;
    const char *top; /* shown for the tree */
    bool replace;
    tree_drops *drops;
    const void *data;
    size_t seen, kept; /* entries of this folder */
};

static enum terramis_status cannot_keep(const struct keeping *k,
                                        const struct visit *visit)
{
    return status_set(TERRAMIS_OUTPUT,
                      _("%s/%s: cannot be kept beside the new results: %s. "
                        "Move it elsewhere"),
                      k->top, visit->shown, strerror(errno));
}

/* Before the mode: a change of the owner takes from it. Others than root may at
 * most give a folder to another of their groups. */
static bool keep_rights(int from, int to)
{
    struct stat info;
    if (fstat(from, &info) != 0)
        return false;
    if (fchown(to, info.st_uid, info.st_gid) != 0)
        (void)!fchown(to, (uid_t)-1, info.st_gid);
    return fchmod(to, info.st_mode & 07777) == 0;
}

static enum terramis_status keep_visited(const struct visit *visit);

/* What is in the folder visited. */
/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status keep_folder(struct keeping *k, int from,
                                        const struct visit *visit)
{
    bool made = mkdirat(k->to, visit->name, 0777) == 0;
    struct keeping below = *k;
    below.seen = below.kept = 0;
    if (!made && errno != EEXIST)
        return cannot_keep(k, visit);
    below.to = open_folder(k->to, visit->name);
    if (below.to < 0)
        return cannot_keep(k, visit);
    enum terramis_status status =
        for_entries(from, visit->shown, keep_visited, &below);
    if (status == TERRAMIS_OK && !keep_rights(from, below.to))
        status = cannot_keep(k, visit);
    close(below.to);
    if (made && status == TERRAMIS_OK && below.seen > 0 && below.kept == 0)
        unlinkat(k->to, visit->name, AT_REMOVEDIR);
    k->kept += below.seen == 0 || below.kept > 0;
    return status;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status keep_visited(const struct visit *visit)
{
    struct keeping *k = visit->data;
    k->seen++;
    if (k->drops(k->data, visit->shown))
        return TERRAMIS_OK;
    int from = open_folder(visit->folder, visit->name);
    if (from >= 0) {
        enum terramis_status status = keep_folder(k, from, visit);
        close(from);
        return status;
    }
    if (errno != ENOTDIR && errno != ELOOP)
        return cannot_keep(k, visit);
    if (linkat(visit->folder, visit->name, k->to, visit->name, 0) == 0)
        k->kept++;
    else if (errno != EEXIST)
        return cannot_keep(k, visit);
    else if (!k->replace)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s/%s: was not written by terramis, and a new "
                            "result has its name. Move it elsewhere, or give "
                            "--overwrite to replace it"),
                          k->top, visit->shown);
    return TERRAMIS_OK;
}

enum terramis_status tree_keep(int from, int to, const char *shown,
                               bool replace, tree_drops *drops,
                               const void *data)
{
    struct keeping k = {.to = to,
                        .top = shown,
                        .replace = replace,
                        .drops = drops,
                        .data = data};
    TRY(for_entries(from, "", keep_visited, &k));
    if (keep_rights(from, to))
        return TERRAMIS_OK;
    return problem(shown, _("the new results cannot get this folder's mode"));
}
