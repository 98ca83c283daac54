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
static double nodata_share(const struct parcel *parcel, size_t factors)
{
    int64_t known = parcel->sums.plantable;
    for (size_t f = 0; f < factors; f++)
        if (parcel->factor_area[f] < known)
            known = parcel->factor_area[f];
    return 100 * (1 - (double)known / (double)parcel->sums.plantable);
}

static void finish(struct parcel *p, const struct config *config,
                   const double *weight, size_t factors, double cell,
                   float *memberships)
{
    p->score = p->yield = p->nodata_pct = NAN;
    p->class = CLASS_NONE;
    p->use = USE_NONE;
    if (zonal_from_cells(p->sums.plantable, cell) < least_plantable)
        return;
    p->nodata_pct = nodata_share(p, factors);
    p->use =
        p->sums.plantable_kind[KIND_POLLUTED_SOIL] > 0 ? USE_MATERIAL : USE_ANY;
    if (p->sums.scored <= 0)
        return;
    p->score =
        (double)p->sums.score / (double)p->sums.scored / (double)SCORE_STEPS;
    p->limiting = limiting_of(p, weight, factors, memberships);
    p->class = class_capped(config, class_of(&config->classes, p->score),
                            memberships, 1, &p->limiting);
    class_subclass(config, p->class, p->limiting, p->subclass);
    p->yield = class_yield(&config->yields, p->class);
}

static void convert(struct parcel *p, double cell)
{
    struct zonal_sums *s = &p->sums;
    for (int k = 0; k < KIND_COUNT; k++) {
        s->kind[k] = zonal_from_cells(s->kind[k], cell);
        s->plantable_kind[k] = zonal_from_cells(s->plantable_kind[k], cell);
    }
    s->excluded = zonal_from_cells(s->excluded, cell);
    s->plantable = zonal_from_cells(s->plantable, cell);
    s->scored = zonal_from_cells(s->scored, cell);
    if (p->yield == p->yield)
        p->tonnage = p->yield * zonal_ha(s->plantable);
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

enum terramis_status parcels_finish(struct parcels *parcels,
                                    const struct config *config,
                                    const double *weight, double cell)
{
    struct parcel **ranked = NULL;
    float *memberships = NULL;
    size_t count = 0;
    TRY(mem_new(&memberships, parcels->factors, sizeof *memberships));
    enum terramis_status status =
        mem_new(&ranked, parcels->count, sizeof(struct parcel *));
    for (size_t i = 0; ranked && i < parcels->count; i++) {
        struct parcel *p = &parcels->items[i];
        finish(p, config, weight, parcels->factors, cell, memberships);
        convert(p, cell);
        if (!isnan(p->score) &&
            zonal_ha(p->sums.plantable) >= config->parcels.min_plantable)
            ranked[count++] = p;
    }
    if (ranked)
        qsort(ranked, count, sizeof(struct parcel *), compare_rank);
    for (size_t i = 0; i < count; i++)
        ranked[i]->rank = (int)i + 1;
    free(memberships);
    free(ranked);
    return status;
}
