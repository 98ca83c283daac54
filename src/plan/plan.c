#include "plan/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "geo/gdal.h"
#include "layer/profile.h"
#include "plan/internal.h"

enum terramis_status plan_note(struct plan *plan, struct plan_layer layer)
{
    TRY(mem_grow(&plan->layers, &plan->layer_room, plan->layer_count,
                 sizeof *plan->layers));
    plan->layers[plan->layer_count++] = layer;
    if ((layer.vector && layer.vector->synthetic) ||
        (layer.raster && layer.raster->synthetic))
        plan->synthetic = true;
    return TERRAMIS_OK;
}

static enum terramis_status open_crs(struct plan *plan)
{
    const struct config *config = plan->config;
    if (crs_parse(&plan->crs, config->crs) != TERRAMIS_OK) {
        char *why = NULL;
        TRY(mem_copy_text(&why, status_message()));
        enum terramis_status status =
            status_set(TERRAMIS_PROJECT, "%s:%d:%d: crs: %s", config->path,
                       config->crs_at.line, config->crs_at.column, why);
        free(why);
        return status;
    }
    if (!plan->crs.metric)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: crs: '%s' does not measure in metres. "
                            "Distances and areas need a projected CRS, such as "
                            "EPSG:2154 (Lambert-93) in France"),
                          config->path, config->crs_at.line,
                          config->crs_at.column, plan->crs.name);
    if (plan->crs.wraps)
        return status_set(TERRAMIS_PROJECT,
                          _("%s:%d:%d: crs: '%s' holds a pole or crosses the "
                            "antimeridian, where shapes fall apart. Take a "
                            "projected CRS of the region, such as its UTM "
                            "zone"),
                          config->path, config->crs_at.line,
                          config->crs_at.column, plan->crs.name);
    return crs_area_open(&plan->measure, &plan->crs);
}

enum terramis_status plan_open(struct plan *plan, const struct config *config,
                               double resolution, int threads)
{
    *plan = (struct plan){.config = config,
                          .resolution =
                              resolution > 0 ? resolution : config->resolution,
                          .threads = threads};
    gdal_setup();
    TRY(geos_open(&plan->geos));
    TRY(combination_open(&plan->combination, config));
    TRY(open_crs(plan));
    TRY(plan_read_territories(plan));
    TRY(plan_read_layers(plan));
    TRY(plan_make_overlay(plan));
    return plan_finish_factors(plan);
}

static void release_factors(struct plan *plan)
{
    for (size_t i = 0; i < plan->factor_count; i++) {
        criterion_source_release(&plan->factors[i].source);
        membership_release(&plan->factors[i].bound);
    }
    free(plan->factors);
}

void plan_release(struct plan *plan)
{
    if (!plan->geos.context)
        return;
    release_factors(plan);
    combination_release(&plan->combination);
    for (size_t i = 0; i < plan->marginal_count; i++) {
        vector_release(&plan->marginal[i].vector);
        rights_of_way_release(&plan->marginal[i].rights);
    }
    for (size_t i = 0; i < plan->constraint_count; i++) {
        vector_release(&plan->constraints[i].vector);
        vector_release(&plan->constraints[i].named);
    }
    for (size_t i = 0; i < plan->territory_count; i++) {
        vector_release(&plan->territories[i].vector);
        paths_release(&plan->territories[i].paths);
    }
    for (size_t i = 0; i < plan->cover_count; i++)
        vector_release(&plan->covers[i].vector);
    overlaps_release(&plan->overlaps);
    vector_release(&plan->parcels);
    vector_release(&plan->places);
    free(plan->covers);
    free(plan->evidence);
    free(plan->marginal);
    free(plan->constraints);
    free(plan->territories);
    free(plan->sets);
    free(plan->layers);
    crs_area_close(plan->measure);
    crs_release(&plan->crs);
    geos_close(&plan->geos);
    *plan = (struct plan){0};
}

enum terramis_status plan_weights(const struct plan *plan, double **weights)
{
    TRY(mem_new(weights, plan->factor_count, sizeof **weights));
    for (size_t i = 0; i < plan->factor_count; i++)
        (*weights)[i] = plan->factors[i].weight;
    return TERRAMIS_OK;
}

enum terramis_status plan_limiting_weights(const struct plan *plan,
                                           double **weights)
{
    const struct combiner_op *rule = combiner_of(&plan->config->combine);
    TRY(plan_weights(plan, weights));
    for (size_t i = 0; rule->unweighted && i < plan->factor_count; i++)
        (*weights)[i] = (*weights)[i] > 0;
    return TERRAMIS_OK;
}

void plan_registries(struct registry registries[CONFIG_REGISTRY_COUNT],
                     const struct registry *outputs)
{
    registries[CONFIG_CRITERIA] = criterion_registry;
    registries[CONFIG_MEMBERSHIPS] = membership_registry;
    registries[CONFIG_COMBINERS] = combiner_registry;
    registries[CONFIG_PROFILES] = profile_registry;
    registries[CONFIG_OUTPUTS] = *outputs;
    registries[CONFIG_WEIGHTINGS] = weighting_registry;
    registries[CONFIG_PRESETS] = preset_registry;
    registries[CONFIG_YIELDS] = yield_registry;
    registries[CONFIG_SERVICES] = (struct registry){.what = N_("service")};
}
