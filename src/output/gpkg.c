/* Parcels and sites as a GeoPackage that QGIS opens with titles, value lists
 * and a style; everything is in the one file. */
#include <stdlib.h>

#include "base/pool.h"
#include "output/credits.h"
#include "output/gpkg_tables.h"
#include "output/labels.h"

enum {
    GPKG_PARCELS,
    GPKG_SITES,
    GPKG_LAYERS
};

enum {
    CHUNK = 128 /* rows that a thread puts together at a time */
};

struct gpkg {
    const struct output_job *job;
    const struct territory_result *result;
    struct vector_file *file;
    struct gpkg_layer layers[GPKG_LAYERS];
};

/* What the layer is, for people: "Parcelles – Caux Seine Agglo". */
static void describe(const struct gpkg *gpkg, struct gpkg_layer *layer,
                     enum label title, enum label about)
{
    const struct plan *plan = gpkg->job->plan;
    int language = plan->config->language;
    text_addf(&layer->title, "%s – %s", label_text(title, language),
              gpkg->result->analysis.territory->config->name);
    if (plan->synthetic)
        text_addf(&layer->about, "%s ",
                  label_text(LABEL_SYNTHETIC_ABSTRACT, language));
    text_addf(&layer->about, "%s. %s. Terramis %s, %s. %s%s",
              label_text(about, language), plan->config->title,
              TERRAMIS_VERSION, gpkg->job->date,
              label_text(LABEL_SOURCES, language),
              label_text(LABEL_COLON, language));
    credits_sources(&layer->about, plan);
    text_add(&layer->about, ".");
}

static enum terramis_status describe_layers(struct gpkg *gpkg)
{
    struct gpkg_layer *parcels = &gpkg->layers[GPKG_PARCELS];
    struct gpkg_layer *sites = &gpkg->layers[GPKG_SITES];
    parcels->name = "parcels";
    sites->name = "sites";
    TRY(fields_of_parcels(&parcels->fields, gpkg->job->plan));
    TRY(fields_of_sites(&sites->fields, gpkg->job->plan));
    describe(gpkg, parcels, LABEL_PARCELS, LABEL_ABOUT_PARCELS);
    describe(gpkg, sites, LABEL_SITES, LABEL_ABOUT_SITES);
    for (int i = 0; i < GPKG_LAYERS; i++) {
        TRY(text_status(&gpkg->layers[i].title));
        TRY(text_status(&gpkg->layers[i].about));
    }
    return TERRAMIS_OK;
}

static enum terramis_status begin_layer(struct gpkg *gpkg,
                                        struct gpkg_layer *layer)
{
    const struct plan *plan = gpkg->job->plan;
    size_t count = 0;
    layer->items[count++] =
        (struct gdal_item){"SOFTWARE", "Terramis " TERRAMIS_VERSION};
    if (plan->config->licence)
        layer->items[count++] =
            (struct gdal_item){"LICENCE", plan->config->licence};
    if (plan->synthetic)
        layer->items[count++] = (struct gdal_item){"SYNTHETIC", "YES"};
    TRY(fields_columns(&layer->fields, &layer->columns));
    layer->spec = (struct vector_layer){.name = layer->name,
                                        .title = text_get(&layer->title),
                                        .description = text_get(&layer->about),
                                        .crs = plan->config->crs,
                                        .geometry = VECTOR_MULTIPOLYGON,
                                        .fields = layer->columns,
                                        .field_count = layer->fields.count,
                                        .metadata = layer->items,
                                        .spatial_index = true};
    return vector_file_layer(gpkg->file, &layer->spec);
}

static size_t count_rows(const struct gpkg *gpkg, int layer)
{
    return layer == GPKG_PARCELS ? gpkg->result->analysis.parcels.count
                                 : gpkg->result->sites.count;
}

/* Parcel or site number `i`, and its geometry. */
static struct field_row row_of(const struct gpkg *gpkg, int layer, size_t i,
                               struct path_range *geometry)
{
    struct field_row row = {.analysis = &gpkg->result->analysis};
    if (layer == GPKG_SITES) {
        row.site = &gpkg->result->sites.items[i];
        *geometry = row.site->geometry;
        return row;
    }
    row.parcel = &row.analysis->parcels.items[i];
    *geometry = vector_paths(row.analysis->parcels.vector, row.parcel->feature);
    return row;
}

/* The rows of a layer, put together by several threads. */
struct packing {
    const struct gpkg *gpkg;
    int layer;
};

/* What a thread keeps from row to row. */
struct packer {
    struct vector_value *values;
    struct field_contributions contributions;
};

/* A slot of the pool. */
struct packed_rows {
    struct vector_batch *batch;
    size_t count;
};

static enum terramis_status start_packing(void *data, void **worker)
{
    const struct packing *packing = data;
    const struct gpkg_layer *layer = &packing->gpkg->layers[packing->layer];
    struct packer *packer;
    TRY(mem_new(&packer, 1, sizeof *packer));
    *worker = packer;
    return mem_new(&packer->values, layer->fields.count,
                   sizeof *packer->values);
}

static void stop_packing(void *data, void *worker)
{
    struct packer *packer = worker;
    (void)data;
    free(packer->values);
    free(packer);
}

static enum terramis_status pack_row(const struct packing *packing,
                                     struct packer *packer,
                                     struct vector_batch *batch, size_t i)
{
    const struct gpkg *gpkg = packing->gpkg;
    const struct fields *fields = &gpkg->layers[packing->layer].fields;
    struct path_range paths;
    struct field_row row = row_of(gpkg, packing->layer, i, &paths);
    row.contributions = &packer->contributions;
    for (size_t f = 0; f < fields->count; f++)
        packer->values[f] = fields_value(&fields->items[f], &row);
    return vector_file_pack(gpkg->file, batch, paths, packer->values);
}

static enum terramis_status pack_rows(void *data, void *worker, size_t chunk,
                                      void *result)
{
    const struct packing *packing = data;
    struct packed_rows *rows = result;
    size_t count = count_rows(packing->gpkg, packing->layer);
    size_t first = chunk * CHUNK, end = first + CHUNK;
    end = end < count ? end : count;
    if (!rows->batch)
        TRY(vector_batch_new(&rows->batch));
    for (size_t i = first; i < end; i++)
        TRY(pack_row(packing, worker, rows->batch, i));
    rows->count = end - first;
    return TERRAMIS_OK;
}

static enum terramis_status append_rows(void *data, size_t chunk, void *result)
{
    const struct packing *packing = data;
    struct packed_rows *rows = result;
    (void)chunk;
    return vector_file_append(packing->gpkg->file, rows->batch, rows->count);
}

static void release_rows(void *data, void *result)
{
    struct packed_rows *rows = result;
    (void)data;
    vector_batch_free(rows->batch);
}

static enum terramis_status write_layer(struct gpkg *gpkg, int layer)
{
    struct packing packing = {gpkg, layer};
    size_t count = count_rows(gpkg, layer);
    TRY(begin_layer(gpkg, &gpkg->layers[layer]));
    if (count == 0)
        return TERRAMIS_OK;
    TRY(vector_file_rows(gpkg->file));
    return pool_run(
        &(struct pool_job){.tiles = (count + CHUNK - 1) / CHUNK,
                           .threads = gpkg->job->plan->threads,
                           .result_size = sizeof(struct packed_rows),
                           .data = &packing,
                           .start = start_packing,
                           .work = pack_rows,
                           .stop = stop_packing,
                           .commit = append_rows,
                           .release = release_rows});
}

static enum terramis_status fill(struct gpkg *gpkg)
{
    TRY(describe_layers(gpkg));
    for (int i = 0; i < GPKG_LAYERS; i++)
        TRY(write_layer(gpkg, i));
    for (int i = 0; i < GPKG_LAYERS; i++) {
        TRY(gpkg_add_titles(gpkg->file, &gpkg->layers[i]));
        TRY(gpkg_add_about(gpkg->file, &gpkg->layers[i], gpkg->job));
    }
    return gpkg_add_styles(gpkg->file, &gpkg->layers[GPKG_PARCELS],
                           &gpkg->layers[GPKG_SITES], gpkg->job);
}

static void release(struct gpkg *gpkg)
{
    for (int i = 0; i < GPKG_LAYERS; i++) {
        struct gpkg_layer *layer = &gpkg->layers[i];
        fields_release(&layer->fields);
        free(layer->columns);
        text_release(&layer->title);
        text_release(&layer->about);
    }
}

static enum terramis_status write_gpkg(const struct output_job *job,
                                       const struct territory_result *result)
{
    struct gpkg gpkg = {.job = job, .result = result};
    struct text date = {0};
    char *path = NULL;
    text_addf(&date, "%sT00:00:00.000Z", job->date);
    enum terramis_status status = text_status(&date);
    if (status == TERRAMIS_OK)
        status = output_path(job, result, "parcels.gpkg", &path);
    if (status == TERRAMIS_OK)
        status = vector_file_new(path, text_get(&date), &gpkg.file);
    if (status == TERRAMIS_OK) {
        status = fill(&gpkg);
        if (status == TERRAMIS_OK)
            status = vector_file_finish(gpkg.file);
        else
            vector_file_cancel(gpkg.file);
    }
    release(&gpkg);
    free(path);
    text_release(&date);
    return status;
}

const struct output_op output_gpkg = {
    .op = {.name = "gpkg",
           .summary =
               N_("Parcels and sites as GeoPackage, with styles for QGIS."),
           .source = "OGC 12-128r18"},
    .files = "<territory>/parcels.gpkg",
    .large = "parcels.gpkg",
    .early = true,
    .territory = write_gpkg};
