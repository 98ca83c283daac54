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

static void add_nitrate(struct summary_row *row, const struct parcel *parcel)
{
    double ha = zonal_ha(parcel->sums.plantable_kind[KIND_CATCHMENT]);
    if (!(ha > 0) || isnan(parcel->nitrate[0]))
        return;
    for (int i = 0; i < 3; i++)
        row->nitrate[i] = (isnan(row->nitrate[i]) ? 0 : row->nitrate[i]) +
                          parcel->nitrate[i] * ha;
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
        struct summary_row *first = rows + (size_t)kind * (CLASS_COUNT + 1);
        bool water = kind == KIND_CATCHMENT || kind == SUMMARY_ANY;
        for (int c = 0; c <= SUMMARY_ALL; c++) {
            if (c != SUMMARY_ALL && c != (int)parcel->class - CLASS_S1)
                continue;
            add_to(&first[c], parcel, marginal, plantable);
            if (water)
                add_nitrate(&first[c], parcel);
        }
    }
}

void summary_of(const struct parcels *parcels,
                struct summary_row rows[SUMMARY_ROWS])
{
    for (int i = 0; i < SUMMARY_ROWS; i++)
        rows[i] = (struct summary_row){.kind = i / (CLASS_COUNT + 1),
                                       .class = i % (CLASS_COUNT + 1),
                                       .nitrate = {NAN, NAN, NAN}};
    for (size_t p = 0; p < parcels->count; p++)
        add_parcel(rows, &parcels->items[p]);
}
