/* terramis list and terramis schema: what there is, read from the tables. */
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
        if (registry == &service_registry)
            print_service(op->name, stream);
        if (op->params)
            param_print(op->params, 4, stream);
    }
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
        return plot_memberships(options->out, stream);
    if (!options->json) {
        print_text(registry, stream);
        return TERRAMIS_OK;
    }
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < registry->count; i++) {
        const struct operator* op = registry->ops[i];
        json_object *o = json_object_new_object();
        json_object_object_add(o, "name", json_object_new_string(op->name));
        json_object_object_add(o, "summary",
                               json_object_new_string(op->summary));
        if (op->formula)
            json_object_object_add(o, "formula",
                                   json_object_new_string(op->formula));
        if (op->source)
            json_object_object_add(o, "source",
                                   json_object_new_string(op->source));
        json_object_array_add(list, o);
    }
    return json_print(list, stream);
}

enum terramis_status terramis_schema(FILE *stream)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    project_registries(registries);
    return json_print(schema_of(config_rows, registries), stream);
}
