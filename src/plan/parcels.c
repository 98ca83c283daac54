#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan/internal.h"

/* Metres around the territories from which maps take names. */
static const double places_reach = 20000;

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

enum terramis_status plan_list_parcels(struct plan *plan, size_t *count)
{
    (void)plan;
    *count = 1;
    return TERRAMIS_OK;
}

enum terramis_status plan_read_parcels(struct plan *plan, size_t i,
                                       struct plan_layer *layer)
{
    const struct config *config = plan->config;
    (void)i;
    const char *const fields[PARCEL_FIELDS] = {
        [PARCEL_ID] = config->parcels.id,
        [PARCEL_COMMUNE_NAME] = "?nom_com|nom_commune|commune_nom",
        [PARCEL_COMMUNE_CODE] = "?code_insee|insee_com|insee"};
    struct vector_request request = plan_request(plan, &config->parcels.layer);
    request.areas = true;
    request.needed = true;
    request.fields = fields;
    request.field_count = config->parcels.id ? PARCEL_FIELDS : 0;
    TRY(vector_read(&plan->parcels, &request));
    if (request.field_count > 0)
        TRY(warn_of_duplicates(config, &plan->parcels));
    TRY(find_overlaps(plan));
    *layer = (struct plan_layer){.role = N_("parcels"),
                                 .config = request.layer,
                                 .vector = &plan->parcels};
    return TERRAMIS_OK;
}

enum terramis_status plan_list_places(struct plan *plan, size_t *count)
{
    *count = plan->config->places.layer.source.text ? 1 : 0;
    return TERRAMIS_OK;
}

enum terramis_status plan_read_places(struct plan *plan, size_t i,
                                      struct plan_layer *layer)
{
    const struct places_config *places = &plan->config->places;
    const char *const fields[] = {places->name, places->importance};
    struct vector_request request = plan_request(plan, &places->layer);
    request.reach = places_reach;
    request.fields = fields;
    request.field_count = places->importance ? 2 : 1;
    (void)i;
    TRY(vector_read(&plan->places, &request));
    *layer = (struct plan_layer){
        .role = N_("places"), .config = request.layer, .vector = &plan->places};
    return TERRAMIS_OK;
}
