#include "fetch/provenance.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "output/file.h"
#include "param/json.h"

static enum terramis_status record_path(const char *file, struct text *path)
{
    text_addf(path, "%s.source.json", file);
    return text_status(path);
}

static long long size_of(const char *file)
{
    struct stat info;
    return stat(file, &info) == 0 ? (long long)info.st_size : -1;
}

static void put_text(struct json_object *map, const char *key, const char *text,
                     bool *broken)
{
    if (text)
        json_put(map, key, json_object_new_string(text), broken);
}

static struct json_object *layer_json(const struct provenance *p, bool *broken)
{
    struct json_object *map = json_object_new_object();
    put_text(map, "layer", p->layer, broken);
    put_text(map, "licence", p->licence, broken);
    put_text(map, "date", p->date, broken);
    put_text(map, "service", p->service, broken);
    put_text(map, "address", p->address, broken);
    put_text(map, "sha256", p->sha256, broken);
    put_text(map, "settings", p->settings, broken);
    if (p->features >= 0) {
        json_put(map, "features", json_object_new_int64(p->features), broken);
        json_put(map, "without_geometry",
                 json_object_new_int64(p->without_geometry), broken);
    }
    return map;
}

enum terramis_status provenance_write(const char *file,
                                      const struct provenance *layers,
                                      size_t count)
{
    bool broken = false;
    struct text path = {0};
    struct json_object *map = json_object_new_object();
    struct json_object *list = json_object_new_array();
    json_put(map, "bytes", json_object_new_int64(size_of(file)), &broken);
    for (size_t i = 0; i < count; i++)
        json_append(list, layer_json(&layers[i], &broken), &broken);
    json_put(map, "layers", list, &broken);
    enum terramis_status status =
        broken ? status_no_memory() : record_path(file, &path);
    if (status == TERRAMIS_OK)
        status = file_save_json(text_get(&path), map);
    else
        json_object_put(map);
    text_release(&path);
    return status;
}

/* The record beside `file`; NULL: none. *bytes: as big as it was then. */
static struct json_object *read_record(const char *file, long long *bytes)
{
    struct text path = {0};
    struct json_object *map = NULL, *value = NULL;
    if (record_path(file, &path) == TERRAMIS_OK)
        (void)json_read(text_get(&path), TERRAMIS_INPUT, TERRAMIS_INPUT, &map);
    *bytes = json_object_object_get_ex(map, "bytes", &value)
                 ? (long long)json_object_get_int64(value)
                 : -1;
    text_release(&path);
    return map;
}

static struct json_object *layers_of(struct json_object *record)
{
    struct json_object *list = NULL;
    json_object_object_get_ex(record, "layers", &list);
    return json_object_is_type(list, json_type_array) ? list : NULL;
}

static const char *text_of(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(map, key, &value);
    return json_object_is_type(value, json_type_string)
               ? json_object_get_string(value)
               : NULL;
}

static enum terramis_status replace(const char *from, const char *to)
{
    return rename(from, to) == 0
               ? TERRAMIS_OK
               : status_set(TERRAMIS_OUTPUT, _("%s: cannot be replaced: %s"),
                            to, strerror(errno));
}

static enum terramis_status move_record(const char *part, const char *file)
{
    struct text from = {0}, to = {0};
    enum terramis_status status = record_path(part, &from);
    if (status == TERRAMIS_OK)
        status = record_path(file, &to);
    if (status == TERRAMIS_OK)
        status = replace(text_get(&from), text_get(&to));
    text_release(&to);
    text_release(&from);
    return status;
}

/* Before its file: without one it would be taken for that of `file`. */
static void remove_record(const char *part)
{
    struct text path = {0};
    if (record_path(part, &path) == TERRAMIS_OK)
        unlink(text_get(&path));
    text_release(&path);
}

enum terramis_status provenance_replace(const char *part, const char *file)
{
    enum terramis_status status = replace(part, file);
    if (status == TERRAMIS_OK)
        return move_record(part, file);
    remove_record(part);
    return status;
}

void provenance_settle(const char *part, const char *file)
{
    long long bytes;
    struct json_object *record = read_record(part, &bytes);
    if (record && access(part, F_OK) != 0 && bytes == size_of(file))
        (void)move_record(part, file); /* else the file is somebody's own */
    json_object_put(record);
}

bool provenance_is_ours(const char *file)
{
    long long bytes;
    struct json_object *record = read_record(file, &bytes);
    json_object_put(record);
    return record && bytes == size_of(file);
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

bool provenance_holds(const char *file, const struct provenance *layers,
                      size_t count)
{
    long long bytes;
    struct json_object *record = read_record(file, &bytes);
    struct json_object *list = layers_of(record);
    bool holds = list && bytes == size_of(file) &&
                 json_object_array_length(list) == count;
    for (size_t i = 0; i < count && holds; i++) {
        struct json_object *map = json_object_array_get_idx(list, i);
        holds = same_text(text_of(map, "layer"), layers[i].layer) &&
                same_text(text_of(map, "sha256"), layers[i].sha256) &&
                same_text(text_of(map, "licence"), layers[i].licence) &&
                same_text(text_of(map, "address"), layers[i].address) &&
                same_text(text_of(map, "settings"), layers[i].settings) &&
                same_text(text_of(map, "date"), layers[i].date);
    }
    json_object_put(record);
    return holds;
}

/* ---- a project's layers */

static struct json_object *find_layer(struct json_object *list,
                                      const char *name)
{
    size_t count = list ? json_object_array_length(list) : 0;
    for (size_t i = 0; i < count; i++) {
        struct json_object *map = json_object_array_get_idx(list, i);
        if (count == 1 || text_same(text_of(map, "layer"), name))
            return map;
    }
    return NULL;
}

static enum terramis_status take(struct config *config, const char **field,
                                 const char *text)
{
    if (*field || !text)
        return TERRAMIS_OK;
    *field = arena_text(&config->arena, text);
    return *field ? TERRAMIS_OK : status_no_memory();
}

static enum terramis_status apply(struct config *config,
                                  struct layer_config *layer, void *data)
{
    long long bytes;
    (void)data;
    if (!layer->source.full || (layer->licence && layer->date))
        return TERRAMIS_OK;
    struct json_object *record = read_record(layer->source.full, &bytes);
    struct json_object *map = find_layer(layers_of(record), layer->layer);
    enum terramis_status status = TERRAMIS_OK;
    if (record && bytes != size_of(layer->source.full))
        log_line(LOG_WARNING,
                 _("%s:%d:%d: %s changed since it was downloaded: its licence "
                   "and date are not taken over. Give them with licence: and "
                   "date:"),
                 config->path, layer->at.line, layer->at.column,
                 layer->source.text);
    else if (map)
        status = take(config, &layer->licence, text_of(map, "licence"));
    if (status == TERRAMIS_OK && map && bytes == size_of(layer->source.full))
        status = take(config, &layer->date, text_of(map, "date"));
    json_object_put(record);
    return status;
}

enum terramis_status provenance_apply(struct config *config)
{
    return config_each_layer(config, apply, NULL);
}
