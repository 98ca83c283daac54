#include "layer/vector_chunk.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "geo/gdal.h"

/* A worker's own GEOS and PROJ. */
struct converter {
    struct geos geos;
    struct shape_maker maker;
};

enum terramis_status chunk_start(void *data, void **worker)
{
    const struct reading *r = data;
    const struct vector_request *request = r->request;
    struct converter *converter;
    TRY(mem_new(&converter, 1, sizeof *converter));
    *worker = converter;
    TRY(geos_open(&converter->geos));
    bool everywhere = !isfinite(request->reach);
    converter->maker = (struct shape_maker){
        .geos = &converter->geos,
        .buffer = request->again ? 0 : request->layer->buffer + request->buffer,
        .areas = request->areas,
        .everywhere = everywhere,
        .near = everywhere ? request->area
                           : rect_grow(request->area, request->reach)};
    return crs_step_open(&converter->maker.step, r->crs, request->crs);
}

void chunk_stop(void *data, void *worker)
{
    struct converter *converter = worker;
    (void)data;
    crs_step_close(converter->maker.step);
    shape_maker_release(&converter->maker);
    geos_close(&converter->geos);
    free(converter);
}

static void note_error(char *error, size_t size)
{
    if (*gdal_first_error() && !*error)
        snprintf(error, size, "%s", gdal_first_error());
}

enum terramis_status chunk_fill(void *data, size_t number, void *result,
                                bool *more)
{
    struct reading *r = data;
    struct chunk *chunk = result;
    (void)number;
    gdal_errors_clear();
    chunk->count =
        gdal_next_features(r->layer, chunk->features, CHUNK_FEATURES);
    note_error(r->error, sizeof r->error);
    *more = chunk->count > 0;
    return TERRAMIS_OK;
}

/* text may be NULL. */
static enum terramis_status add_text(struct chunk *chunk, const char *text)
{
    size_t size = text ? strlen(text) + 2 : 1;
    TRY(mem_grow(&chunk->texts, &chunk->text_room, chunk->text_size + size, 1));
    char *to = chunk->texts + chunk->text_size;
    if (text) {
        to[0] = '=';
        memcpy(to + 1, text, size - 2);
    }
    to[size - 1] = '\0';
    text_clean(to);
    chunk->text_size += size;
    return TERRAMIS_OK;
}

static enum terramis_status read_values(const struct reading *r,
                                        OGRFeatureH source, struct chunk *chunk)
{
    for (size_t i = 0; i < r->request->field_count; i++) {
        int column = r->columns[i];
        bool is_null =
            column < 0 || !OGR_F_IsFieldSetAndNotNull(source, column);
        TRY(add_text(chunk,
                     is_null ? NULL : OGR_F_GetFieldAsString(source, column)));
    }
    return TERRAMIS_OK;
}

static enum terramis_status keep(const struct reading *r, OGRFeatureH source,
                                 const struct shape *shape, size_t first,
                                 struct chunk *chunk)
{
    struct vector_report *report = &chunk->report;
    int64_t fid = OGR_F_GetFID(source);
    report->used++;
    if (shape->repaired && report->repaired++ == 0)
        report->first_repaired = fid;
    report->repair_change += shape->change;
    chunk->items[chunk->used++] =
        (struct chunk_item){fid, first, chunk->paths.count - first};
    return read_values(r, source, chunk);
}

static enum terramis_status failed(const struct reading *r, OGRFeatureH source,
                                   enum terramis_status status)
{
    char why[256];
    snprintf(why, sizeof why, "%s", status_message());
    return layer_problem(r->request->config, r->request->layer, status,
                         _("feature %lld: %s"), (long long)OGR_F_GetFID(source),
                         why);
}

static enum terramis_status convert(const struct reading *r,
                                    struct shape_maker *maker,
                                    OGRFeatureH source, struct chunk *chunk)
{
    const struct vector_request *request = r->request;
    struct vector_report *report = &chunk->report;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(source);
    report->read++;
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        report->without_geometry++;
        return TERRAMIS_OK;
    }
    if (request->areas && maker->buffer <= 0 &&
        OGR_G_GetDimension(geometry) < 2)
        return layer_problem(request->config, request->layer, TERRAMIS_INPUT,
                             _("feature %lld is a point or line, which has no "
                               "area. Give the layer a buffer: in metres"),
                             (long long)OGR_F_GetFID(source));
    struct shape shape;
    size_t first = chunk->paths.count;
    enum terramis_status status =
        shape_make(maker, geometry, &chunk->paths, &shape);
    if (status != TERRAMIS_OK)
        return failed(r, source, status);
    if (rect_is_finite(shape.source))
        chunk->source = rect_union(chunk->source, shape.source);
    if (shape.fate == SHAPE_REFUSED) {
        if (report->refused++ == 0)
            report->first_refused = OGR_F_GetFID(source);
        return TERRAMIS_OK;
    }
    chunk->whole = rect_union(chunk->whole, shape.extent);
    if (shape.fate == SHAPE_OUTSIDE) {
        report->outside++;
        return TERRAMIS_OK;
    }
    return keep(r, source, &shape, first, chunk);
}

enum terramis_status chunk_work(void *data, void *worker, size_t number,
                                void *result)
{
    const struct reading *r = data;
    struct converter *converter = worker;
    struct chunk *chunk = result;
    enum terramis_status status = TERRAMIS_OK;
    (void)number;
    paths_clear(&chunk->paths);
    chunk->used = chunk->text_size = 0;
    chunk->report = (struct vector_report){0};
    chunk->source = chunk->whole = rect_empty();
    chunk->error[0] = '\0';
    gdal_errors_clear();
    for (size_t i = 0; i < chunk->count && status == TERRAMIS_OK; i++)
        status = convert(r, &converter->maker, chunk->features[i], chunk);
    note_error(chunk->error, sizeof chunk->error);
    gdal_drop_features(chunk->features, &chunk->count);
    return status;
}

static void add_report(struct vector_report *to,
                       const struct vector_report *from)
{
    if (to->repaired == 0)
        to->first_repaired = from->first_repaired;
    if (to->refused == 0)
        to->first_refused = from->first_refused;
    to->read += from->read;
    to->used += from->used;
    to->without_geometry += from->without_geometry;
    to->outside += from->outside;
    to->refused += from->refused;
    to->repaired += from->repaired;
    to->repair_change += from->repair_change;
}

/* The values of the last feature, from *text on, which moves on. */
static enum terramis_status take_values(struct vector *vector, size_t count,
                                        const char **text)
{
    const char **values = arena_alloc(&vector->arena, count, sizeof *values);
    if (!values)
        return status_no_memory();
    vector->features[vector->count - 1].values = values;
    for (size_t i = 0; i < count; i++) {
        if (**text == '=') {
            values[i] = arena_text(&vector->arena, *text + 1);
            if (!values[i])
                return status_no_memory();
        }
        *text += strlen(*text) + 1;
    }
    return TERRAMIS_OK;
}

enum terramis_status chunk_commit(void *data, size_t number, void *result)
{
    struct reading *r = data;
    const struct chunk *chunk = result;
    struct vector *vector = r->vector;
    const char *text = chunk->texts;
    (void)number;
    for (size_t i = 0; i < chunk->used; i++) {
        const struct chunk_item *item = &chunk->items[i];
        TRY(vector_append(
            vector, item->fid,
            (struct path_range){&chunk->paths, item->first, item->count}));
        if (r->request->field_count > 0)
            TRY(take_values(vector, r->request->field_count, &text));
    }
    add_report(&vector->report, &chunk->report);
    r->source = rect_union(r->source, chunk->source);
    vector->whole = rect_union(vector->whole, chunk->whole);
    if (!*chunk->error)
        return TERRAMIS_OK;
    return layer_problem(r->request->config, r->request->layer, TERRAMIS_INPUT,
                         _("damaged after %lld features: %s"),
                         vector->report.read, chunk->error);
}

void chunk_release(void *data, void *result)
{
    struct chunk *chunk = result;
    (void)data;
    gdal_drop_features(chunk->features, &chunk->count);
    paths_release(&chunk->paths);
    free(chunk->texts);
}
