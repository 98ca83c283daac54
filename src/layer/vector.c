#include "layer/vector.h"

#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "geo/gdal.h"
#include "layer/shape.h"
#include "layer/table.h"

/* What reading needs beside the result. */
struct reading {
    struct vector *vector;
    const struct vector_request *request;
    OGRLayerH layer;
    int *columns; /* of the wanted fields; -1: none */
    struct shape_maker maker;
    struct rect source; /* extent in the layer's own CRS */
    size_t capacity;
};

static enum terramis_status read_values(struct reading *r, OGRFeatureH source,
                                        struct feature *feature)
{
    size_t count = r->request->field_count;
    feature->values =
        arena_alloc(&r->vector->arena, count, sizeof *feature->values);
    if (!feature->values)
        return status_no_memory();
    for (size_t i = 0; i < count; i++) {
        int column = r->columns[i];
        if (column < 0 || !OGR_F_IsFieldSetAndNotNull(source, column))
            continue;
        feature->values[i] = arena_text(&r->vector->arena,
                                        OGR_F_GetFieldAsString(source, column));
        if (!feature->values[i])
            return status_no_memory();
    }
    return TERRAMIS_OK;
}

/* Counts a feature that is used, and what its repair did. */
static void count_used(struct vector_report *report, const struct shape *shape,
                       int64_t fid)
{
    report->used++;
    if (shape->repaired && report->repaired++ == 0)
        report->first_repaired = fid;
    report->repair_change += shape->change;
}

static enum terramis_status keep(struct reading *r, OGRFeatureH source,
                                 const struct shape *shape, struct rect extent)
{
    struct vector *vector = r->vector;
    TRY(mem_grow(&vector->features, &r->capacity, vector->count,
                 sizeof *vector->features));
    struct feature *feature = &vector->features[vector->count];
    *feature = (struct feature){.fid = OGR_F_GetFID(source),
                                .geometry = shape->geometry,
                                .extent = extent};
    vector->count++; /* from here on the vector owns the geometry */
    count_used(&vector->report, shape, feature->fid);
    return read_values(r, source, feature);
}

static enum terramis_status read_feature(struct reading *r, OGRFeatureH source)
{
    const struct vector_request *request = r->request;
    struct vector_report *report = &r->vector->report;
    struct geos *geos = r->maker.geos;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(source);
    report->read++;
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        report->without_geometry++;
        return TERRAMIS_OK;
    }
    if (request->areas && r->maker.buffer <= 0 &&
        OGR_G_GetDimension(geometry) < 2)
        return layer_problem(request->config, request->layer, TERRAMIS_INPUT,
                             _("feature %lld is a point or line, which has no "
                               "area. Give the layer a buffer: in metres"),
                             (long long)OGR_F_GetFID(source));
    struct shape shape;
    TRY(shape_make(&r->maker, geometry, &shape));
    r->source = rect_union(r->source, shape.source);
    if (!shape.geometry) {
        if (report->refused++ == 0)
            report->first_refused = OGR_F_GetFID(source);
        return TERRAMIS_OK;
    }
    struct rect extent = geos_extent(geos, shape.geometry);
    r->vector->whole = rect_union(r->vector->whole, extent);
    if (isfinite(request->reach) &&
        !rect_meets(extent, rect_grow(request->area, request->reach))) {
        report->outside++;
        GEOSGeom_destroy_r(geos->context, shape.geometry);
        return TERRAMIS_OK;
    }
    return keep(r, source, &shape, extent);
}

static enum terramis_status read_features(struct reading *r)
{
    enum terramis_status status = TERRAMIS_OK;
    OGRFeatureH feature;
    OGR_L_ResetReading(r->layer);
    while (status == TERRAMIS_OK &&
           (feature = OGR_L_GetNextFeature(r->layer)) != NULL) {
        status = read_feature(r, feature);
        OGR_F_Destroy(feature);
        if (status == TERRAMIS_OK && status_interrupted())
            status = status_set(TERRAMIS_INTERRUPTED, _("interrupted"));
    }
    TRY(status);
    if (*gdal_first_error())
        return layer_problem(r->request->config, r->request->layer,
                             TERRAMIS_INPUT,
                             _("damaged after %lld features: %s"),
                             r->vector->report.read, gdal_first_error());
    return TERRAMIS_OK;
}

/* Latitude and longitude (or north and east) exchanged is the usual reason why
 * a layer lies nowhere near its territory: say so if turning them helps. */
static bool fits_when_swapped(struct reading *r)
{
    double x = (r->source.ymin + r->source.ymax) / 2;
    double y = (r->source.xmin + r->source.xmax) / 2;
    crs_step_points(r->maker.step, &x, &y, 1, 1, false);
    return rect_meets((struct rect){x, y, x, y},
                      rect_grow(r->request->area, 1e5));
}

static enum terramis_status check_overlap(struct reading *r)
{
    const struct vector_request *request = r->request;
    const struct vector_report *report = &r->vector->report;
    char layer[96], area[96];
    if (report->used > 0)
        return TERRAMIS_OK;
    if (report->outside > 0)
        return layer_problem(
            request->config, request->layer, TERRAMIS_INPUT,
            _("does not overlap any territory: the layer covers %s, the "
              "territories %s (xmin ymin xmax ymax, metres in the project's "
              "CRS), %.1f km apart.%s"),
            rect_text(r->vector->whole, layer), rect_text(request->area, area),
            rect_gap(r->vector->whole, request->area) / 1000,
            fits_when_swapped(r)
                ? _(" With x and y exchanged it would: check the axis order")
                : _(" Check its CRS, or remove the layer"));
    if (request->needed)
        return layer_problem(
            request->config, request->layer, TERRAMIS_INPUT,
            _("has no usable feature (%lld in the layer, %lld "
              "after where, %lld without geometry, %lld refused)"),
            report->total, report->read, report->without_geometry,
            report->refused);
    if (request->empty_is_fine)
        return TERRAMIS_OK;
    layer_warning(request->config, request->layer,
                  _("has no usable feature (%lld in the layer, %lld after "
                    "where): it counts as empty"),
                  report->total, report->read);
    return TERRAMIS_OK;
}

static void ignore(void *item, void *data)
{
    (void)item;
    (void)data;
}

enum terramis_status vector_index(struct vector *vector, struct geos *geos)
{
    GEOSContextHandle_t c = geos->context;
    vector->index = GEOSSTRtree_create_r(c, 10);
    TRY(geos_check(geos, vector->index, N_("spatial index")));
    vector->extent = rect_empty();
    for (size_t i = 0; i < vector->count; i++) {
        struct feature *feature = &vector->features[i];
        geos_freeze(geos, feature->geometry);
        feature->extent = geos_extent(geos, feature->geometry);
        vector->extent = rect_union(vector->extent, feature->extent);
        GEOSSTRtree_insert_r(c, vector->index, feature->geometry,
                             (void *)(uintptr_t)(i + 1));
    }
    /* the tree is built by its first query: do that before threads share it */
    GEOSGeometry *origin = geos_rectangle(geos, (struct rect){0, 0, 0, 0});
    TRY(geos_check(geos, origin, N_("spatial index")));
    GEOSSTRtree_query_r(c, vector->index, origin, ignore, NULL);
    GEOSGeom_destroy_r(c, origin);
    return TERRAMIS_OK;
}

static enum terramis_status name_operation(struct reading *r)
{
    double x = (r->source.xmin + r->source.xmax) / 2;
    double y = (r->source.ymin + r->source.ymax) / 2;
    return mem_copy_text(
        &r->vector->operation,
        crs_step_name(r->maker.step, x, y, &r->vector->accuracy));
}

static enum terramis_status read_opened(struct reading *r,
                                        struct layer_table *table)
{
    const struct vector_request *request = r->request;
    struct vector *vector = r->vector;
    TRY(table_columns(table, request->fields, request->field_count,
                      &r->columns));
    vector->report.total = table->total;
    vector->synthetic = table->synthetic;
    TRY(mem_copy_text(&vector->layer, OGR_L_GetName(table->layer)));
    TRY(mem_copy_text(&vector->crs,
                      *table->crs.id ? table->crs.id : table->crs.name));
    if (crs_step_open(&r->maker.step, &table->crs, request->crs) != TERRAMIS_OK)
        return layer_failed(request->config, request->layer, TERRAMIS_INPUT);
    r->layer = table->layer;
    TRY(read_features(r));
    vector->report.skipped = table->skipped;
    if (!request->layer->where) /* a shapefile's head counts deleted rows too */
        vector->report.total = vector->report.read + table->skipped;
    TRY(check_overlap(r));
    return name_operation(r);
}

enum terramis_status vector_read(struct vector *vector, struct geos *geos,
                                 const struct vector_request *request)
{
    *vector = (struct vector){.config = request->layer,
                              .extent = rect_empty(),
                              .whole = rect_empty()};
    struct layer_table table;
    struct reading r = {
        .vector = vector,
        .request = request,
        .source = rect_empty(),
        .maker = {.geos = geos,
                  .buffer = request->layer->buffer + request->buffer,
                  .areas = request->areas}};
    enum terramis_status status =
        table_open(&table, request->config, request->layer);
    if (status == TERRAMIS_OK)
        status = read_opened(&r, &table);
    crs_step_close(r.maker.step);
    free(r.columns);
    table_close(&table);
    TRY(status);
    const struct vector_report *report = &vector->report;
    if (report->repaired > 0)
        layer_warning(request->config, request->layer,
                      _("%lld invalid geometries repaired (the first: feature "
                        "%lld); areas changed by %.1f m2 in all"),
                      report->repaired, (long long)report->first_repaired,
                      report->repair_change);
    if (report->refused > 0)
        layer_warning(request->config, request->layer,
                      _("%lld geometries could not be used (the first: feature "
                        "%lld)"),
                      report->refused, (long long)report->first_refused);
    return vector_index(vector, geos);
}

void vector_release(struct vector *vector, struct geos *geos)
{
    for (size_t i = 0; i < vector->count; i++)
        GEOSGeom_destroy_r(geos->context, vector->features[i].geometry);
    if (vector->index)
        GEOSSTRtree_destroy_r(geos->context, vector->index);
    free(vector->features);
    free(vector->layer);
    free(vector->crs);
    free(vector->operation);
    arena_release(&vector->arena);
    *vector = (struct vector){0};
}

struct query {
    void (*found)(size_t index, void *data);
    void *data;
};

static void on_found(void *item, void *data)
{
    struct query *query = data;
    query->found((size_t)(uintptr_t)item - 1, query->data);
}

void vector_query(const struct vector *vector, struct geos *geos,
                  struct rect rect, void (*found)(size_t index, void *data),
                  void *data)
{
    struct query query = {found, data};
    if (vector->count == 0 || !rect_meets(vector->extent, rect))
        return;
    GEOSGeometry *box = geos_rectangle(geos, rect);
    GEOSSTRtree_query_r(geos->context, vector->index, box, on_found, &query);
    GEOSGeom_destroy_r(geos->context, box);
}
