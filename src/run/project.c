#include "run/project.h"

#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "base/pool.h"
#include "fetch/provenance.h"
#include "fetch/service.h"
#include "output/companions.h"
#include "output/fields.h"
#include "uncertainty/uncertainty.h"

static enum terramis_status check_territory(const struct project *project,
                                            const char *id)
{
    const struct territory_config *t = project->config.territories.items;
    const char *near = NULL;
    struct text known = {0};
    if (!id)
        return TERRAMIS_OK;
    for (size_t i = 0; i < project->config.territories.count; i++) {
        if (text_same(t[i].id, id)) {
            text_release(&known);
            return TERRAMIS_OK;
        }
        text_offer(id, t[i].id, &near);
        text_addf(&known, "%s%s", i ? ", " : "", t[i].id);
    }
    enum terramis_status status =
        near ? status_set(TERRAMIS_USAGE,
                          _("--territory %s: no such territory; did you mean "
                            "'%s'? There are: %s"),
                          id, near, text_get(&known))
             : status_set(TERRAMIS_USAGE,
                          _("--territory %s: no such territory. There are: %s"),
                          id, text_get(&known));
    text_release(&known);
    return status;
}

void project_registries(struct registry registries[CONFIG_REGISTRY_COUNT])
{
    plan_registries(registries, &output_registry);
    registries[CONFIG_SERVICES] = service_registry;
}

const char *project_path(const struct terramis_options *options)
{
    return options->project ? options->project : "terramis.yaml";
}

const char *project_out(const struct terramis_options *options)
{
    return options->out ? options->out : "out";
}

enum terramis_status
project_open_unfetched(struct project *project,
                       const struct terramis_options *options)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    *project = (struct project){0};
    log_setup(options->quiet, options->verbose);
    status_clear();
    project_registries(registries);
    return config_read_unfetched(project_path(options), registries,
                                 &project->config);
}

/* A layer's file and those beside it. */
static enum terramis_status note_layer(struct config *config,
                                       struct layer_config *layer, void *data)
{
    struct digests *inputs = data;
    (void)config;
    if (!layer->source.full)
        return TERRAMIS_OK;
    TRY(digests_note(inputs, layer->source.full));
    for (size_t i = 0;; i++) {
        struct text path = {0};
        bool more = companion_path(layer->source.full, i, &path);
        enum terramis_status status = text_status(&path);
        if (more && status == TERRAMIS_OK)
            status = digests_note(inputs, text_get(&path));
        text_release(&path);
        if (!more || status != TERRAMIS_OK)
            return status;
    }
}

enum terramis_status project_unchanged(const struct project *project)
{
    const char *path = digests_changed(&project->inputs);
    if (!path)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_INPUT,
                      _("%s: changed while the project was computed, so "
                        "results could be of two different versions. Run again "
                        "when nothing writes to it"),
                      path);
}

enum terramis_status project_layers(struct project *project,
                                    const struct terramis_options *options)
{
    TRY(plan_open(&project->plan, &project->config, options->resolution,
                  options->threads > 0 ? options->threads : pool_processors()));
    if (output_draws(&project->config))
        TRY(plan_read_names(&project->plan));
    TRY(fields_check(&project->plan));
    return uncertainty_check(&project->plan);
}

enum terramis_status project_open(struct project *project,
                                  const struct terramis_options *options,
                                  bool layers)
{
    struct registry registries[CONFIG_REGISTRY_COUNT];
    *project = (struct project){0};
    log_setup(options->quiet, options->verbose);
    status_clear();
    project_registries(registries);
    TRY(digests_note(&project->inputs, project_path(options)));
    TRY(config_read(project_path(options), registries, &project->config));
    if (project->config.profiles.full)
        TRY(digests_note(&project->inputs, project->config.profiles.full));
    TRY(config_each_layer(&project->config, note_layer, &project->inputs));
    TRY(provenance_apply(&project->config));
    TRY(check_territory(project, options->territory));
    return layers ? project_layers(project, options) : TERRAMIS_OK;
}

void project_release(struct project *project)
{
    plan_release(&project->plan);
    digests_release(&project->inputs);
    config_release(&project->config);
}

bool project_wants(const struct project *project,
                   const struct terramis_options *options, size_t i)
{
    return !options->territory ||
           text_same(project->plan.territories[i].config->id,
                     options->territory);
}

void run_date(char date[16])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    double fixed;
    time_t now =
        epoch && text_to_real(epoch, &fixed) ? (time_t)fixed : time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(date, 16, "%Y-%m-%d", &utc);
}
