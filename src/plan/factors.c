#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/pool.h"
#include "geo/gdal.h"
#include "plan/internal.h"

static enum terramis_status factor_problem(const struct plan *plan,
                                           const struct factor_config *config,
                                           const struct place *at,
                                           enum terramis_status code,
                                           const char *what)
{
    char *text = NULL;
    TRY(mem_copy_text(&text, what)); /* `what` may be the message itself */
    enum terramis_status status =
        status_set(code, _("%s:%d:%d: factor %s: %s"), plan->config->path,
                   at->line, at->column, config->id, text);
    free(text);
    return status;
}

/* Opens as raster where the criterion takes one and the file is one. */
static bool is_raster(const struct criterion_op *op,
                      const struct layer_config *layer)
{
    GDALDatasetH dataset;
    if (!(op->inputs & INPUT_RASTER))
        return false;
    if (!(op->inputs & INPUT_VECTOR))
        return true;
    if (layer->layer ||
        gdal_open_raster(layer->source.full, &dataset) != TERRAMIS_OK)
        return false;
    bool yes = GDALGetRasterCount(dataset) > 0;
    GDALClose(dataset);
    return yes;
}

static enum terramis_status read_vector(struct plan *plan,
                                        struct factor *factor)
{
    const struct criterion_op *op = factor->criterion;
    const struct layer_config *layer = &factor->config->layer;
    const char *field =
        op->field ? op->field(factor->config->criterion.params) : NULL;
    if (op->field && !field)
        return factor_problem(plan, factor->config,
                              &factor->config->membership.at, TERRAMIS_PROJECT,
                              _("a vector layer needs attribute: (the field "
                                "with the class)"));
    struct vector_request request = plan_request(plan, layer);
    request.reach = op->everywhere ? INFINITY : 0;
    request.areas = op->areas;
    request.needed = op->everywhere;
    request.fields = &field;
    request.field_count = field ? 1 : 0;
    factor->source.input = INPUT_VECTOR;
    return vector_read(&factor->source.vector, &request);
}

const char *factor_unit(const struct factor_config *config)
{
    const struct preset *preset = (const struct preset *)config->preset.op;
    const char *unit = criterion_of(&config->criterion)->unit;
    if (config->unit)
        return config->unit;
    return *unit || !preset ? unit : preset->unit;
}

/* The points of a membership have a unit, and should be that of the raster.
 * Spellings of one unit differ, so another may be right. */
static void warn_unit(const struct plan *plan, const struct factor *factor)
{
    const struct factor_config *config = factor->config;
    const char *declared = factor->source.raster.unit;
    const char *wanted = factor_unit(config);
    if (factor->criterion->kernel || factor->criterion->classes)
        return;
    if (*wanted && *declared && !text_same(declared, wanted))
        layer_warning(plan->config, &config->layer,
                      _("is in '%s', factor %s takes values in %s. Check that "
                        "they are the same, or convert the raster"),
                      declared, config->id, wanted);
    if (*wanted && !*declared && !config->unit)
        log_line(LOG_NOTE,
                 _("factor %s: %s declares no unit, preset %s takes values in "
                   "%s"),
                 config->id, layer_title(&config->layer),
                 config->preset.op->name, wanted);
    if (!config->unit && !config->preset.op)
        log_line(LOG_NOTE,
                 _("%s:%d:%d: factor %s: the unit of its values is not given "
                   "(%s declares %s). Add unit: to it, such as unit: mm"),
                 plan->config->path, config->layer.at.line,
                 config->layer.at.column, config->id,
                 layer_title(&config->layer), *declared ? declared : _("none"));
}

static enum terramis_status check_bands(const struct plan *plan,
                                        const struct factor *factor)
{
    const struct raster_kernel *kernel = factor->criterion->kernel;
    int bands = factor->source.raster.bands;
    if (!kernel || !kernel->bands || kernel->bands(bands))
        return TERRAMIS_OK;
    return layer_problem(plan->config, &factor->config->layer, TERRAMIS_INPUT,
                         _("has %d bands; criterion %s needs %s. gdalbuildvrt "
                           "-separate makes one file of several"),
                         bands, factor->criterion->op.name,
                         _(kernel->bands_help));
}

static enum terramis_status prepare(const struct plan *plan,
                                    struct factor *factor)
{
    if (!factor->criterion->prepare || factor->source.input == INPUT_RASTER)
        return TERRAMIS_OK;
    enum terramis_status status = factor->criterion->prepare(&factor->source);
    return status == TERRAMIS_PROJECT
               ? factor_problem(plan, factor->config,
                                &factor->config->criterion.at, status,
                                status_message())
               : status;
}

/* A criterion without a layer of its own gives none. */
static enum terramis_status
read_source(struct plan *plan, struct factor *factor, struct plan_layer *layer)
{
    struct criterion_source *source = &factor->source;
    const struct layer_config *config = &factor->config->layer;
    source->params = factor->config->criterion.params;
    source->crs = &plan->crs;
    source->own_crs = config->crs;
    source->area = plan->area;
    source->resolution = plan->resolution;
    if (factor->criterion->op.alone)
        return TERRAMIS_OK;
    *layer = (struct plan_layer){
        .role = N_("factor"), .id = factor->config->id, .config = config};
    if (is_raster(factor->criterion, config)) {
        source->input = INPUT_RASTER;
        layer->raster = &source->raster;
        TRY(raster_open(&source->raster, plan->config, config, &plan->crs,
                        plan->area));
        warn_unit(plan, factor);
        return check_bands(plan, factor);
    }
    layer->vector = &source->vector;
    return read_vector(plan, factor);
}

/* Matches the classes of polygons, with their counts, or numbers. */
static enum terramis_status bind_classes(struct factor *factor)
{
    const struct criterion_source *source = &factor->source;
    struct membership_classes classes = {source->classes, NULL,
                                         source->class_count};
    size_t *features;
    if (!source->classes)
        return membership_bind(&factor->bound, &factor->config->membership,
                               NULL);
    TRY(mem_new(&features, classes.count, sizeof *features));
    for (size_t i = 0; i < source->vector.count; i++)
        if (source->feature_class[i] >= 0)
            features[source->feature_class[i]]++;
    classes.features = features;
    enum terramis_status status =
        membership_bind(&factor->bound, &factor->config->membership, &classes);
    free(features);
    return status;
}

/* Codes go with tables, measures with curves. */
static enum terramis_status bind_membership(const struct plan *plan,
                                            struct factor *factor)
{
    const struct factor_config *config = factor->config;
    if (factor->membership->classes != factor->criterion->classes)
        return factor_problem(
            plan, config, &config->membership.at, TERRAMIS_PROJECT,
            factor->criterion->classes
                ? _("classes need membership {kind: table, table: {...}}")
                : _("membership table is for criterion class; values need a "
                    "curve, such as linear (see: terramis list "
                    "memberships)"));
    enum terramis_status status = bind_classes(factor);
    return status == TERRAMIS_OK
               ? status
               : factor_problem(plan, config, &config->membership.at, status,
                                status_message());
}

static void scale_weights(struct plan *plan)
{
    double sum = 0;
    for (size_t i = 0; i < plan->factor_count; i++)
        sum += plan->factors[i].config->weight;
    for (size_t i = 0; i < plan->factor_count; i++)
        plan->factors[i].weight = plan->factors[i].config->weight / sum;
}

/* The yield may want the values of factors. */
static enum terramis_status check_yield(const struct plan *plan)
{
    size_t positions[YIELD_INPUTS];
    TRY(yield_inputs(plan->config, positions));
    for (int i = 0; i < YIELD_INPUTS; i++) {
        if (!positions[i])
            continue;
        const struct factor *factor = &plan->factors[positions[i] - 1];
        if (factor->criterion->classes)
            return factor_problem(
                plan, factor->config, &factor->config->membership.at,
                TERRAMIS_PROJECT,
                _("it has classes; the yield needs measured values"));
    }
    return TERRAMIS_OK;
}

enum terramis_status plan_list_factors(struct plan *plan, size_t *count)
{
    const struct config *config = plan->config;
    const struct factor_config *configs = config->factors.items;
    *count = config->factors.count;
    TRY(mem_new(&plan->factors, *count, sizeof *plan->factors));
    for (size_t i = 0; i < *count; i++) {
        struct factor *factor = &plan->factors[i];
        factor->config = &configs[i];
        factor->criterion = criterion_of(&configs[i].criterion);
        factor->membership = membership_of(&configs[i].membership);
        factor->nodata = (enum nodata_policy)(
            configs[i].nodata == NODATA_INHERIT ? config->nodata
                                                : configs[i].nodata);
    }
    plan->factor_count = *count;
    return TERRAMIS_OK;
}

enum terramis_status plan_read_factor(struct plan *plan, size_t i,
                                      struct plan_layer *layer)
{
    struct factor *factor = &plan->factors[i];
    TRY(read_source(plan, factor, layer));
    TRY(prepare(plan, factor));
    return bind_membership(plan, factor);
}

/* Factors of one file read it through one dataset, whose cache they share. */
static void share_rasters(struct plan *plan)
{
    for (size_t i = 0; i < plan->factor_count; i++)
        for (size_t k = 0; k < i; k++) {
            struct criterion_source *source = &plan->factors[i].source;
            const struct criterion_source *other = &plan->factors[k].source;
            if (source->input == INPUT_RASTER && other->input == INPUT_RASTER)
                raster_share(&source->raster, &other->raster);
        }
}

enum terramis_status plan_finish_factors(struct plan *plan)
{
    share_rasters(plan);
    scale_weights(plan);
    return check_yield(plan);
}
