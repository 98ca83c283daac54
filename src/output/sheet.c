#include <stdlib.h>

#include "base/mem.h"
#include "output/country.h"
#include "output/credits.h"
#include "output/labels.h"
#include "output/theme.h"

/* An A3 sheet has about 2,300 pixels across the map. */
static const double sheet_pixels = 2300;

/* The numbers that stand in the atlas's table, at the middle of their
 * parcels; the best first, since earlier names win where two would meet. */
static enum terramis_status add_ranks(struct sheet *sheet)
{
    const struct parcels *parcels = &sheet->result->analysis.parcels;
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
                               sheet->ranks[at], PLACE_RANK};
        sheet->place_count++;
    }
    sheet->rank_count = sheet->place_count;
    return TERRAMIS_OK;
}

/* Each territory's name, on its upper edge. */
static void add_titles(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        struct rect e = sheet->territories[i]->extent;
        sheet->places[sheet->place_count++] = (struct map_place){
            (e.xmin + e.xmax) / 2, e.ymax, sheet->territories[i]->config->name,
            PLACE_TITLE};
    }
}

static enum terramis_status make_places(struct sheet *sheet, struct rect around)
{
    const struct plan *plan = sheet->job->plan;
    TRY(names_make(&sheet->names, plan, around));
    TRY(mem_new(&sheet->places,
                SHEET_PLACES + sheet->count + sheet->names.count,
                sizeof *sheet->places));
    if (sheet->result)
        TRY(add_ranks(sheet));
    else
        add_titles(sheet);
    /* many territories on a sheet: codes would only be clutter */
    if (!sheet->result && sheet->names.are_codes)
        return TERRAMIS_OK;
    for (size_t i = 0; i < sheet->names.count; i++)
        sheet->places[sheet->place_count++] = sheet->names.items[i];
    return TERRAMIS_OK;
}

size_t sheet_results(const struct output_job *job)
{
    size_t count = 0;
    for (size_t i = 0; i < job->count; i++)
        count += job->results[i].done;
    return count;
}

static void add_result(struct sheet *sheet,
                       const struct territory_result *result)
{
    const struct territory *territory = result->analysis.territory;
    const struct plan *plan = sheet->job->plan;
    bool last = sheet->count + 1 == sheet_results(sheet->job);
    if (sheet->count > 0)
        text_add(&sheet->name,
                 last ? label_text(LABEL_LAST_OF, plan->config->language)
                      : ", ");
    text_add(&sheet->name, territory->config->name);
    if (result->shade.dark)
        sheet->shades[sheet->shade_count++] = &result->shade;
    sheet->extent = rect_union(sheet->extent, territory->extent);
    sheet->territories[sheet->count] = territory;
    sheet->results[sheet->count++] = result;
    land_sums_add(&sheet->land, &result->analysis.land, 0, plan->factor_count);
}

static enum terramis_status gather_results(struct sheet *sheet)
{
    const struct output_job *job = sheet->job;
    TRY(mem_new(&sheet->results, job->count, sizeof *sheet->results));
    TRY(mem_new(&sheet->territories, job->count, sizeof *sheet->territories));
    TRY(mem_new(&sheet->shades, job->count, sizeof *sheet->shades));
    TRY(mem_new(&sheet->limiting, job->plan->factor_count + 1,
                sizeof *sheet->limiting));
    sheet->land.limiting = sheet->limiting;
    sheet->extent = rect_empty();
    if (sheet->result)
        add_result(sheet, sheet->result);
    for (size_t i = 0; i < job->count && !sheet->result; i++)
        if (job->results[i].done)
            add_result(sheet, &job->results[i]);
    return TERRAMIS_OK;
}

enum terramis_status sheet_open(struct sheet *sheet,
                                const struct output_job *job,
                                const struct territory_result *result)
{
    struct plan *plan = job->plan;
    *sheet = (struct sheet){.job = job, .result = result};
    TRY(gather_results(sheet));
    struct rect e = sheet->extent;
    double side = fmax(e.xmax - e.xmin, e.ymax - e.ymin);
    credits_date(&sheet->date, job->date, plan->config->language);
    credits_crs(&sheet->crs, plan);
    credits_sources(&sheet->sources, plan);
    TRY(text_status(&sheet->name));
    TRY(text_status(&sheet->date));
    TRY(text_status(&sheet->crs));
    TRY(text_status(&sheet->sources));
    /* the frame shows some land around the territory */
    struct rect around = rect_grow(e, side / 2);
    TRY(make_places(sheet, around));
    TRY(line_names_make(&sheet->lines, plan, around));
    TRY(context_make(&sheet->context, plan, sheet->territories, sheet->count,
                     around, side / sheet_pixels / 2, false));
    TRY(country_add(&sheet->around, &plan->crs, e));
    sheet->country = (struct map_layer){.xy = sheet->around.xy,
                                        .start = sheet->around.start,
                                        .count = sheet->around.count,
                                        .closed = true};
    return result ? context_add_all(&sheet->context, plan) : TERRAMIS_OK;
}

struct map sheet_map(const struct sheet *sheet)
{
    const struct plan *plan = sheet->job->plan;
    const struct config *config = plan->config;
    const struct map_layer *all = &sheet->context.all;
    return (struct map){.organisation = config->organisation,
                        .date = text_get(&sheet->date),
                        .crs_name = text_get(&sheet->crs),
                        .sources = text_get(&sheet->sources),
                        .licence = config->licence,
                        .version = "Terramis " TERRAMIS_VERSION,
                        .synthetic = plan->synthetic,
                        .language = config->language,
                        .shades = sheet->shades,
                        .shade_count = sheet->shade_count,
                        .lines = sheet->lines.items,
                        .line_count = sheet->lines.count,
                        .inset = all->count > 0 ? all : NULL,
                        .country =
                            sheet->country.count > 0 ? &sheet->country : NULL};
}

void sheet_close(struct sheet *sheet)
{
    context_release(&sheet->context);
    outline_release(&sheet->around);
    names_release(&sheet->names);
    line_names_release(&sheet->lines);
    text_release(&sheet->name);
    text_release(&sheet->date);
    text_release(&sheet->crs);
    text_release(&sheet->sources);
    free(sheet->results);
    free(sheet->territories);
    free(sheet->shades);
    free(sheet->limiting);
    free(sheet->places);
    free(sheet->ranks);
    *sheet = (struct sheet){0};
}
