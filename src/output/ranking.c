#include "output/ranking.h"

#include <stdlib.h>

#include "base/mem.h"

static int compare_ranks(const void *a, const void *b)
{
    const struct parcel *p = *(const struct parcel *const *)a;
    const struct parcel *q = *(const struct parcel *const *)b;
    if ((p->rank == 0) != (q->rank == 0))
        return p->rank == 0 ? 1 : -1;
    return p->rank != q->rank ? (p->rank > q->rank) - (p->rank < q->rank)
                              : (p > q) - (p < q);
}

enum terramis_status ranking_of(const struct parcels *parcels,
                                const struct parcel ***order, size_t *count)
{
    *count = 0;
    TRY(mem_new(order, parcels->count, sizeof **order));
    for (size_t i = 0; i < parcels->count; i++)
        if (parcels->items[i].sums.plantable > 0)
            (*order)[(*count)++] = &parcels->items[i];
    if (*count > 0)
        qsort(*order, *count, sizeof **order, compare_ranks);
    return TERRAMIS_OK;
}
