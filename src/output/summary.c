#include "output/summary.h"

#include <math.h>

static void add_to(struct summary_row *row, const struct parcel *parcel,
                   int64_t marginal, int64_t plantable)
{
    row->marginal += marginal;
    row->plantable += plantable;
    row->excluded += marginal - plantable;
    row->parcels += plantable > 0;
    if (plantable > 0 && !isnan(parcel->yield))
        row->tonnage += parcel->yield * zonal_ha(plantable);
}

static void add_parcel(struct summary_row *rows, const struct parcel *parcel)
{
    const struct zonal_sums *sums = &parcel->sums;
    for (int kind = 0; kind <= SUMMARY_ANY; kind++) {
        int64_t marginal = zonal_marginal(sums), plantable = sums->plantable;
        if (kind != SUMMARY_ANY) {
            marginal = sums->kind[kind];
            plantable = sums->plantable_kind[kind];
        }
        struct summary_row *first = rows + kind * (CLASS_COUNT + 1);
        add_to(&first[SUMMARY_ALL], parcel, marginal, plantable);
        if (parcel->class >= CLASS_S1 && parcel->class <= CLASS_N2)
            add_to(&first[parcel->class - CLASS_S1], parcel, marginal,
                   plantable);
    }
}

void summary_of(const struct parcels *parcels,
                struct summary_row rows[SUMMARY_ROWS])
{
    for (int i = 0; i < SUMMARY_ROWS; i++)
        rows[i] = (struct summary_row){.kind = i / (CLASS_COUNT + 1),
                                       .class = i % (CLASS_COUNT + 1)};
    for (size_t p = 0; p < parcels->count; p++)
        add_parcel(rows, &parcels->items[p]);
}
