#include "run/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/event.h"
#include "base/mem.h"
#include "base/text.h"
#include "run/batch.h"

static const char prefix[] = ".terramis-";
static const char manifest[] = "manifest.json";

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
    *path = text.data;
    return text_status(&text);
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
    for (char *c = copy + 1; *c && status == TERRAMIS_OK; c++)
        if (*c == '/') {
            *c = '\0';
            status = make_folder(copy);
            *c = '/';
        }
    if (status == TERRAMIS_OK)
        status = make_folder(copy);
    free(copy);
    return status;
}

/* Calls `each` for the entries of a folder, in no order; ends at the first
 * failure. */
static enum terramis_status
for_entries(const char *folder,
            enum terramis_status (*each)(const char *folder, const char *name,
                                         void *data),
            void *data)
{
    DIR *handle = opendir(folder);
    if (!handle)
        return problem(folder, _("cannot read this folder"));
    enum terramis_status status = TERRAMIS_OK;
    for (struct dirent *e = readdir(handle); e && status == TERRAMIS_OK;
         e = readdir(handle))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            status = each(folder, e->d_name, data);
    closedir(handle);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static enum terramis_status remove_entry(const char *folder, const char *name,
                                         void *data)
{
    char *path = NULL;
    TRY(join(&path, folder, name));
    if (is_folder(path)) {
        (void)for_entries(path, remove_entry, data);
        rmdir(path);
    } else {
        unlink(path);
    }
    free(path);
    return TERRAMIS_OK;
}

/* A stage is named after its process: those of dead ones are rubbish. */
static enum terramis_status remove_stale(const char *folder, const char *name,
                                         void *data)
{
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return TERRAMIS_OK;
    long pid = strtol(name + sizeof prefix - 1, NULL, 10);
    if (pid > 0 && (kill((pid_t)pid, 0) != 0 && errno == ESRCH))
        return remove_entry(folder, name, data);
    return TERRAMIS_OK;
}

static enum terramis_status is_there(const char *folder, const char *name,
                                     bool *there)
{
    char *path = NULL;
    TRY(join(&path, folder, name));
    *there = access(path, F_OK) == 0;
    free(path);
    return TERRAMIS_OK;
}

enum terramis_status stage_open(struct stage *stage, const char *out,
                                bool overwrite)
{
    *stage = (struct stage){0};
    char name[64];
    bool exists;
    TRY(mem_copy_text(&stage->out, out));
    TRY(stage_make_folders(out));
    TRY(is_there(out, BATCH_NAME, &exists));
    if (exists)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: holds the results of several projects. Give "
                            "another folder with --out"),
                          out);
    TRY(is_there(out, manifest, &exists));
    if (exists && !overwrite)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: holds results already. Give --overwrite to "
                            "replace them, or another folder with --out"),
                          out);
    TRY(for_entries(out, remove_stale, NULL));
    snprintf(name, sizeof name, "%s%ld", prefix, (long)getpid());
    TRY(join(&stage->dir, out, name));
    if (is_folder(stage->dir))
        remove_entry(out, name, NULL);
    return make_folder(stage->dir);
}

enum terramis_status stage_folder(const struct stage *stage, const char *name)
{
    char *path = NULL;
    TRY(join(&path, stage->dir, name));
    enum terramis_status status = make_folder(path);
    free(path);
    return status;
}

enum terramis_status stage_remove(const struct stage *stage, const char *name)
{
    return remove_entry(stage->dir, name, NULL);
}

static enum terramis_status sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    if (fd < 0 || fsync(fd) != 0) {
        enum terramis_status status =
            problem(path, _("cannot sync this folder"));
        if (fd >= 0)
            close(fd);
        return status;
    }
    close(fd);
    return TERRAMIS_OK;
}

/* Moves one entry to the folder `data`; folders entry by entry, so that what
 * else is in the target stays. */
static enum terramis_status move_entry(const char *folder, const char *name,
                                       void *data)
{
    char *from = NULL, *to = NULL;
    enum terramis_status status = join(&from, folder, name);
    if (status == TERRAMIS_OK)
        status = join(&to, data, name);
    if (status == TERRAMIS_OK && is_folder(from)) {
        status = make_folder(to);
        if (status == TERRAMIS_OK)
            status = for_entries(from, move_entry, to);
        if (status == TERRAMIS_OK)
            status = sync_folder(to);
    } else if (status == TERRAMIS_OK && rename(from, to) != 0) {
        status = problem(to, _("cannot be replaced"));
    } else if (status == TERRAMIS_OK) {
        event_texts("file", "path", to);
    }
    free(from);
    free(to);
    return status;
}

/* All but the manifest, which says that the rest is complete. */
static enum terramis_status move_but_manifest(const char *folder,
                                              const char *name, void *data)
{
    return strcmp(name, manifest) == 0 ? TERRAMIS_OK
                                       : move_entry(folder, name, data);
}

/* The manifest of the results that are about to be replaced: from here on they
 * are not complete. */
static enum terramis_status remove_manifest(const char *out)
{
    char *path = NULL;
    TRY(join(&path, out, manifest));
    enum terramis_status status = unlink(path) == 0 || errno == ENOENT
                                      ? TERRAMIS_OK
                                      : problem(path, _("cannot be replaced"));
    free(path);
    TRY(status);
    return sync_folder(out);
}

enum terramis_status stage_publish(struct stage *stage)
{
    TRY(remove_manifest(stage->out));
    TRY(for_entries(stage->dir, move_but_manifest, stage->out));
    TRY(sync_folder(stage->out));
    TRY(move_entry(stage->dir, manifest, stage->out));
    return sync_folder(stage->out);
}

void stage_close(struct stage *stage)
{
    if (stage->dir && is_folder(stage->dir)) {
        (void)for_entries(stage->dir, remove_entry, NULL);
        rmdir(stage->dir);
    }
    free(stage->dir);
    free(stage->out);
    *stage = (struct stage){0};
}
