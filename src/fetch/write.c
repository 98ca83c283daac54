#include "fetch/write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "fetch/folder.h"
#include "fetch/provenance.h"
#include "fetch/service_url.h"
#include "output/convert.h"

enum {
    ITEMS = 5 /* of metadata, with its end */
};

static enum terramis_status full_path(const struct config *config,
                                      const char *to, struct text *path)
{
    text_addf(path, "%s/%s", config->dir, to);
    return text_status(path);
}

/* DIR/.part-NAME for DIR/NAME. */
static enum terramis_status part_path(const char *path, struct text *part)
{
    const char *slash = strrchr(path, '/');
    text_addf(part, "%.*s.part-%s", (int)(slash + 1 - path), path, slash + 1);
    return text_status(part);
}

/* May the file be written? One that a fetch was killed at is ours. */
static enum terramis_status check_entry(const struct config *config,
                                        const struct fetch_config *entry,
                                        const char *path, bool overwrite)
{
    struct text part = {0};
    enum terramis_status status = part_path(path, &part);
    if (status == TERRAMIS_OK)
        provenance_settle(text_get(&part), path);
    text_release(&part);
    if (status == TERRAMIS_OK && !overwrite && access(path, F_OK) == 0 &&
        !provenance_is_ours(path))
        status = status_set(
            TERRAMIS_OUTPUT,
            _("%s:%d:%d: to: %s is there and was not downloaded by "
              "terramis, or was changed since. Name another file, or add "
              "--overwrite to replace it"),
            config->path, entry->to_at.line, entry->to_at.column, entry->to);
    return status;
}

enum terramis_status write_check(const struct config *config, bool overwrite)
{
    const struct fetch_config *entries = config->fetch.layers.items;
    for (size_t i = 0; i < config->fetch.layers.count; i++) {
        struct text path = {0};
        enum terramis_status status = full_path(config, entries[i].to, &path);
        if (status == TERRAMIS_OK)
            status =
                check_entry(config, &entries[i], text_get(&path), overwrite);
        text_release(&path);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static enum terramis_status make_folder_of(const char *path)
{
    char *folder = NULL;
    TRY(mem_copy_text(&folder, path));
    *strrchr(folder, '/') = '\0';
    enum terramis_status status = folder_make(folder);
    free(folder);
    return status;
}

/* What a layer says of itself in the file. */
static void describe(const struct fetched *layer, struct gdal_item *items)
{
    size_t n = 0;
    if (layer->licence)
        items[n++] = (struct gdal_item){"LICENCE", layer->licence};
    items[n++] = (struct gdal_item){"DATE", layer->date};
    items[n++] = (struct gdal_item){"SOURCE", text_get(&layer->address)};
    items[n] = (struct gdal_item){NULL, NULL};
}

static const struct url *url_of(const struct fetched *layer)
{
    return strcmp(layer->entry->service.op->name, "url") == 0
               ? layer->entry->service.params
               : NULL;
}

static enum terramis_status convert_all(const char *part, const char *date,
                                        struct fetched *const *group,
                                        size_t count)
{
    struct gdal_item(*items)[ITEMS] = NULL;
    struct convert_layer *layers = NULL;
    enum terramis_status status;
    TRY_DONE(mem_new(&items, count, sizeof *items));
    TRY_DONE(mem_new(&layers, count, sizeof *layers));
    for (size_t i = 0; i < count; i++) {
        const struct url *url = url_of(group[i]);
        describe(group[i], items[i]);
        layers[i] = (struct convert_layer){
            .source = text_get(&group[i]->source),
            .source_layer = url ? url->source_layer : NULL,
            .encoding = url ? url->encoding : NULL,
            .crs = url ? url->crs : NULL,
            .name = group[i]->entry->layer,
            .metadata = items[i]};
    }
    TRY_DONE(convert_vectors(part, date, layers, count));
    for (size_t i = 0; i < count; i++) {
        group[i]->features = layers[i].features;
        group[i]->without_geometry = layers[i].without_geometry;
    }
done:
    free(items);
    free(layers);
    return status;
}

static bool is_raster(const char *to)
{
    size_t n = strlen(to);
    return n > 4 && text_same(to + n - 4, ".tif");
}

static enum terramis_status convert(const char *part, const char *date,
                                    struct fetched *const *group, size_t count)
{
    if (!is_raster(group[0]->entry->to))
        return convert_all(part, date, group, count);
    struct gdal_item items[ITEMS];
    describe(group[0], items);
    const struct url *url = url_of(group[0]);
    group[0]->features = -1;
    return convert_raster(part, text_get(&group[0]->source),
                          url ? url->crs : NULL, items);
}

static struct provenance record_of(const struct fetched *layer)
{
    return (struct provenance){.layer = layer->entry->layer,
                               .service = layer->entry->service.op->name,
                               .address = text_get(&layer->address),
                               .licence = layer->licence,
                               .date = layer->date,
                               .sha256 = layer->sha256,
                               .settings = layer->settings.data,
                               .features = layer->features,
                               .without_geometry = layer->without_geometry};
}

/* Writes one file from the layers that go to it. */
static enum terramis_status write_file(const char *path, const char *date,
                                       struct fetched *const *group,
                                       size_t count)
{
    struct text part = {0};
    struct provenance *records = NULL;
    enum terramis_status status;
    TRY_DONE(mem_new(&records, count, sizeof *records));
    for (size_t i = 0; i < count; i++)
        records[i] = record_of(group[i]);
    if (provenance_holds(path, records, count))
        goto done;
    TRY_DONE(make_folder_of(path));
    TRY_DONE(part_path(path, &part));
    TRY_DONE(convert(text_get(&part), date, group, count));
    for (size_t i = 0; i < count; i++) {
        records[i] = record_of(group[i]);
        group[i]->written = true;
    }
    status = provenance_write(text_get(&part), records, count);
    if (status == TERRAMIS_OK)
        status = provenance_replace(text_get(&part), path);
    if (status != TERRAMIS_OK)
        unlink(text_get(&part));
done:
    free(records);
    text_release(&part);
    return status;
}

enum terramis_status write_files(const struct config *config,
                                 struct fetch_result *result, const char *date)
{
    struct fetched **group = NULL;
    TRY(mem_new(&group, result->count, sizeof(struct fetched *)));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < result->count && status == TERRAMIS_OK; i++) {
        const char *to = result->layers[i].entry->to;
        size_t count = 0;
        bool done = false;
        for (size_t j = 0; j < result->count; j++)
            if (strcmp(result->layers[j].entry->to, to) == 0) {
                group[count++] = &result->layers[j];
                done = done || j < i;
            }
        if (done)
            continue;
        struct text path = {0};
        status = full_path(config, to, &path);
        if (status == TERRAMIS_OK)
            status = write_file(text_get(&path), date, group, count);
        text_release(&path);
    }
    free(group);
    return status;
}
