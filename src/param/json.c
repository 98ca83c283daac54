#include "param/json.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

void json_put(struct json_object *map, const char *key,
              struct json_object *value, bool *broken)
{
    if (!map || !value || json_object_object_add(map, key, value) != 0) {
        *broken = true;
        json_object_put(value);
    }
}

void json_append(struct json_object *list, struct json_object *value,
                 bool *broken)
{
    if (!list || !value || json_object_array_add(list, value) != 0) {
        *broken = true;
        json_object_put(value);
    }
}

struct json_object *json_number(double value)
{
    if (value == rint(value) && fabs(value) < 1e15)
        return json_object_new_int64((int64_t)value);
    char text[40];
    snprintf(text, sizeof text, "%.15g", value);
    return json_object_new_double_s(value, text);
}

static enum terramis_status print(struct json_object *root, int flags,
                                  FILE *stream)
{
    const char *text = root ? json_object_to_json_string_ext(
                                  root, flags | JSON_C_TO_STRING_NOSLASHESCAPE)
                            : NULL;
    char *copy = NULL; /* json-c takes names of files that are no UTF-8 */
    enum terramis_status status =
        text ? mem_copy_text(&copy, text) : status_no_memory();
    if (status == TERRAMIS_OK) {
        text_clean(copy);
        fprintf(stream, "%s\n", copy);
    }
    free(copy);
    json_object_put(root);
    return status;
}

enum terramis_status json_print(struct json_object *root, FILE *stream)
{
    return print(root, JSON_C_TO_STRING_PRETTY, stream);
}

enum terramis_status json_print_line(struct json_object *root, FILE *stream)
{
    return print(root, JSON_C_TO_STRING_PLAIN, stream);
}

enum terramis_status json_parse(const char *text, size_t size, int depth,
                                struct json_object **root,
                                enum json_tokener_error *why)
{
    struct json_tokener *tokener = json_tokener_new_ex(depth);
    *root = NULL;
    if (!tokener)
        return status_no_memory();
    if (size < INT32_MAX)
        *root = json_tokener_parse_ex(tokener, text, (int)size);
    *why = json_tokener_get_error(tokener);
    size_t end = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (end + strspn(text + end, " \t\r\n") < size) {
        json_object_put(*root);
        *root = NULL;
    }
    return TERRAMIS_OK;
}

enum {
    FILE_LIMIT = 64 << 20
};

/* Pipes would be waited for, devices have no end; NULL with errno. */
static FILE *open_regular(const char *path)
{
    struct stat info;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0 && fstat(file, &info) == 0 && S_ISREG(info.st_mode))
        return fdopen(file, "rb");
    if (file >= 0) {
        close(file);
        errno = EINVAL;
    }
    return NULL;
}

/* The file's bytes, ended by a NUL. */
static enum terramis_status read_file(const char *path,
                                      enum terramis_status missing, char **text)
{
    FILE *file = open_regular(path);
    if (!file)
        return status_set(missing, _("cannot read %s: %s"), path,
                          strerror(errno));
    enum terramis_status status = TERRAMIS_OK;
    size_t room = 0, length = 0, got;
    do {
        status = mem_grow(text, &room, length + 65536, 1);
        if (status != TERRAMIS_OK)
            break;
        got = fread(*text + length, 1, 65536, file);
        length += got;
    } while (got > 0 && length < FILE_LIMIT);
    if (status == TERRAMIS_OK && ferror(file))
        status =
            status_set(missing, _("cannot read %s: %s"), path, strerror(errno));
    if (status == TERRAMIS_OK)
        (*text)[length] = '\0';
    fclose(file);
    return status;
}

enum terramis_status json_read(const char *path, enum terramis_status missing,
                               enum terramis_status broken,
                               struct json_object **root)
{
    char *text = NULL;
    enum json_tokener_error error = json_tokener_success;
    enum terramis_status status = read_file(path, missing, &text);
    *root = NULL;
    if (status == TERRAMIS_OK) {
        *root = json_tokener_parse_verbose(text, &error);
        if (!*root)
            status = status_set(broken, _("%s: is no JSON: %s"), path,
                                json_tokener_error_desc(error));
    }
    free(text);
    return status;
}

struct json_object *json_get(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    if (json_object_is_type(map, json_type_object))
        json_object_object_get_ex(map, key, &value);
    return value;
}

const char *json_get_text(struct json_object *map, const char *key)
{
    struct json_object *value = json_get(map, key);
    return json_object_is_type(value, json_type_string)
               ? json_object_get_string(value)
               : NULL;
}

double json_get_number(struct json_object *map, const char *key)
{
    struct json_object *value = json_get(map, key);
    return json_object_is_type(value, json_type_double) ||
                   json_object_is_type(value, json_type_int)
               ? json_object_get_double(value)
               : NAN;
}

size_t json_count(struct json_object *list)
{
    return json_object_is_type(list, json_type_array)
               ? json_object_array_length(list)
               : 0;
}

const char *json_path(const char *path)
{
    const char *name = strrchr(path, '/');
    return path[0] == '/' ? name + 1 : path;
}

static struct json_object *texts_json(const struct texts *texts, bool *broken)
{
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < texts->count; i++)
        json_append(list, json_object_new_string(texts->items[i]), broken);
    return list;
}

static struct json_object *choices_json(const struct param *row,
                                        unsigned chosen, bool *broken)
{
    struct json_object *list = json_object_new_array();
    for (unsigned i = 0; row->choices[i]; i++)
        if (chosen & (1U << i))
            json_append(list, json_object_new_string(row->choices[i]), broken);
    return list;
}

static struct json_object *reals_json(const double *items, size_t count,
                                      bool *broken)
{
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < count; i++)
        json_append(list, json_number(items[i]), broken);
    return list;
}

static struct json_object *points_json(const struct points *points,
                                       bool *broken)
{
    struct json_object *list = json_object_new_array();
    for (size_t i = 0; i < points->count; i++)
        json_append(list, reals_json(points->items[i], 2, broken), broken);
    return list;
}

static struct json_object *table_json(const struct table *table, bool *broken)
{
    struct json_object *map = json_object_new_object();
    for (size_t i = 0; i < table->count; i++)
        json_put(map, table->items[i].key, json_number(table->items[i].value),
                 broken);
    return map;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
static struct json_object *list_json(const struct param *row,
                                     const struct list *list, bool *broken)
{
    struct json_object *all = json_object_new_array();
    const char *item = list->items;
    for (size_t i = 0; i < list->count; i++, item += row->size)
        json_append(all, json_settings(row->rows, item, broken), broken);
    return all;
}

static void put_text(struct json_object *map, const char *key, const char *text,
                     bool *broken)
{
    if (text)
        json_put(map, key, json_object_new_string(text), broken);
}

/* NOLINTNEXTLINE(misc-no-recursion): operators have no operators */
static void put_operator(struct json_object *map, const char *key,
                         const struct operator_use *use, bool *broken)
{
    if (!use->op)
        return;
    put_text(map, key, use->op->name, broken);
    struct json_object *own =
        json_settings(use->op->params, use->params, broken);
    if (!own) {
        *broken = true;
        return;
    }
    // cppcheck-suppress unknownMacro
    json_object_object_foreach(own, name, value)
        json_put(map, name, json_object_get(value), broken);
    json_object_put(own);
}

/* Lists and maps. NOLINTNEXTLINE(misc-no-recursion): as the rows */
static struct json_object *composite_json(const struct param *row,
                                          const void *field, bool *broken)
{
    switch (row->type) {
    case PARAM_TEXTS:
    case PARAM_NAMES:
        return texts_json(field, broken);
    case PARAM_CHOICES:
        return choices_json(row, *(const unsigned *)field, broken);
    case PARAM_POINTS:
        return points_json(field, broken);
    case PARAM_REALS: {
        const struct reals *reals = field;
        return reals_json(reals->items, reals->count, broken);
    }
    case PARAM_TABLE:
        return table_json(field, broken);
    case PARAM_LIST:
        return list_json(row, field, broken);
    default:
        return json_settings(row->rows, field, broken);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
static void put_row(struct json_object *map, const struct param *row,
                    const void *field, bool *broken)
{
    const struct path *path = field;
    switch (row->type) {
    case PARAM_PLACE:
        return;
    case PARAM_BOOL:
        json_put(map, row->name, json_object_new_boolean(*(const bool *)field),
                 broken);
        return;
    case PARAM_INT:
        json_put(map, row->name, json_object_new_int(*(const int *)field),
                 broken);
        return;
    case PARAM_REAL:
        if (!isnan(*(const double *)field))
            json_put(map, row->name, json_number(*(const double *)field),
                     broken);
        return;
    case PARAM_TEXT:
    case PARAM_ID:
        put_text(map, row->name, *(const char *const *)field, broken);
        return;
    case PARAM_PATH:
        put_text(map, row->name, path->text ? json_path(path->text) : NULL,
                 broken);
        return;
    case PARAM_CHOICE:
        put_text(map, row->name, row->choices[*(const int *)field], broken);
        return;
    case PARAM_OPERATOR:
        put_operator(map, row->name, field, broken);
        return;
    default:
        json_put(map, row->name, composite_json(row, field, broken), broken);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the rows are nested */
struct json_object *json_settings(const struct param *rows, const void *values,
                                  bool *broken)
{
    struct json_object *map = json_object_new_object();
    for (const struct param *row = rows; row && row->name; row++)
        put_row(map, row, (const char *)values + row->offset, broken);
    return map;
}
