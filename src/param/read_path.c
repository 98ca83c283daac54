#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "param/phrase.h"
#include "param/read.h"

/* GDAL would read all of these as something else than a local file. */
static bool is_local(const char *text)
{
    text += strspn(text, " \t\r\n");
    return *text != '<' && strncasecmp(text, "/vsi", 4) != 0 &&
           !strstr(text, "://");
}

static char *join(struct arena *arena, const char *dir, const char *name)
{
    bool alone = *name == '/' || !dir || *dir == '\0' || strcmp(dir, ".") == 0;
    if (alone)
        return arena_text(arena, name);
    size_t size = strlen(dir) + strlen(name) + 2;
    char *full = arena_alloc(arena, size, 1);
    const char *slash = dir[strlen(dir) - 1] == '/' ? "" : "/";
    if (full)
        snprintf(full, size, "%s%s%s", dir, slash, name);
    return full;
}

/* The name in folder `dir` that is nearest to `name`, in `best` (""). */
static void nearest_file(const char *dir, const char *name,
                         char best[NAME_MAX + 1])
{
    best[0] = '\0';
    DIR *folder = opendir(dir);
    if (!folder)
        return;
    /* one thread has this stream; readdir_r is deprecated in glibc */
    // cppcheck-suppress readdirCalled
    for (const struct dirent *entry; (entry = readdir(folder));) {
        const char *nearest = *best ? best : NULL;
        if (entry->d_name[0] == '.')
            continue;
        text_offer(name, entry->d_name, &nearest);
        if (nearest == entry->d_name)
            snprintf(best, NAME_MAX + 1, "%s", entry->d_name);
    }
    closedir(folder);
}

/* Where the first part of `full` that does not exist begins and ends: this is
 * what has to be corrected, be it a folder or the file. */
static void first_missing(char *full, size_t *start, size_t *end)
{
    char kept;
    bool there;
    *end = 0;
    do {
        *start = *end + strspn(full + *end, "/");
        *end = *start + strcspn(full + *start, "/");
        kept = full[*end];
        full[*end] = '\0';
        there = access(full, F_OK) == 0;
        full[*end] = kept;
    } while (there && kept);
}

/* Is it among the files that are downloaded on demand? */
static bool is_fetched(const struct param_reader *reader, const char *text)
{
    const struct setting *list = reader->fetched;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct setting *to = setting_find(&list->items[i], "to");
        if (to && to->text && strcmp(to->text, text) == 0)
            return true;
    }
    return false;
}

/* Says that `path` is not there, and what is there that looks like it. */
static enum terramis_status missing(const struct param_reader *reader,
                                    const struct param *row,
                                    const struct path *path)
{
    size_t start, end, skip = strlen(path->full) - strlen(path->text);
    struct stat info;
    if (lstat(path->full, &info) == 0) {
        problems_add(reader->problems, path->at,
                     _("%s: %s is a link to nothing. Name a file"), row->name,
                     phrase_quote(path->text).text);
        return TERRAMIS_OK;
    }
    char *full = arena_text(reader->arena, path->full);
    if (!full)
        return status_no_memory();
    first_missing(full, &start, &end);
    bool folder = full[end] != '\0';
    full[end] = '\0';
    struct phrase shown = phrase_quote(full + (start < skip ? 0 : skip));
    if (start > 0)
        full[start - 1] = '\0'; /* the slash: now `full` is the folder */
    char best[NAME_MAX + 1];
    nearest_file(start == 0   ? "."
                 : start == 1 ? "/"
                              : full,
                 full + start, best);
    if (*best)
        problems_add(reader->problems, path->at,
                     folder
                         ? _("%s: no such folder: %s; did you mean '%.*s%s'?")
                         : _("%s: no such file: %s; did you mean '%.*s%s'?"),
                     row->name, shown.text,
                     start < skip ? 0 : (int)(start - skip), path->text, best);
    else
        problems_add(reader->problems, path->at,
                     folder ? _("%s: no such folder: %s. Paths are relative to "
                                "the folder of the project file")
                            : _("%s: no such file: %s. Paths are relative to "
                                "the folder of the project file"),
                     row->name, shown.text);
    return TERRAMIS_OK;
}

enum terramis_status read_path(const struct param_reader *reader,
                               const struct param *row,
                               const struct setting *value, struct path *path)
{
    struct path read = {.at = value->at};
    read.text = arena_text(reader->arena, value->text);
    read.full = join(reader->arena, reader->dir, value->text);
    if (!read.text || !read.full)
        return status_no_memory();
    const char *quoted = value->text;
    struct stat info;
    if (!is_local(read.text) || !is_local(read.full)) {
        problems_add(reader->problems, value->at,
                     _("%s: only local files are read, not %s. Download it and "
                       "name the file"),
                     row->name, phrase_quote(quoted).text);
    } else if (*read.text == '\0') {
        problems_add(reader->problems, value->at,
                     _("%s: empty. Write the name of a file"), row->name);
    } else if (stat(read.full, &info) != 0) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        if (absent && reader->may_miss)
            *path = read;
        else if (absent && is_fetched(reader, read.text))
            problems_add(reader->problems, value->at,
                         _("%s: %s has not been downloaded yet. First run: "
                           "terramis fetch"),
                         row->name, phrase_quote(quoted).text);
        else if (absent)
            return missing(reader, row, &read);
        if (absent)
            return TERRAMIS_OK;
        problems_add(reader->problems, value->at,
                     _("%s: cannot look at %s: %s"), row->name,
                     phrase_quote(quoted).text, strerror(errno));
    } else if (!S_ISREG(info.st_mode)) {
        problems_add(reader->problems, value->at,
                     S_ISDIR(info.st_mode)
                         ? _("%s: %s is a folder. Name a file")
                         : _("%s: %s is no regular file. Name a file"),
                     row->name, phrase_quote(quoted).text);
    } else if (access(read.full, R_OK) != 0) {
        problems_add(reader->problems, value->at, _("%s: cannot read %s: %s"),
                     row->name, phrase_quote(quoted).text, strerror(errno));
    } else {
        *path = read;
    }
    return TERRAMIS_OK;
}
