#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "layer/table.h"
#include "layer/vector_chunk.h"

/* No more threads than there are chunks, as far as the driver knows. */
static int useful_threads(const struct reading *r)
{
    long long chunks = r->vector->report.total / CHUNK_FEATURES + 1;
    int threads = r->request->threads > 0 ? r->request->threads : 1;
    return chunks > 0 && chunks < threads ? (int)chunks : threads;
}

static enum terramis_status read_features(struct reading *r)
{
    struct pool_job job = {.tiles = POOL_UNKNOWN,
                           .threads = useful_threads(r),
                           .result_size = sizeof(struct chunk),
                           .data = r,
                           .start = chunk_start,
                           .fill = chunk_fill,
                           .work = chunk_work,
                           .stop = chunk_stop,
                           .commit = chunk_commit,
                           .release = chunk_release};
    OGR_L_ResetReading(r->layer);
    TRY(pool_run(&job));
    if (*r->error)
        return layer_problem(r->request->config, r->request->layer,
                             TERRAMIS_INPUT,
                             _("damaged after %lld features: %s"),
                             r->vector->report.read, r->error);
    return TERRAMIS_OK;
}

/* Latitude and longitude (or north and east) exchanged is the usual reason why
 * a layer lies nowhere near its territory: say so if turning them helps. */
static bool fits_when_swapped(const struct reading *r, struct crs_step *step)
{
    double x = (r->source.ymin + r->source.ymax) / 2;
    double y = (r->source.xmin + r->source.xmax) / 2;
    crs_step_points(step, &x, &y, 1, 1, false);
    return rect_meets((struct rect){x, y, x, y},
                      rect_grow(r->request->area, 1e5));
}

static enum terramis_status check_overlap(const struct reading *r,
                                          struct crs_step *step)
{
    const struct vector_request *request = r->request;
    const struct vector_report *report = &r->vector->report;
    char layer[96], area[96];
    if (report->used > 0 || request->again)
        return TERRAMIS_OK;
    /* around the territories, but not in them: the CRS is right */
    bool around = rect_meets(r->vector->whole, request->area);
    if (report->outside > 0 && (request->needed || !around))
        return layer_problem(
            request->config, request->layer, TERRAMIS_INPUT,
            _("does not overlap any territory: the layer covers %s, the "
              "territories %s (xmin ymin xmax ymax, metres in the project's "
              "CRS), %.1f km apart.%s"),
            rect_text(r->vector->whole, layer), rect_text(request->area, area),
            rect_gap(r->vector->whole, request->area) / 1000,
            fits_when_swapped(r, step)
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

static enum terramis_status name_operation(const struct reading *r,
                                           struct crs_step *step)
{
    double x = (r->source.xmin + r->source.xmax) / 2;
    double y = (r->source.ymin + r->source.ymax) / 2;
    return mem_copy_text(&r->vector->operation,
                         crs_step_name(step, x, y, &r->vector->accuracy));
}

/* Not all that ends without an error has been read. */
static enum terramis_status check_count(const struct reading *r,
                                        const struct layer_table *table)
{
    const struct vector_request *request = r->request;
    long long found = r->vector->report.read;
    if (found >= table->least)
        return TERRAMIS_OK;
    return layer_problem(request->config, request->layer, TERRAMIS_INPUT,
                         _("says that it has %lld features, but holds %lld: "
                           "the file is damaged. Fetch or export it again"),
                         table->least, found);
}

static enum terramis_status read_opened(struct reading *r,
                                        struct layer_table *table,
                                        struct crs_step **step)
{
    const struct vector_request *request = r->request;
    struct vector *vector = r->vector;
    if (!request->again)
        table_warn(table);
    TRY(table_columns(table, request->fields, request->field_count,
                      &r->columns));
    vector->report.total = table->total;
    vector->synthetic = table->synthetic;
    TRY(mem_copy_text(&vector->layer, OGR_L_GetName(table->layer)));
    text_clean(vector->layer);
    TRY(mem_copy_text(&vector->crs,
                      *table->crs.id ? table->crs.id : table->crs.name));
    if (crs_step_open(step, &table->crs, request->crs) != TERRAMIS_OK)
        return layer_failed(request->config, request->layer, TERRAMIS_INPUT);
    r->layer = table->layer;
    r->crs = &table->crs;
    TRY(read_features(r));
    TRY(check_count(r, table));
    vector->report.skipped = table->skipped;
    if (!request->layer->where) /* a shapefile's head counts deleted rows too */
        vector->report.total = vector->report.read + table->skipped;
    TRY(check_overlap(r, *step));
    return name_operation(r, *step);
}

enum terramis_status vector_read(struct vector *vector,
                                 const struct vector_request *request)
{
    *vector = (struct vector){.config = request->layer,
                              .extent = rect_empty(),
                              .whole = rect_empty()};
    struct layer_table table;
    struct crs_step *step = NULL;
    struct reading r = {
        .vector = vector, .request = request, .source = rect_empty()};
    enum terramis_status status =
        table_open(&table, request->config, request->layer);
    if (status == TERRAMIS_OK)
        status = read_opened(&r, &table, &step);
    crs_step_close(step);
    free(r.columns);
    table_close(&table);
    TRY(status);
    const struct vector_report *report = &vector->report;
    if (request->again)
        return vector_index(vector);
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
    return vector_index(vector);
}
