#include "fetch/fetch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "fetch/folder.h"
#include "fetch/write.h"
#include "geo/gdal.h"
#include "output/digest.h"

/* What all entries share while they are fetched. */
struct session {
    const struct config *config;
    const struct fetch_options *options;
    struct cache *cache;
    struct area area;
};

static enum terramis_status open_cache(struct session *s, struct text *folder)
{
    const struct fetching_config *f = &s->config->fetch;
    text_addf(folder, "%s/%s", s->config->dir, f->cache);
    TRY(text_status(folder));
    struct cache_options options = {
        .folder = text_get(folder),
        .offline = s->options->offline,
        .refresh = s->options->refresh,
        .date = s->options->date,
        .limits = {.hosts = &f->hosts,
                   .max_bytes = (int64_t)(f->max_size * 1e6),
                   .timeout = f->timeout,
                   .retries = f->retries,
                   .wait = f->wait,
                   .rate = f->rate}};
    return cache_open(&s->cache, &options);
}

/* A downloaded file that is converted as it is stays in the folder of the
 * session, under a name of its own. */
static enum terramis_status keep_unpacked(const struct session *s, size_t i,
                                          struct text *folder)
{
    struct text from = {0};
    text_addf(&from, "%s/unpacked", cache_folder(s->cache));
    text_addf(folder, "%s/unpacked-%zu", cache_folder(s->cache), i);
    enum terramis_status status = text_status(&from);
    if (status == TERRAMIS_OK)
        status = text_status(folder);
    if (status == TERRAMIS_OK) {
        folder_remove(text_get(folder));
        if (rename(text_get(&from), text_get(folder)) != 0)
            status = status_set(TERRAMIS_OUTPUT, _("%s: cannot be replaced"),
                                text_get(folder));
    }
    text_release(&from);
    return status;
}

static enum terramis_status take_file(const struct session *s, size_t i,
                                      const struct text *file,
                                      struct text *source)
{
    struct text folder = {0};
    enum terramis_status status = keep_unpacked(s, i, &folder);
    if (status == TERRAMIS_OK) {
        text_addf(source, "%s%s", text_get(&folder),
                  strrchr(text_get(file), '/'));
        status = text_status(source);
    }
    text_release(&folder);
    return status;
}

static void warn_about(const struct fetch_job *job,
                       const struct collection_counts *counts)
{
    struct text what = {0};
    service_what(&what, job, job->entry->layer, 0);
    if (counts->written == 0)
        log_line(LOG_WARNING,
                 _("%s: no object at all in the territory. That can be true; "
                   "it is also what a wrong name gives"),
                 text_get(&what));
    if (counts->without_geometry > 0)
        log_line(LOG_NOTE,
                 _("%s: %lld of %lld records have no geometry: known to lie in "
                   "a commune only"),
                 text_get(&what), counts->without_geometry, counts->written);
    text_release(&what);
}

/* Asks the service; the answers become the file of `layer`. */
static enum terramis_status collect(const struct session *s, size_t i,
                                    struct fetch_job *job,
                                    struct fetched *layer)
{
    struct text file = {0}, path = {0};
    struct collection collection = {.max_bytes = job->answers->max_bytes,
                                    .wanted = s->area.crs,
                                    .area = s->area.metres,
                                    .degrees = s->area.degrees};
    enum terramis_status status;
    text_addf(&path, "%s/collected-%zu.geojson", cache_folder(s->cache), i);
    TRY_DONE(text_status(&path));
    TRY_DONE(collection_begin(&collection, text_get(&path)));
    job->collection = &collection;
    job->file = &file;
    job->settings = &layer->settings;
    TRY_DONE(service_of(job->entry)->fetch(job));
    if (file.length > 0) {
        TRY_DONE(take_file(s, i, &file, &layer->source));
    } else {
        TRY_DONE(collection_end(&collection));
        text_add(&layer->source, text_get(&path));
        status = text_status(&layer->source);
        warn_about(job, &collection.counts);
    }
done:
    job->collection = NULL;
    job->file = NULL;
    job->settings = NULL;
    collection_cancel(&collection);
    text_release(&file);
    text_release(&path);
    return status;
}

static enum terramis_status take_facts(const struct fetch_job *job,
                                       struct fetched *layer)
{
    const struct fetch_config *entry = job->entry;
    const struct service_facts *facts = service_facts(entry->service.op->name);
    struct digest digest;
    memcpy(layer->sha256, job->sha256, sizeof layer->sha256);
    if (!*layer->sha256) {
        TRY(digest_file(text_get(&layer->source), &digest));
        memcpy(layer->sha256, digest.sha256, sizeof layer->sha256);
    }
    layer->licence = entry->licence ? entry->licence : facts->licence;
    snprintf(layer->date, sizeof layer->date, "%s",
             entry->date           ? entry->date
             : *job->answers->date ? job->answers->date
                                   : job->area->date);
    text_add(&layer->address,
             job->answers->count ? job->answers->addresses[0] : job->address);
    return text_status(&layer->address);
}

static enum terramis_status fetch_one(const struct session *s, size_t i,
                                      struct fetched *layer)
{
    const struct fetch_config *entries = s->config->fetch.layers.items;
    struct text address = {0};
    struct answers answers = {.cache = s->cache,
                              .max_bytes =
                                  (int64_t)(s->config->fetch.max_size * 1e6)};
    struct fetch_job job = {.config = s->config,
                            .entry = &entries[i],
                            .area = &s->area,
                            .answers = &answers};
    layer->entry = &entries[i];
    enum terramis_status status =
        service_address(s->config, job.entry, &address);
    job.address = text_get(&address);
    log_line(LOG_NOTE, _("fetch %zu/%zu: %s to %s, layer %s"), i + 1,
             s->config->fetch.layers.count, job.entry->service.op->name,
             job.entry->to, job.entry->layer);
    if (status == TERRAMIS_OK)
        status = collect(s, i, &job, layer);
    if (status == TERRAMIS_OK)
        status = take_facts(&job, layer);
    /* what contradicts itself must not be found again next time */
    if (status == TERRAMIS_INPUT && !answers.unreachable)
        answer_forget(&answers);
    answers_release(&answers);
    text_release(&address);
    return status;
}

static void clean_up(const struct session *s, const struct fetch_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        struct text path = {0};
        text_addf(&path, "%s/unpacked-%zu", cache_folder(s->cache), i);
        folder_remove(text_get(&path));
        text_release(&path);
        text_addf(&path, "%s/collected-%zu.geojson", cache_folder(s->cache), i);
        unlink(text_get(&path));
        text_release(&path);
    }
    struct text path = {0};
    text_addf(&path, "%s/unpacked", cache_folder(s->cache));
    folder_remove(text_get(&path));
    text_release(&path);
}

static enum terramis_status fetch_all(struct session *s,
                                      struct fetch_result *result)
{
    size_t count = s->config->fetch.layers.count;
    TRY(area_open(&s->area, s->config, s->cache));
    TRY(mem_new(&result->layers, count, sizeof *result->layers));
    for (size_t i = 0; i < count; i++) {
        result->count = i + 1;
        TRY(fetch_one(s, i, &result->layers[i]));
    }
    return write_files(s->config, result, s->options->date);
}

enum terramis_status fetch_project(const struct config *config,
                                   const struct fetch_options *options,
                                   struct fetch_result *result)
{
    struct session session = {.config = config, .options = options};
    struct text folder = {0};
    *result = (struct fetch_result){0};
    if (config->fetch.layers.count == 0)
        return status_set(TERRAMIS_PROJECT,
                          _("%s: nothing to download. Name layers under fetch: "
                            "layers: (see README)"),
                          config->path);
    gdal_setup();
    enum terramis_status status = open_cache(&session, &folder);
    if (status == TERRAMIS_OK)
        status = write_check(config, options->overwrite);
    if (status == TERRAMIS_OK) {
        status = fetch_all(&session, result);
        result->use = cache_used(session.cache);
        clean_up(&session, result);
    }
    area_release(&session.area);
    cache_close(session.cache);
    text_release(&folder);
    return status;
}

void fetch_result_release(struct fetch_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        text_release(&result->layers[i].source);
        text_release(&result->layers[i].address);
        text_release(&result->layers[i].settings);
    }
    free(result->layers);
    *result = (struct fetch_result){0};
}
