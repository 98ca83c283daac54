#include "fetch/cache.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lock.h"
#include "output/digest.h"
#include "output/file.h"
#include "param/json.h"

struct cache {
    char *folder;
    struct lock lock; /* of the files in it and of those made from them */
    struct cache_options options;
    struct http *http;
    GHashTable *refreshed; /* addresses asked for in this run */
    struct cache_use use;
};

/* What the .json beside an answer says. */
struct record {
    char date[16];
    char sha256[65];
    char tag[HTTP_TAG_MAX];
};

/* It may be a link, to a larger disk. */
static enum terramis_status lock_folder(struct cache *c)
{
    char *real = NULL;
    if ((mkdir(c->folder, 0777) != 0 && errno != EEXIST) ||
        !(real = realpath(c->folder, NULL)))
        return status_set(TERRAMIS_OUTPUT, _("%s: cannot be created: %s"),
                          c->folder, strerror(errno));
    enum terramis_status status = lock_take(&c->lock, real, c->folder);
    free(real);
    return status;
}

/* Downloads are no part of anybody's repository. */
static enum terramis_status ignore_folder(const char *folder)
{
    struct text path = {0};
    struct file file = {0};
    text_addf(&path, "%s/.gitignore", folder);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK && access(text_get(&path), F_OK) != 0)
        status = file_create(&file, text_get(&path));
    if (status == TERRAMIS_OK && file.stream) {
        file_write(&file, "*\n", 2);
        status = file_commit(&file);
    }
    text_release(&path);
    return status;
}

enum terramis_status cache_open(struct cache **cache,
                                const struct cache_options *options)
{
    TRY(mem_new(cache, 1, sizeof **cache));
    struct cache *c = *cache;
    c->options = *options;
    c->lock = LOCK_NONE;
    c->refreshed = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    enum terramis_status status = mem_copy_text(&c->folder, options->folder);
    if (status == TERRAMIS_OK)
        status = lock_folder(c);
    if (status == TERRAMIS_OK)
        status = ignore_folder(c->folder);
    if (status == TERRAMIS_OK && !options->offline)
        status = http_open(&c->http, &options->limits);
    if (status != TERRAMIS_OK) {
        cache_close(c);
        *cache = NULL;
    }
    return status;
}

void cache_close(struct cache *cache)
{
    if (!cache)
        return;
    http_close(cache->http);
    lock_release(&cache->lock, cache->folder);
    g_hash_table_destroy(cache->refreshed);
    free(cache->folder);
    free(cache);
}

static enum terramis_status path_of(const struct cache *cache,
                                    const char *address, const char *suffix,
                                    struct text *path)
{
    enum {
        NAME_LENGTH = 32 /* of 64 digits: enough never to meet another */
    };
    char *name = g_compute_checksum_for_string(G_CHECKSUM_SHA256, address, -1);
    text_addf(path, "%s/%.*s%s", cache->folder, NAME_LENGTH, name, suffix);
    g_free(name);
    return text_status(path);
}

static void take(struct json_object *map, const char *key, char *to,
                 size_t room)
{
    struct json_object *value = NULL;
    if (json_object_object_get_ex(map, key, &value) &&
        json_object_is_type(value, json_type_string))
        snprintf(to, room, "%s", json_object_get_string(value));
}

/* Is the answer there, whole and of this address? */
static bool find(const char *path, const char *record_path, const char *address,
                 struct record *record)
{
    char found[8192] = "";
    struct digest digest;
    *record = (struct record){0};
    struct json_object *map;
    if (json_read(record_path, TERRAMIS_INPUT, TERRAMIS_INPUT, &map) !=
        TERRAMIS_OK)
        return false;
    take(map, "address", found, sizeof found);
    take(map, "date", record->date, sizeof record->date);
    take(map, "sha256", record->sha256, sizeof record->sha256);
    take(map, "etag", record->tag, sizeof record->tag);
    json_object_put(map);
    return strncmp(found, address, sizeof found - 1) == 0 &&
           access(path, R_OK) == 0 &&
           digest_file(path, &digest) == TERRAMIS_OK &&
           strcmp(digest.sha256, record->sha256) == 0;
}

static enum terramis_status write_record(const char *path, const char *address,
                                         const struct record *record)
{
    bool broken = false;
    struct json_object *map = json_object_new_object();
    json_put(map, "address", json_object_new_string(address), &broken);
    json_put(map, "date", json_object_new_string(record->date), &broken);
    json_put(map, "sha256", json_object_new_string(record->sha256), &broken);
    json_put(map, "etag", json_object_new_string(record->tag), &broken);
    if (!broken)
        return file_save_json(path, map);
    json_object_put(map);
    return status_no_memory();
}

static enum terramis_status download(struct cache *cache,
                                     const struct http_request *request,
                                     const char *path, const char *record_path,
                                     struct record *record)
{
    struct http_reply reply;
    struct digest digest;
    TRY(http_get(cache->http, request, path, &reply));
    if (!reply.unchanged) {
        TRY(digest_file(path, &digest));
        memcpy(record->sha256, digest.sha256, sizeof record->sha256);
        memcpy(record->tag, reply.tag, sizeof record->tag);
    }
    snprintf(record->date, sizeof record->date, "%s", cache->options.date);
    TRY(write_record(record_path, request->address, record));
    char *key = NULL;
    TRY(mem_copy_text(&key, request->address));
    g_hash_table_add(cache->refreshed, key);
    cache->use.asked++;
    return TERRAMIS_OK;
}

static enum terramis_status get(struct cache *cache,
                                const struct http_request *wanted,
                                const char *path, const char *record_path,
                                struct record *record)
{
    struct http_request request = *wanted;
    bool there = find(path, record_path, request.address, record);
    bool refresh = cache->options.refresh &&
                   !g_hash_table_contains(cache->refreshed, request.address);
    if (there && (!refresh || cache->options.offline)) {
        cache->use.kept++;
        return TERRAMIS_OK;
    }
    if (cache->options.offline)
        return status_set(TERRAMIS_INPUT,
                          _("%s: %s is not in the cache %s. Run once without "
                            "--offline"),
                          request.what, request.address, cache->folder);
    request.tag = there ? record->tag : NULL;
    return download(cache, &request, path, record_path, record);
}

enum terramis_status cache_get(struct cache *cache, const char *address,
                               const char *what, bool file,
                               struct cache_answer *answer)
{
    struct text path = {0}, record_path = {0};
    struct record record;
    struct http_request request = {
        .address = address, .what = what, .file = file};
    enum terramis_status status;
    *answer = (struct cache_answer){0};
    TRY_DONE(path_of(cache, address, "", &path));
    TRY_DONE(path_of(cache, address, ".json", &record_path));
    TRY_DONE(
        get(cache, &request, text_get(&path), text_get(&record_path), &record));
    TRY_DONE(mem_copy_text(&answer->path, text_get(&path)));
    memcpy(answer->date, record.date, sizeof answer->date);
    memcpy(answer->sha256, record.sha256, sizeof answer->sha256);
done:
    text_release(&path);
    text_release(&record_path);
    return status;
}

void cache_answer_release(struct cache_answer *answer)
{
    free(answer->path);
    *answer = (struct cache_answer){0};
}

void cache_forget(struct cache *cache, const char *address)
{
    static const char *const suffixes[] = {"", ".json"};
    for (size_t i = 0; i < 2; i++) {
        struct text path = {0};
        if (path_of(cache, address, suffixes[i], &path) == TERRAMIS_OK)
            unlink(text_get(&path));
        text_release(&path);
    }
}

const char *cache_folder(const struct cache *cache)
{
    return cache->folder;
}

bool cache_is_offline(const struct cache *cache)
{
    return cache->options.offline;
}

struct cache_use cache_used(const struct cache *cache)
{
    return cache->use;
}
