/* terramis check: reads everything exactly as a run does, computes nothing. */
#include <json-c/json.h>
#include <stdlib.h>
#include <math.h>

#include "layer/inspect.h"
#include "layer/profile.h"
#include "param/json.h"
#include "run/estimate.h"
#include "run/project.h"

static void print_crs(FILE *stream, const char *crs, const char *operation,
                      double accuracy)
{
    const char *named = operation && *operation ? _(operation) : "";
    fprintf(stream, _("    CRS %s; operation: %s"), crs, named);
    if (accuracy > 0)
        fprintf(stream, " (%.3g m)", accuracy);
    fputc('\n', stream);
}

/* Features that where: leaves out; the profile's come after. */
static long long filtered(const struct vector_report *r)
{
    return r->total - r->read - r->skipped;
}

static void print_vector(FILE *stream, const struct plan_layer *layer)
{
    const struct vector *v = layer->vector;
    const struct vector_report *r = &v->report;
    fprintf(stream, _("    %lld features"), r->total);
    if (filtered(r) > 0)
        fprintf(stream, _(", %lld left out by where"), filtered(r));
    if (r->skipped > 0)
        fprintf(stream, _(", %lld by the profile"), r->skipped);
    fputs(_(": "), stream);
    fprintf(stream,
            _("%lld used, %lld outside, %lld without geometry, %lld refused, "
              "%lld repaired\n"),
            r->used, r->outside, r->without_geometry, r->refused, r->repaired);
    if (r->repaired > 0)
        fprintf(stream, _("    repair changed areas by %.1f m2\n"),
                r->repair_change);
    if (layer->rights)
        fprintf(stream,
                _("    rights-of-way of %lld lines; %lld on bridges or in "
                  "tunnels, %lld fictitious, %lld without a corridor\n"),
                layer->rights->used, layer->rights->tunnels_and_bridges,
                layer->rights->fictitious, layer->rights->unknown);
    print_crs(stream, v->crs, v->operation, v->accuracy);
}

static void print_overlaps(FILE *stream, const struct plan *plan)
{
    struct overlap_sum sum = overlaps_sum(&plan->overlaps);
    fprintf(stream,
            _("    %zu overlap earlier ones by %.4f ha in all, %zu repeat one "
              "whole\n"),
            sum.parcels, sum.area * 1e-4, sum.repeats);
}

static void print_raster(FILE *stream, const struct raster *r)
{
    if (r->nodata == r->nodata)
        fprintf(stream, _("    %d x %d cells of %.6g, nodata %g\n"), r->width,
                r->height, r->transform[1], r->nodata);
    else
        fprintf(stream, _("    %d x %d cells of %.6g, no nodata declared\n"),
                r->width, r->height, r->transform[1]);
    print_crs(stream, *r->crs.id ? r->crs.id : r->crs.name, r->operation,
              r->accuracy);
}

static void print_inspection(FILE *stream, const struct inspection *i)
{
    if (i->types.length)
        fprintf(stream, _("    geometry: %s\n"), text_get(&i->types));
    if (i->found.length)
        fprintf(stream, _("    fields found: %s\n"), text_get(&i->found));
    if (i->missing.length)
        fprintf(stream, _("    fields missing: %s\n"), text_get(&i->missing));
    for (size_t k = 0; k < i->count; k++)
        fprintf(stream, _("    suspicious: %s\n"), i->suspicions[k].text);
}

static void print_layer(FILE *stream, const struct plan *plan,
                        const struct plan_layer *layer,
                        const struct inspection *inspection)
{
    const char *licence = layer_licence(layer->config);
    const struct operator_use *profile = &layer->config->profile;
    fprintf(stream, _("  %s%s%s: %s"), _(layer->role), layer->id ? " " : "",
            layer->id ? layer->id : "", layer->config->source.text);
    if (layer->config->layer)
        fprintf(stream, _(", layer %s"), layer->config->layer);
    if (profile->op)
        fprintf(stream, _(", profile %s"), profile->op->name);
    fputc('\n', stream);
    if (layer->vector)
        print_vector(stream, layer);
    if (layer->vector == &plan->parcels)
        print_overlaps(stream, plan);
    if (layer->raster)
        print_raster(stream, layer->raster);
    print_inspection(stream, inspection);
    fprintf(stream, _("    licence: %s; date: %s\n"),
            licence ? licence : _("not given"),
            layer->config->date ? layer->config->date : _("not given"));
}

static void print_text(FILE *stream, const struct plan *plan,
                       const struct inspection *inspections)
{
    size_t suspicions = 0;
    fprintf(stream, _("%s\n  CRS %s (%s), cells of %g m\n"), plan->config->path,
            plan->crs.id, plan->crs.name, plan->resolution);
    for (size_t i = 0; i < plan->layer_count; i++) {
        print_layer(stream, plan, &plan->layers[i], &inspections[i]);
        suspicions += inspections[i].count;
    }
    fputs(_("  everything could be read\n"), stream);
    if (suspicions)
        fprintf(stream, _("  %zu things to look at, marked suspicious\n"),
                suspicions);
}

static void add_text(json_object *o, const char *key, const char *text)
{
    json_object_object_add(o, key, text ? json_object_new_string(text) : NULL);
}

static void add_count(json_object *o, const char *key, long long count)
{
    json_object_object_add(o, key, json_object_new_int64(count));
}

static void add_inspection(json_object *o, const struct inspection *inspection)
{
    json_object *list = json_object_new_array();
    add_text(o, "geometry", text_get(&inspection->types));
    add_text(o, "fields_found", text_get(&inspection->found));
    add_text(o, "fields_missing", text_get(&inspection->missing));
    for (size_t i = 0; i < inspection->count; i++) {
        json_object *one = json_object_new_object();
        add_text(one, "code", inspection->suspicions[i].code);
        add_text(one, "text", inspection->suspicions[i].text);
        json_object_array_add(list, one);
    }
    json_object_object_add(o, "suspicious", list);
}

static void add_crs(json_object *o, const char *crs, const char *operation,
                    double accuracy)
{
    add_text(o, "crs", crs);
    add_text(o, "operation", operation);
    json_object_object_add(o, "accuracy_m",
                           accuracy >= 0 ? json_object_new_double(accuracy)
                                         : NULL);
}

static void add_overlaps(json_object *o, const struct plan *plan)
{
    struct overlap_sum sum = overlaps_sum(&plan->overlaps);
    add_count(o, "overlapping", (long long)sum.parcels);
    add_count(o, "repeated", (long long)sum.repeats);
    json_object_object_add(o, "double_ha",
                           json_object_new_double(sum.area * 1e-4));
}

static json_object *json_layer(const struct plan *plan,
                               const struct plan_layer *layer,
                               const struct inspection *inspection)
{
    const struct operator* profile = layer->config->profile.op;
    json_object *o = json_object_new_object();
    add_text(o, "role", layer->role);
    add_text(o, "id", layer->id);
    add_text(o, "source", layer->config->source.text);
    add_text(o, "layer", layer->config->layer);
    add_text(o, "profile", profile ? profile->name : NULL);
    add_text(o, "licence", layer_licence(layer->config));
    add_text(o, "date", layer->config->date);
    if (layer->vector) {
        const struct vector_report *r = &layer->vector->report;
        add_count(o, "total", r->total);
        add_count(o, "filtered", filtered(r));
        add_count(o, "left_out", r->skipped);
        add_count(o, "read", r->read);
        add_count(o, "used", r->used);
        add_count(o, "outside", r->outside);
        add_count(o, "without_geometry", r->without_geometry);
        add_count(o, "refused", r->refused);
        add_count(o, "repaired", r->repaired);
        add_crs(o, layer->vector->crs, layer->vector->operation,
                layer->vector->accuracy);
    }
    if (layer->vector == &plan->parcels)
        add_overlaps(o, plan);
    if (layer->raster) {
        add_count(o, "width", layer->raster->width);
        add_count(o, "height", layer->raster->height);
        add_crs(o, layer->raster->crs.id, layer->raster->operation,
                layer->raster->accuracy);
    }
    add_inspection(o, inspection);
    return o;
}

static enum terramis_status print_json(FILE *stream, const struct plan *plan,
                                       const struct inspection *inspections,
                                       struct estimate memory)
{
    json_object *root = json_object_new_object();
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < plan->layer_count; i++)
        json_object_array_add(
            list, json_layer(plan, &plan->layers[i], &inspections[i]));
    add_text(root, "crs", plan->crs.id);
    json_object_object_add(root, "layers", list);
    add_count(root, "memory_bytes", (long long)memory.total);
    return json_print(root, stream);
}

static void print_memory(FILE *stream, struct estimate memory)
{
    fprintf(stream,
            _("  memory of a run: about %.0f MB, of which %.0f MB for the "
              "layers\n"),
            ceil(memory.total / 1e6), ceil(memory.layers / 1e6));
}

/* Terrain of a slope is metres above the sea, whether a profile says so or
 * not. */
static bool is_terrain(const struct plan *plan, const struct plan_layer *layer)
{
    for (size_t i = 0; i < plan->factor_count; i++) {
        const struct factor_config *factor = plan->factors[i].config;
        if (&factor->layer == layer->config)
            return text_same(factor->criterion.op->name, "slope");
    }
    return false;
}

static enum terramis_status inspect(const struct plan *plan,
                                    struct inspection *inspections)
{
    const struct operator_use srtm = {
        .op = registry_find(&profile_registry, "srtm")};
    for (size_t i = 0; i < plan->layer_count; i++) {
        const struct plan_layer *layer = &plan->layers[i];
        bool parcels = layer->vector == &plan->parcels;
        if (layer->vector)
            TRY(inspect_vector(&inspections[i], plan->config, layer->config,
                               parcels ? plan->config->parcels.id : NULL));
        else if (is_terrain(plan, layer))
            TRY(inspect_raster(&inspections[i], layer->raster,
                               profile_of(&srtm)->low,
                               profile_of(&srtm)->high));
        else
            TRY(inspect_raster(&inspections[i], layer->raster, 0, 0));
    }
    return TERRAMIS_OK;
}

static enum terramis_status report(FILE *stream,
                                   const struct terramis_options *options,
                                   struct plan *plan,
                                   struct inspection *inspections)
{
    TRY(inspect(plan, inspections));
    struct estimate memory = estimate_memory(options, plan);
    if (options->json) {
        TRY(print_json(stream, plan, inspections, memory));
    } else {
        print_text(stream, plan, inspections);
        print_memory(stream, memory);
    }
    return estimate_check(options, plan);
}

enum terramis_status terramis_check(const struct terramis_options *options,
                                    FILE *stream)
{
    struct project project;
    struct inspection *inspections = NULL;
    size_t count = 0;
    enum terramis_status status = project_open(&project, options, true);
    if (status == TERRAMIS_OK) {
        count = project.plan.layer_count;
        status = mem_new(&inspections, count, sizeof *inspections);
    }
    if (status == TERRAMIS_OK)
        status = report(stream, options, &project.plan, inspections);
    for (size_t i = 0; inspections && i < count; i++)
        inspection_release(&inspections[i]);
    free(inspections);
    project_release(&project);
    return status_end(status);
}
