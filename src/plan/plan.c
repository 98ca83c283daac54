#include "plan/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "geo/gdal.h"
#include "layer/profile.h"
#include "plan/internal.h"

/* Metres around the territories from which maps take names. */
static const double places_reach = 20000;

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

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Results are told apart by the parcel's id: twice the same id is a parcel in
 * several parts, or pages of a download that repeat. */
static enum terramis_status warn_of_duplicates(const struct config *config,
                                               const struct vector *parcels)
{
    const char **ids, *first = NULL;
    size_t count = 0, twice = 0;
    TRY(mem_new(&ids, parcels->count, sizeof *ids));
    for (size_t i = 0; i < parcels->count; i++)
        if (parcels->features[i].values[PARCEL_ID])
            ids[count++] = parcels->features[i].values[PARCEL_ID];
    if (count)
        qsort(ids, count, sizeof *ids, by_text);
    for (size_t i = 1; i < count; i++)
        if (strcmp(ids[i], ids[i - 1]) == 0 && twice++ == 0)
            first = ids[i];
    free(ids);
    if (twice > 0)
        layer_warning(config, parcels->config,
                      _("%zu parcels repeat the id of another, the first "
                        "'%s': each stays a parcel of its own"),
                      twice, first);
    if (count < parcels->count)
        layer_warning(config, parcels->config, _("%zu parcels have no id"),
                      parcels->count - count);
    return TERRAMIS_OK;
}

/* Their land counts once, for the first of them. */
static enum terramis_status find_overlaps(struct plan *plan)
{
    const struct vector *parcels = &plan->parcels;
    TRY(overlaps_find(&plan->overlaps, parcels, &plan->crs, plan->threads));
    struct overlap_sum sum = overlaps_sum(&plan->overlaps);
    if (sum.area < 1) /* m2: borders that differ by millimetres */
        return TERRAMIS_OK;
    const struct feature *feature =
        &parcels->features[plan->overlaps.items[0].feature];
    const char *id = feature->values ? feature->values[PARCEL_ID] : NULL;
    layer_warning(plan->config, parcels->config,
                  _("%zu parcels overlap earlier ones by %.4f ha in all (%zu "
                    "repeat one whole), the first is '%s' (fid %lld). That "
                    "land counts once, for the earlier parcel"),
                  sum.parcels, sum.area * 1e-4, sum.repeats, id ? id : "",
                  (long long)feature->fid);
    return TERRAMIS_OK;
}

static enum terramis_status read_parcels(struct plan *plan)
{
    const struct config *config = plan->config;
    const char *const fields[PARCEL_FIELDS] = {
        [PARCEL_ID] = config->parcels.id,
        [PARCEL_COMMUNE_NAME] = "?nom_com|nom_commune|commune_nom",
        [PARCEL_COMMUNE_CODE] = "?code_insee|insee_com|insee"};
    struct vector_request request = {.config = config,
                                     .layer = &config->parcels.layer,
                                     .crs = &plan->crs,
                                     .area = plan->area,
                                     .areas = true,
                                     .needed = true,
                                     .fields = fields,
                                     .field_count =
                                         config->parcels.id ? PARCEL_FIELDS : 0,
                                     .threads = plan->threads};
    TRY(vector_read(&plan->parcels, &request));
    if (request.field_count > 0)
        TRY(warn_of_duplicates(config, &plan->parcels));
    TRY(find_overlaps(plan));
    return plan_note(plan, (struct plan_layer){.role = N_("parcels"),
                                               .config = request.layer,
                                               .vector = &plan->parcels});
}

static enum terramis_status read_places(struct plan *plan)
{
    const struct places_config *places = &plan->config->places;
    const char *const fields[] = {places->name, places->importance};
    struct vector_request request = {.config = plan->config,
                                     .layer = &places->layer,
                                     .crs = &plan->crs,
                                     .area = plan->area,
                                     .reach = places_reach,
                                     .fields = fields,
                                     .field_count = places->importance ? 2 : 1,
                                     .threads = plan->threads};
    if (!places->layer.source.text)
        return TERRAMIS_OK;
    TRY(vector_read(&plan->places, &request));
    return plan_note(plan, (struct plan_layer){.role = N_("places"),
                                               .config = request.layer,
                                               .vector = &plan->places});
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
    TRY(read_parcels(plan));
    TRY(read_places(plan));
    TRY(plan_read_marginal(plan));
    TRY(plan_read_constraints(plan));
    TRY(plan_make_overlay(plan));
    TRY(plan_read_knowledge(plan));
    return plan_read_factors(plan);
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
    arena_release(&plan->memory);
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
