#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parcel/parcel.h"

/* Less than half a square metre is a sliver between borders that were drawn
 * apart, 0 ha in every table, and gets no score. */
static const int64_t least_plantable = 5000; /* ZONAL_UNIT */

static int limiting_of(const struct parcel *parcel, const double *weight,
                       size_t factors, float *memberships)
{
    for (size_t f = 0; f < factors; f++)
        memberships[f] = (float)parcel_membership(parcel, f);
    return limiting_factor(memberships, 1, weight, factors);
}

/* Share of the plantable land where the least known factor has no data. */
static double nodata_share(const struct parcel *parcel, int64_t plantable,
                           size_t factors)
{
    int64_t known = plantable; /* in cells, as the factors' */
    for (size_t f = 0; f < factors; f++)
        if (parcel->factor_area[f] < known)
            known = parcel->factor_area[f];
    return 100 * (1 - (double)known / (double)plantable);
}

static void estimate_yield(struct parcel *p, const struct parcel_rules *rules,
                           const float *memberships)
{
    const struct zonal_sums *s = &p->sums;
    struct yield_land land = {
        .class = p->class,
        .content = p->content,
        .polluted = (double)s->plantable_kind[KIND_POLLUTED_SOIL] /
                    (double)s->plantable,
        .memberships = memberships};
    for (int i = 0; i < YIELD_INPUTS; i++) {
        size_t factor = rules->yield->input[i];
        land.input[i] = factor ? parcel_raw(p, factor - 1) : (double)NAN;
    }
    struct yield_range range = yield_of(rules->yield, &land);
    p->yield = range.mean;
    p->yield_low = range.low;
    p->yield_high = range.high;
    p->tonnage = isnan(p->yield) ? 0 : p->yield * zonal_ha(s->plantable);
}

void parcel_judge(struct parcel *p, const struct parcel_rules *rules,
                  float *memberships)
{
    const struct config *config = rules->config;
    if (isnan(p->score))
        return;
    p->limiting = limiting_of(p, rules->weight, rules->factors, memberships);
    p->class = class_capped(config, class_of(rules->limits, p->score),
                            memberships, 1, &p->limiting);
    class_subclass(config, p->class, p->limiting, p->subclass);
    estimate_yield(p, rules, memberships);
}

/* Sums of cells become areas. */
static void convert(struct zonal_sums *s, double cell)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        s->kind[k] = zonal_from_cells(s->kind[k], cell);
        s->plantable_kind[k] = zonal_from_cells(s->plantable_kind[k], cell);
    }
    s->excluded = zonal_from_cells(s->excluded, cell);
    s->plantable = zonal_from_cells(s->plantable, cell);
    s->scored = zonal_from_cells(s->scored, cell);
}

/* Everything but class and yield. */
static void finish(struct parcel *p, size_t factors, double cell)
{
    struct zonal_sums sums = p->sums;
    convert(&p->sums, cell);
    p->score = p->nodata_pct = p->arable = NAN;
    p->yield = p->yield_low = p->yield_high = NAN;
    for (int i = 0; i < 3; i++)
        p->nitrate[i] = NAN;
    for (int m = 0; m < METAL_COUNT; m++)
        p->content[m] = NAN;
    p->class = CLASS_NONE;
    p->use = USE_NONE;
    if (p->sums.plantable < least_plantable)
        return;
    p->nodata_pct = nodata_share(p, sums.plantable, factors);
    bool polluted = sums.plantable_kind[KIND_POLLUTED_SOIL] > 0;
    p->use = polluted ? USE_MATERIAL : USE_ANY;
    p->basis = polluted ? BASIS_STATE : BASIS_NONE;
    if (sums.scored > 0)
        p->score =
            (double)sums.score / (double)sums.scored / (double)SCORE_STEPS;
}

/* Best first: by class, since a severe limitation is not outweighed by a score;
 * else it follows from the score. Equal scores: more plantable land first; then
 * by id. */
static int compare_rank(const void *a, const void *b)
{
    const struct parcel *p = *(const struct parcel *const *)a;
    const struct parcel *q = *(const struct parcel *const *)b;
    if (p->class != q->class)
        return p->class > q->class ? 1 : -1;
    if (p->score != q->score)
        return p->score < q->score ? 1 : -1;
    if (p->sums.plantable != q->sums.plantable)
        return p->sums.plantable < q->sums.plantable ? 1 : -1;
    int by_id = strcmp(p->id, q->id);
    return by_id ? by_id : (p > q) - (p < q);
}

enum terramis_status parcels_rank(struct parcel *items, size_t count,
                                  double min_plantable)
{
    struct parcel **ranked;
    size_t n = 0;
    TRY(mem_new(&ranked, count, sizeof(struct parcel *)));
    for (size_t i = 0; i < count; i++) {
        items[i].rank = 0;
        if (!isnan(items[i].score) &&
            zonal_ha(items[i].sums.plantable) >= min_plantable)
            ranked[n++] = &items[i];
    }
    if (n > 0)
        qsort(ranked, n, sizeof(struct parcel *), compare_rank);
    for (size_t i = 0; i < n; i++)
        ranked[i]->rank = (int)i + 1;
    free(ranked);
    return TERRAMIS_OK;
}

enum terramis_status parcels_judge(struct parcels *parcels,
                                   const struct config *config,
                                   const double *weight,
                                   const struct yield_bound *yield)
{
    const struct parcel_rules rules = {config, &config->classes, weight,
                                       parcels->factors, yield};
    float *memberships;
    TRY(mem_new(&memberships, parcels->factors, sizeof *memberships));
    for (size_t i = 0; i < parcels->count; i++)
        parcel_judge(&parcels->items[i], &rules, memberships);
    free(memberships);
    return TERRAMIS_OK;
}

enum terramis_status parcels_finish(struct parcels *parcels,
                                    const struct config *config,
                                    const double *weight,
                                    const struct yield_bound *yield,
                                    double cell)
{
    for (size_t i = 0; i < parcels->count; i++)
        finish(&parcels->items[i], parcels->factors, cell);
    TRY(parcels_judge(parcels, config, weight, yield));
    return parcels_rank(parcels->items, parcels->count,
                        config->parcels.min_plantable);
}
