#include <stdlib.h>

#include "base/mem.h"
#include "output/credits.h"
#include "output/theme.h"

/* An A3 sheet has about 2,300 pixels across the map. */
static const double sheet_pixels = 2300;

/* The numbers that stand in the atlas's table, at the middle of their
 * parcels; the best first, since earlier names win where two would meet. */
static enum terramis_status make_places(struct sheet *sheet)
{
    const struct parcels *parcels = &sheet->result->analysis.parcels;
    TRY(mem_new(&sheet->places, SHEET_PLACES, sizeof *sheet->places));
    TRY(mem_new(&sheet->ranks, SHEET_PLACES, sizeof *sheet->ranks));
    for (size_t i = 0; i < parcels->count; i++) {
        const struct parcel *parcel = &parcels->items[i];
        if (parcel->rank < 1 || parcel->rank > SHEET_PLACES)
            continue;
        size_t at = (size_t)parcel->rank - 1;
        struct rect r = parcels->vector->features[parcel->feature].extent;
        snprintf(sheet->ranks[at], sizeof *sheet->ranks, "%d", parcel->rank);
        sheet->places[at] =
            (struct map_place){(r.xmin + r.xmax) / 2, (r.ymin + r.ymax) / 2,
                               sheet->ranks[at], true};
        sheet->place_count++;
    }
    return TERRAMIS_OK;
}

enum terramis_status sheet_open(struct sheet *sheet,
                                const struct output_job *job,
                                const struct territory_result *result)
{
    struct plan *plan = job->plan;
    const struct territory *territory = result->analysis.territory;
    struct rect e = territory->extent;
    double side = fmax(e.xmax - e.xmin, e.ymax - e.ymin);
    *sheet = (struct sheet){.job = job, .result = result};
    credits_date(&sheet->date, job->date, plan->config->language);
    credits_crs(&sheet->crs, plan);
    credits_sources(&sheet->sources, plan);
    TRY(text_status(&sheet->date));
    TRY(text_status(&sheet->crs));
    TRY(text_status(&sheet->sources));
    TRY(make_places(sheet));
    /* the frame shows some land around the territory */
    return context_make(&sheet->context, plan, territory,
                        rect_grow(e, side / 2), side / sheet_pixels / 2);
}

struct map sheet_map(const struct sheet *sheet)
{
    const struct plan *plan = sheet->job->plan;
    const struct config *config = plan->config;
    return (struct map){.organisation = config->organisation,
                        .date = text_get(&sheet->date),
                        .crs_name = text_get(&sheet->crs),
                        .sources = text_get(&sheet->sources),
                        .licence = config->licence,
                        .version = "Terramis " TERRAMIS_VERSION,
                        .synthetic = plan->synthetic,
                        .language = config->language};
}

void sheet_close(struct sheet *sheet)
{
    context_release(&sheet->context);
    text_release(&sheet->date);
    text_release(&sheet->crs);
    text_release(&sheet->sources);
    free(sheet->places);
    free(sheet->ranks);
    *sheet = (struct sheet){0};
}
