#include "demo/write.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct gdal_item write_marks[] = {{"SYNTHETIC", "YES"},
                                        {"DESCRIPTION", WRITE_DESCRIPTION},
                                        {"LICENCE", "CC0-1.0"},
                                        {NULL, NULL}};

static const struct vector_field territory_fields[] = {
    {"siren", VECTOR_TEXT, NULL}, {"nom", VECTOR_TEXT, NULL}};

void row_text(struct write_row *row, const char *format, ...)
{
    char *text = row->texts[row->value_count];
    va_list args;
    va_start(args, format);
    vsnprintf(text, WRITE_TEXT, format, args);
    va_end(args);
    row->values[row->value_count++] = vector_text(text);
}

void row_integer(struct write_row *row, int64_t value)
{
    row->values[row->value_count++] = vector_integer(value);
}

void row_real(struct write_row *row, double value)
{
    row->values[row->value_count++] = vector_real(value);
}

void row_null(struct write_row *row)
{
    row->values[row->value_count++] = vector_null();
}

void row_bdtopo(struct write_row *row, const char *prefix)
{
    row_text(row, "%s%016zu", prefix, row->number);
    row_text(row, "En service");
}

void row_commune(struct write_row *row)
{
    int group = row->feature->group;
    row_text(row, "%05d", row->region->pilot->insee + group);
    row_text(row, "Commune fictive %d", group + 1);
}

double row_chance(const struct write_row *row, int what)
{
    struct point p = row->feature->shape.rings[0].at[0];
    return noise_hash(row->region->pilot->seed + 200 + (uint64_t)what,
                      (int64_t)(p.x * 10), (int64_t)(p.y * 10));
}

enum terramis_status write_begin(const char *dir, const char *folder,
                                 const char *name, struct text *part,
                                 struct text *path)
{
    text_release(part);
    text_release(path);
    text_addf(part, "%s/%s/.part-%s", dir, folder, name);
    text_addf(path, "%s/%s/%s", dir, folder, name);
    TRY(text_status(part));
    TRY(text_status(path));
    return status_go_on();
}

enum terramis_status write_done(const struct text *part,
                                const struct text *path)
{
    if (rename(text_get(part), text_get(path)) == 0)
        return TERRAMIS_OK;
    int cause = errno;
    remove(text_get(part));
    return status_set(TERRAMIS_OUTPUT, "%s: %s", text_get(path),
                      strerror(cause));
}

static enum terramis_status write_rows(struct vector_file *file,
                                       const struct write_layer *layer,
                                       const struct region *regions)
{
    struct bytes wkb = {0};
    size_t number = 0;
    enum terramis_status status = TERRAMIS_OK;
    for (int i = 0; i < PILOT_COUNT; i++) {
        const struct feature_list *list = &regions[i].features[layer->kind];
        for (size_t k = 0; k < list->count; k++) {
            number++;
            struct write_row row = {.region = &regions[i],
                                    .feature = &list->at[k],
                                    .number = number};
            layer->fill(&row);
            TRY_DONE(shape_wkb(&row.feature->shape, &wkb));
            TRY_DONE(vector_file_add(file, wkb.at, wkb.size, row.values));
        }
    }
done:
    free(wkb.at);
    return status;
}

static enum terramis_status write_layer(struct vector_file *file,
                                        const struct write_layer *layer,
                                        const struct region *regions)
{
    struct vector_layer spec = {.name = layer->name,
                                .title = layer->title,
                                .description = WRITE_DESCRIPTION,
                                .crs = "EPSG:2154",
                                .geometry = layer->geometry,
                                .fields = layer->fields,
                                .field_count = layer->field_count,
                                .metadata = write_marks,
                                .spatial_index = !regions[0].small};
    TRY(vector_file_layer(file, &spec));
    return write_rows(file, layer, regions);
}

/* Writes the layers that share the file of the first; *count says how many. */
static enum terramis_status write_file(const char *dir,
                                       const struct write_layer *layers,
                                       const struct region *regions,
                                       size_t *count)
{
    struct text part = {0}, path = {0}, name = {0};
    struct vector_file *file = NULL;
    enum terramis_status status = TERRAMIS_OK;
    *count = 0;
    text_addf(&name, "%s.gpkg", layers->file);
    TRY_DONE(write_begin(dir, "vectors", text_get(&name), &part, &path));
    TRY_DONE(vector_file_new(text_get(&part), WRITE_DATE, &file));
    for (;
         layers[*count].file && strcmp(layers[*count].file, layers->file) == 0;
         ++*count)
        TRY_DONE(write_layer(file, &layers[*count], regions));
    status = vector_file_finish(file);
    file = NULL;
    if (status == TERRAMIS_OK)
        status = write_done(&part, &path);
done:
    vector_file_cancel(file);
    text_release(&part);
    text_release(&path);
    text_release(&name);
    return status;
}

static enum terramis_status add_territories(struct vector_file *file,
                                            const struct region *regions)
{
    struct vector_layer spec = {.name = "epci",
                                .title = "Territoires pilotes",
                                .description = WRITE_DESCRIPTION,
                                .crs = "EPSG:2154",
                                .geometry = VECTOR_POLYGON,
                                .fields = territory_fields,
                                .field_count = 2,
                                .metadata = write_marks};
    struct bytes wkb = {0};
    enum terramis_status status = vector_file_layer(file, &spec);
    for (int i = 0; i < PILOT_COUNT && status == TERRAMIS_OK; i++) {
        struct vector_value values[2] = {vector_text(pilots[i].siren),
                                         vector_text(pilots[i].name)};
        status = shape_wkb(&regions[i].outline, &wkb);
        if (status == TERRAMIS_OK)
            status = vector_file_add(file, wkb.at, wkb.size, values);
    }
    free(wkb.at);
    return status;
}

static enum terramis_status write_territories(const char *dir,
                                              const struct region *regions)
{
    struct text part = {0}, path = {0};
    struct vector_file *file = NULL;
    enum terramis_status status;
    TRY_DONE(write_begin(dir, "vectors", "territoires.gpkg", &part, &path));
    TRY_DONE(vector_file_new(text_get(&part), WRITE_DATE, &file));
    TRY_DONE(add_territories(file, regions));
    status = vector_file_finish(file);
    file = NULL;
    if (status == TERRAMIS_OK)
        status = write_done(&part, &path);
done:
    vector_file_cancel(file);
    text_release(&part);
    text_release(&path);
    return status;
}

enum terramis_status write_vectors(const char *dir,
                                   const struct region *regions)
{
    const struct write_layer *const tables[] = {
        write_network_layers, write_land_layers, write_water_layers};
    TRY(write_territories(dir, regions));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const struct write_layer *layer = tables[i];
        for (size_t count; layer->file; layer += count)
            TRY(write_file(dir, layer, regions, &count));
    }
    return TERRAMIS_OK;
}
