#include "output/file_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/text.h"

static enum terramis_status list_folder(const char *dir, const char *below,
                                        struct file_list *list);

static enum terramis_status unreadable(const struct text *path)
{
    return status_set(TERRAMIS_OUTPUT, _("cannot read %s: %s"), text_get(path),
                      strerror(errno));
}

/* lstat() of dir/path. */
static enum terramis_status look_at(const char *dir, const char *path,
                                    struct stat *info)
{
    struct text full = {0};
    text_addf(&full, "%s/%s", dir, path);
    enum terramis_status status = text_status(&full);
    if (status == TERRAMIS_OK && lstat(text_get(&full), info) != 0)
        status = unreadable(&full);
    text_release(&full);
    return status;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status list_entry(const char *dir, const char *path,
                                       struct file_list *list)
{
    struct stat info;
    TRY(look_at(dir, path, &info));
    if (S_ISDIR(info.st_mode))
        return list_folder(dir, path, list);
    TRY(mem_grow(&list->items, &list->room, list->count, sizeof(char *)));
    TRY(mem_copy_text(&list->items[list->count], path));
    list->count++;
    return TERRAMIS_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status list_named(const char *dir, const char *below,
                                       const char *name, struct file_list *list)
{
    struct text path = {0};
    text_addf(&path, "%s%s%s", below, *below ? "/" : "", name);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = list_entry(dir, text_get(&path), list);
    text_release(&path);
    return status;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the folders */
static enum terramis_status list_folder(const char *dir, const char *below,
                                        struct file_list *list)
{
    struct text full = {0};
    text_addf(&full, "%s%s%s", dir, *below ? "/" : "", below);
    DIR *folder = text_status(&full) == TERRAMIS_OK ? opendir(full.data) : NULL;
    enum terramis_status status = folder ? TERRAMIS_OK : unreadable(&full);
    const struct dirent *e;
    errno = 0;
    // cppcheck-suppress readdirCalled ; safe on a stream of one's own
    while (status == TERRAMIS_OK && (e = readdir(folder))) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            status = list_named(dir, below, e->d_name, list);
        errno = 0;
    }
    if (status == TERRAMIS_OK && errno != 0)
        status = unreadable(&full);
    text_release(&full);
    if (folder)
        closedir(folder);
    return status;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

enum terramis_status file_list_read(const char *dir, struct file_list *list)
{
    *list = (struct file_list){0};
    enum terramis_status status = list_folder(dir, "", list);
    if (list->count > 0) /* no order of the file system */
        qsort(list->items, list->count, sizeof *list->items, compare);
    return status;
}

bool file_list_has(const struct file_list *list, const char *path)
{
    return list->count > 0 && bsearch(&path, list->items, list->count,
                                      sizeof *list->items, compare);
}

bool file_list_regular(const char *dir, const char *path)
{
    struct stat info;
    return look_at(dir, path, &info) == TERRAMIS_OK && S_ISREG(info.st_mode);
}

void file_list_release(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct file_list){0};
}
