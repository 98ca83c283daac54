#include "scenario/rescore.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum terramis_status rescore_open(struct rescore *r,
                                  const struct scenario_base *base)
{
    size_t factors = base->combination->factors;
    size_t count = base->parcels->count;
    *r = (struct rescore){.parcels = count};
    TRY(mem_new(&r->x, factors, sizeof(float *)));
    TRY(mem_new(&r->before, count, sizeof(float)));
    TRY(mem_new(&r->after, count, sizeof(float)));
    for (; r->factors < factors; r->factors++) {
        float *x;
        TRY(mem_new(&x, count, sizeof(float)));
        for (size_t i = 0; i < count; i++)
            x[i] =
                (float)parcel_membership(&base->parcels->items[i], r->factors);
        r->x[r->factors] = x;
    }
    combination_run(base->combination, (const float *const *)r->x, base->weight,
                    count, r->before);
    return TERRAMIS_OK;
}

void rescore_close(struct rescore *r)
{
    for (size_t f = 0; f < r->factors; f++)
        free(r->x[f]);
    free(r->x);
    free(r->before);
    free(r->after);
}

void rescore_run(struct rescore *r, const struct scenario_base *base,
                 const double *weight, struct parcel *items)
{
    if (memcmp(weight, base->weight, r->factors * sizeof *weight) == 0)
        return;
    combination_run(base->combination, (const float *const *)r->x, weight,
                    r->parcels, r->after);
    for (size_t i = 0; i < r->parcels; i++) {
        double score =
            items[i].score + ((double)r->after[i] - (double)r->before[i]);
        items[i].score = isnan(score) ? score : fmin(fmax(score, 0), 100);
    }
}
