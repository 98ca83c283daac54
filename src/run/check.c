/* terramis check: reads everything exactly as a run does, computes nothing. */
#include <json-c/json.h>
#include <math.h>

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

static void print_vector(FILE *stream, const struct plan_layer *layer)
{
    const struct vector *v = layer->vector;
    const struct vector_report *r = &v->report;
    if (r->read == r->total)
        fprintf(stream, _("    %lld features: "), r->total);
    else
        fprintf(stream, _("    %lld features, %lld after where: "), r->total,
                r->read);
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

static void print_layer(FILE *stream, const struct plan_layer *layer)
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
    if (layer->raster)
        print_raster(stream, layer->raster);
    fprintf(stream, _("    licence: %s; date: %s\n"),
            licence ? licence : _("not given"),
            layer->config->date ? layer->config->date : _("not given"));
}

static void print_text(FILE *stream, const struct plan *plan)
{
    fprintf(stream, _("%s\n  CRS %s (%s), cells of %g m\n"), plan->config->path,
            plan->crs.id, plan->crs.name, plan->resolution);
    for (size_t i = 0; i < plan->layer_count; i++)
        print_layer(stream, &plan->layers[i]);
    fputs(_("  everything could be read\n"), stream);
}

static void add_text(json_object *o, const char *key, const char *text)
{
    json_object_object_add(o, key, text ? json_object_new_string(text) : NULL);
}

static void add_count(json_object *o, const char *key, long long count)
{
    json_object_object_add(o, key, json_object_new_int64(count));
}

static json_object *json_layer(const struct plan_layer *layer)
{
    json_object *o = json_object_new_object();
    add_text(o, "role", layer->role);
    add_text(o, "id", layer->id);
    add_text(o, "source", layer->config->source.text);
    add_text(o, "layer", layer->config->layer);
    add_text(o, "licence", layer_licence(layer->config));
    if (layer->vector) {
        const struct vector_report *r = &layer->vector->report;
        add_count(o, "total", r->total);
        add_count(o, "read", r->read);
        add_count(o, "used", r->used);
        add_count(o, "outside", r->outside);
        add_count(o, "without_geometry", r->without_geometry);
        add_count(o, "refused", r->refused);
        add_count(o, "repaired", r->repaired);
        add_text(o, "crs", layer->vector->crs);
        add_text(o, "operation", layer->vector->operation);
    }
    if (layer->raster) {
        add_count(o, "width", layer->raster->width);
        add_count(o, "height", layer->raster->height);
        add_text(o, "crs", layer->raster->crs.id);
        add_text(o, "operation", layer->raster->operation);
    }
    return o;
}

static enum terramis_status print_json(FILE *stream, const struct plan *plan,
                                       struct estimate memory)
{
    json_object *root = json_object_new_object();
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < plan->layer_count; i++)
        json_object_array_add(list, json_layer(&plan->layers[i]));
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

enum terramis_status terramis_check(const struct terramis_options *options,
                                    FILE *stream)
{
    struct project project;
    enum terramis_status status = project_open(&project, options, true);
    if (status == TERRAMIS_OK && options->json)
        status = print_json(stream, &project.plan,
                            estimate_memory(options, &project.plan));
    else if (status == TERRAMIS_OK)
        print_text(stream, &project.plan);
    if (status == TERRAMIS_OK && !options->json)
        print_memory(stream, estimate_memory(options, &project.plan));
    project_release(&project);
    return status;
}
