#include "output/manifest_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/manifest.h"
#include "param/json.h"

enum {
    MANIFEST_MOST = 256 << 20 /* bytes; a hostile one must not fill memory */
};

static enum terramis_status unusable(const char *path, const char *why)
{
    return status_set(TERRAMIS_INPUT,
                      _("%s: this manifest cannot be used: %s. Run the project "
                        "again"),
                      path, why);
}

static enum terramis_status read_whole(int file, const char *path, char *bytes,
                                       size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(file, bytes + done, size - done);
        if (n < 0)
            return unusable(path, strerror(errno));
        if (n == 0)
            return unusable(path, _("it becomes shorter while it is read"));
        done += (size_t)n;
    }
    return TERRAMIS_OK;
}

static enum terramis_status load(const char *path, struct json_object **root)
{
    struct stat info;
    char *bytes = NULL;
    enum json_tokener_error why;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && errno == ENOENT)
        return status_set(TERRAMIS_INPUT,
                          _("%s: there is no such file, so there is nothing to "
                            "compare with. Give a folder that holds the "
                            "results of a finished run"),
                          path);
    if (file < 0)
        return unusable(path, strerror(errno));
    enum terramis_status status = TERRAMIS_OK;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size > MANIFEST_MOST)
        status = unusable(path, _("no regular file of a sensible size"));
    if (status == TERRAMIS_OK)
        status = mem_new(&bytes, (size_t)info.st_size + 1, 1);
    if (status == TERRAMIS_OK)
        status = read_whole(file, path, bytes, (size_t)info.st_size);
    close(file);
    if (status == TERRAMIS_OK)
        status = json_parse(bytes, (size_t)info.st_size,
                            JSON_TOKENER_DEFAULT_DEPTH, root, &why);
    if (status == TERRAMIS_OK && !*root)
        status = unusable(path, _("no JSON"));
    free(bytes);
    return status;
}

/* A relative path whose parts are names. */
static bool is_inside(const char *path)
{
    for (const char *part = path;; part = strchr(part, '/') + 1) {
        size_t length = strcspn(part, "/");
        if (length == 0 || (length == 1 && part[0] == '.') ||
            (length == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        if (part[length] == '\0')
            return true;
    }
}

static bool is_sha256(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static struct json_object *get(struct json_object *map, const char *key,
                               enum json_type type)
{
    struct json_object *value = json_get(map, key);
    return json_object_is_type(value, type) ? value : NULL;
}

static enum terramis_status take(struct manifest_list *list, const char *path,
                                 struct json_object *entry)
{
    struct json_object *name = get(entry, "path", json_type_string);
    struct json_object *sum = get(entry, "sha256", json_type_string);
    struct json_object *bytes = get(entry, "bytes", json_type_int);
    const char *text = name ? json_object_get_string(name) : "";
    if (!sum || !bytes || !is_sha256(json_object_get_string(sum)) ||
        strlen(text) != (size_t)json_object_get_string_len(name) ||
        !is_inside(text))
        return unusable(path, _("an entry of \"outputs\" is not sensible"));
    TRY(mem_grow(&list->items, &list->room, list->count, sizeof *list->items));
    struct manifest_file *file = &list->items[list->count];
    *file = (struct manifest_file){0};
    file->digest.bytes = json_object_get_int64(bytes);
    memcpy(file->digest.sha256, json_object_get_string(sum), 65);
    TRY(mem_copy_text(&file->path, text));
    list->count++;
    return TERRAMIS_OK;
}

static int compare(const void *a, const void *b)
{
    const struct manifest_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static enum terramis_status take_all(struct manifest_list *list,
                                     const char *path, struct json_object *root)
{
    struct json_object *outputs = get(root, "outputs", json_type_array);
    if (!outputs)
        return unusable(path, _("it has no list \"outputs\""));
    size_t count = json_object_array_length(outputs);
    for (size_t i = 0; i < count; i++)
        TRY(take(list, path, json_object_array_get_idx(outputs, i)));
    if (count > 0)
        qsort(list->items, count, sizeof *list->items, compare);
    for (size_t i = 1; i < count; i++)
        if (compare(&list->items[i - 1], &list->items[i]) == 0)
            return unusable(path, _("it names a file twice"));
    return TERRAMIS_OK;
}

enum terramis_status manifest_read_file(const char *path,
                                        struct manifest_list *list,
                                        struct json_object **root)
{
    struct json_object *read = NULL;
    *list = (struct manifest_list){0};
    enum terramis_status status = load(path, &read);
    if (status == TERRAMIS_OK)
        status = take_all(list, path, read);
    if (root)
        *root = read;
    else
        json_object_put(read);
    return status;
}

enum terramis_status manifest_read(const char *dir, struct manifest_list *list)
{
    struct text path = {0};
    *list = (struct manifest_list){0};
    text_addf(&path, "%s/%s", dir, MANIFEST_NAME);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = manifest_read_file(text_get(&path), list, NULL);
    text_release(&path);
    return status;
}

static int compare_path(const void *path, const void *item)
{
    return strcmp(path, ((const struct manifest_file *)item)->path);
}

const struct manifest_file *manifest_find(const struct manifest_list *list,
                                          const char *path)
{
    return list->count ? bsearch(path, list->items, list->count,
                                 sizeof *list->items, compare_path)
                       : NULL;
}

void manifest_list_release(struct manifest_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].path);
    free(list->items);
    *list = (struct manifest_list){0};
}
