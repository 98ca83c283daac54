/* terramis list and terramis schema: what there is, read from the tables. */
#include <math.h>

#include "base/log.h"
#include "fetch/service.h"
#include "layer/profile.h"
#include "param/json.h"
#include "param/schema.h"
#include "run/plot.h"
#include "run/project.h"

static const struct registry *table_of(enum terramis_table table)
{
    switch (table) {
    case TERRAMIS_CRITERIA:
        return &criterion_registry;
    case TERRAMIS_MEMBERSHIPS:
        return &membership_registry;
    case TERRAMIS_WEIGHTINGS:
        return &weighting_registry;
    case TERRAMIS_COMBINERS:
        return &combiner_registry;
    case TERRAMIS_YIELDS:
        return &yield_registry;
    case TERRAMIS_OUTPUTS:
        return &output_registry;
    case TERRAMIS_LAYERS:
        return &profile_registry;
    case TERRAMIS_SERVICES:
        return &service_registry;
    case TERRAMIS_PRESETS:
        return &preset_registry;
    case TERRAMIS_THRESHOLDS:
        return &threshold_registry;
    }
    return NULL;
}

static void print_service(const char *name, FILE *stream)
{
    const struct service_facts *facts = service_facts(name);
    if (facts->address)
        fprintf(stream, _("    address: %s\n"), facts->address);
    if (facts->licence)
        fprintf(stream, _("    licence: %s\n"), facts->licence);
    fprintf(stream, _("    source: %s\n"), facts->source);
}

static void print_preset(const struct preset *preset, FILE *stream)
{
    if (*preset->unit)
        fprintf(stream, _("    unit: %s\n"), preset->unit);
    fprintf(stream, _("    settings: %s\n"), preset->settings);
    fprintf(stream, _("    verified: %s\n"), preset->verified);
}

static void print_thresholds(const struct thresholds *t, FILE *stream)
{
    for (int m = 0; m < METAL_COUNT; m++)
        if (isfinite(t->limit[m]))
            fprintf(stream, _("    %s: %g mg/kg\n"), metal_names[m],
                    t->limit[m]);
    fprintf(stream, _("    verified: %s\n"), t->verified ? "[V]" : "[U]");
}

static void print_corridors(const struct right_of_way *way, FILE *stream)
{
    fputs(_("    rights-of-way (carriageway where none is given, then verge "
            "and the part of it kept free on each side):\n"),
          stream);
    for (size_t i = 0; i < way->corridor_count; i++) {
        const struct corridor *c = &way->corridors[i];
        fprintf(stream, "      %s%s%s%s: %g, %g, %g m [%s]\n",
                c->class ? c->class : _("any"), way->is_voltage ? " kV" : "",
                c->ranks ? ", " : "", c->ranks ? c->ranks : "", c->carriageway,
                c->verge, c->setback, c->source);
    }
}

static void print_profile(const struct profile *p, FILE *stream)
{
    if (p->fields)
        fprintf(stream, _("    fields (? may be missing): %s\n"), p->fields);
    if (p->skip_field)
        fprintf(stream, _("    left out: %s = %s\n"), p->skip_field,
                p->skip_values);
    if (p->nulls)
        fprintf(stream, _("    no value: %s\n"), p->nulls);
    if (p->kind == PROFILE_RASTER)
        fprintf(stream, _("    raster, %s, plausible: %g to %g\n"),
                p->unit ? p->unit : "", p->low, p->high);
    else
        fprintf(stream, _("    geometry: %s\n"), profile_kinds[p->kind]);
    if (p->crs)
        fprintf(stream, _("    CRS where the file names none: %s\n"), p->crs);
    fprintf(stream, _("    licence: %s\n"), p->licence);
    if (p->note)
        fprintf(stream, _("    note: %s\n"), _(p->note));
    if (p->right_of_way)
        print_corridors(p->right_of_way, stream);
}

static void print_own_profiles(FILE *stream)
{
    fputs(_("Profiles of your own: `profiles: mine.yaml` in the project names "
            "a file of these keys:\n"),
          stream);
    param_print(profiles_rows, 4, stream);
}

static void print_text(const struct registry *registry, FILE *stream)
{
    for (size_t i = 0; i < registry->count; i++) {
        const struct operator* op = registry->ops[i];
        fprintf(stream, "%s: %s\n", op->name, _(op->summary));
        if (op->formula)
            fprintf(stream, _("    formula: %s\n"), op->formula);
        if (op->source)
            fprintf(stream, _("    source: %s\n"), op->source);
        if (registry == &output_registry)
            fprintf(stream, _("    files: %s\n"),
                    ((const struct output_op *)op)->files);
        if (registry == &preset_registry)
            print_preset((const struct preset *)op, stream);
        if (registry == &threshold_registry)
            print_thresholds((const struct thresholds *)op, stream);
        if (registry == &service_registry)
            print_service(op->name, stream);
        if (registry == &profile_registry)
            print_profile((const struct profile *)op, stream);
        if (op->params)
            param_print(op->params, 4, stream);
    }
    if (registry == &profile_registry)
        print_own_profiles(stream);
}

static void add_text(json_object *o, const char *key, const char *text)
{
    if (text)
        json_object_object_add(o, key, json_object_new_string(text));
}

static void add_profile(json_object *o, const struct profile *p)
{
    add_text(o, "licence", p->licence);
    add_text(o, "geometry", profile_kinds[p->kind]);
    add_text(o, "fields", p->fields);
    add_text(o, "note", p->note);
}

enum terramis_status terramis_list(const struct terramis_options *options,
                                   enum terramis_table table, FILE *stream)
{
    const struct registry *registry = table_of(table);
    if (!registry)
        return status_set(TERRAMIS_USAGE, _("no such table"));
    if (options->out && registry != &membership_registry)
        return status_set(TERRAMIS_USAGE,
                          _("--out: only memberships can be drawn"));
    if (options->out)
        return status_end(plot_memberships(options->out, stream));
    if (!options->json) {
        print_text(registry, stream);
        return TERRAMIS_OK;
    }
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < registry->count; i++) {
        const struct operator* op = registry->ops[i];
        json_object *o = json_object_new_object();
        add_text(o, "name", op->name);
        add_text(o, "summary", op->summary);
        add_text(o, "formula", op->formula);
        add_text(o, "source", op->source);
        if (registry == &profile_registry)
            add_profile(o, (const struct profile *)op);
        json_object_array_add(list, o);
    }
    return status_end(json_print(list, stream));
}

enum terramis_status terramis_schema(FILE *stream)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    project_registries(registries);
    return status_end(json_print(schema_of(config_rows, registries), stream));
}
