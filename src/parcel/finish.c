#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parcel/parcel.h"

/* Less than half a square metre is a sliver between borders that were drawn
 * apart, 0 ha in every table, and gets no score. */
static const int64_t least_plantable = 5000; /* ZONAL_UNIT */

static double class_yield(const struct yield_config *y,
                          enum suitability_class class)
{
    const double table[] = {[CLASS_S1] = y->s1,
                            [CLASS_S2] = y->s2,
                            [CLASS_S3] = y->s3,
                            [CLASS_N1] = y->n1,
                            [CLASS_N2] = y->n2};
    return class >= CLASS_S1 && class <= CLASS_N2 ? table[class] : (double)NAN;
}

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
    p->yield = class_yield(&config->yields, p->class);
    p->tonnage = p->yield * zonal_ha(p->sums.plantable);
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

static void finish(struct parcel *p, const struct parcel_rules *rules,
                   double cell, float *memberships)
{
    struct zonal_sums sums = p->sums;
    convert(&p->sums, cell);
    p->score = p->yield = p->nodata_pct = NAN;
    p->class = CLASS_NONE;
    p->use = USE_NONE;
    if (p->sums.plantable < least_plantable)
        return;
    p->nodata_pct = nodata_share(p, sums.plantable, rules->factors);
    p->use =
        sums.plantable_kind[KIND_POLLUTED_SOIL] > 0 ? USE_MATERIAL : USE_ANY;
    if (sums.scored <= 0)
        return;
    p->score = (double)sums.score / (double)sums.scored / (double)SCORE_STEPS;
    parcel_judge(p, rules, memberships);
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

enum terramis_status parcels_finish(struct parcels *parcels,
                                    const struct config *config,
                                    const double *weight, double cell)
{
    const struct parcel_rules rules = {config, &config->classes, weight,
                                       parcels->factors};
    float *memberships;
    TRY(mem_new(&memberships, parcels->factors, sizeof *memberships));
    for (size_t i = 0; i < parcels->count; i++)
        finish(&parcels->items[i], &rules, cell, memberships);
    free(memberships);
    return parcels_rank(parcels->items, parcels->count,
                        config->parcels.min_plantable);
}
