#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/manifest_build.h"

/* Paths below the stage folder, with "/" whatever the system. */
struct file_list {
    char **items;
    size_t count, room;
};

static enum terramis_status list_folder(const char *dir, const char *below,
                                        struct file_list *list);

/* `path` is `below`/name, or name where below is "". */
static enum terramis_status list_entry(const char *dir, const char *path,
                                       struct file_list *list)
{
    struct text full = {0};
    struct stat info;
    text_addf(&full, "%s/%s", dir, path);
    enum terramis_status status = text_status(&full);
    if (status == TERRAMIS_OK && stat(text_get(&full), &info) != 0)
        status = status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"),
                            text_get(&full), strerror(errno));
    text_release(&full);
    TRY(status);
    if (S_ISDIR(info.st_mode))
        return list_folder(dir, path, list);
    TRY(mem_grow(&list->items, &list->room, list->count, sizeof(char *)));
    TRY(mem_copy_text(&list->items[list->count], path));
    list->count++;
    return TERRAMIS_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as our own folders */
static enum terramis_status list_folder(const char *dir, const char *below,
                                        struct file_list *list)
{
    struct text full = {0};
    text_addf(&full, "%s/%s", dir, below);
    DIR *folder = text_status(&full) == TERRAMIS_OK ? opendir(full.data) : NULL;
    enum terramis_status status =
        folder ? TERRAMIS_OK
               : status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"),
                            text_get(&full), strerror(errno));
    text_release(&full);
    struct dirent *e;
    // cppcheck-suppress readdirCalled ; safe on a stream of one's own
    while (status == TERRAMIS_OK && (e = readdir(folder))) {
        struct text path = {0};
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        text_addf(&path, "%s%s%s", below, *below ? "/" : "", e->d_name);
        status = text_status(&path);
        /* an older one, which the new one replaces */
        if (status == TERRAMIS_OK && strcmp(path.data, MANIFEST_NAME) != 0)
            status = list_entry(dir, path.data, list);
        text_release(&path);
    }
    if (folder)
        closedir(folder);
    return status;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum terramis_status put_file(struct manifest *m,
                                     struct json_object *list, const char *path)
{
    struct text full = {0};
    struct digest digest;
    text_addf(&full, "%s/%s", m->job->dir, path);
    enum terramis_status status = text_status(&full);
    if (status == TERRAMIS_OK)
        status = digest_file(text_get(&full), &digest);
    text_release(&full);
    TRY(status);
    struct json_object *map = json_object_new_object();
    manifest_put_text(m, map, "path", path);
    manifest_put_digest(m, map, &digest);
    json_append(list, map, &m->broken);
    return TERRAMIS_OK;
}

enum terramis_status manifest_put_outputs(struct manifest *m,
                                          struct json_object *root)
{
    struct file_list list = {0};
    struct json_object *files = json_object_new_array();
    json_put(root, "outputs", files, &m->broken);
    enum terramis_status status = list_folder(m->job->dir, "", &list);
    if (list.count > 0) /* no order of the file system */
        qsort(list.items, list.count, sizeof *list.items, compare);
    for (size_t i = 0; i < list.count; i++) {
        if (status == TERRAMIS_OK && !m->broken)
            status = put_file(m, files, list.items[i]);
        free(list.items[i]);
    }
    free(list.items);
    return status;
}
