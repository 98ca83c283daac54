#include "output/difference.h"

#include <math.h>

#include "output/labels.h"
#include "output/palette.h"

const struct difference_step difference_steps[DIFFERENCE_STEPS] = {
    {-100, -20, 0xb35806}, {-20, -5, 0xf1a340}, {-5, -0.5, 0xfee0b6},
    {-0.5, 0.5, 0xf7f7f7}, {0.5, 5, 0xd8daeb},  {5, 20, 0x998ec3},
    {20, 100, 0x542788}};

int difference_step_of(double points)
{
    int step = 0;
    while (step < DIFFERENCE_STEPS - 1 && points > difference_steps[step].high)
        step++;
    return step;
}

void difference_label(struct text *out, int step, int language)
{
    const struct difference_step *s = &difference_steps[step];
    text_addf(out, "%s – ",
              number_text(s->low, fabs(s->low) < 1, language).text);
    text_add(out, number_text(s->high, fabs(s->high) < 1, language).text);
}

/* The parcels' outlines and plantable land by step, the greatest rise first in
 * the legend. */
static enum terramis_status sort_parcels(struct difference *m)
{
    const struct parcels *parcels = &m->sheet->result->analysis.parcels;
    int64_t sums[DIFFERENCE_STEPS] = {0}, all = 0;
    for (size_t i = 0; i < parcels->count; i++) {
        const struct parcel *p = &parcels->items[i];
        double points = m->scenario->parcels[i].score - p->score;
        if (isnan(points))
            continue;
        int step = difference_step_of(points);
        sums[step] += p->sums.plantable;
        all += p->sums.plantable;
        TRY(outline_add_paths(&m->outlines[step],
                              vector_paths(parcels->vector, p->feature)));
    }
    for (int i = 0; i < DIFFERENCE_STEPS; i++) {
        int step = DIFFERENCE_STEPS - 1 - i;
        difference_label(&m->labels[step], step, m->map.language);
        TRY(text_status(&m->labels[step]));
        m->rows[i] = (struct map_legend_row){
            .label = text_get(&m->labels[step]),
            .colour = palette_opaque(difference_steps[step].colour),
            .area_ha = zonal_ha(sums[step]),
            .share = all > 0 ? (double)sums[step] / (double)all : (double)NAN};
    }
    return TERRAMIS_OK;
}

static void stack_layers(struct difference *m)
{
    const struct context *context = &m->sheet->context;
    size_t n = 0;
    for (int step = 0; step < DIFFERENCE_STEPS; step++) {
        const struct outline *outline = &m->outlines[step];
        unsigned colour = palette_opaque(difference_steps[step].colour);
        if (outline->count == 0)
            continue;
        /* the stroke keeps small parcels in sight */
        m->layers[n++] = (struct map_layer){.xy = outline->xy,
                                            .start = outline->start,
                                            .count = outline->count,
                                            .closed = true,
                                            .fill = colour,
                                            .stroke = colour,
                                            .width_mm = 0.1};
    }
    m->map.land = &m->layers[n];
    for (size_t i = 0; i < context->count; i++)
        m->layers[n++] = context->layers[i];
    m->map.layers = m->layers;
    m->map.layer_count = n;
}

static enum terramis_status write_texts(struct difference *m)
{
    const struct territory *territory = m->sheet->result->analysis.territory;
    const struct scenario_config *config = m->scenario->config;
    int language = m->map.language;
    text_addf(&m->title, "%s – %s",
              label_text(LABEL_SCENARIO_DIFFERENCE, language), config->title);
    text_addf(&m->subtitle, "%s", territory->config->name);
    text_addf(&m->method, "%s. %s",
              label_text(LABEL_METHOD_DIFFERENCE, language),
              label_text(LABEL_METHOD_CAUTION, language));
    TRY(text_status(&m->title));
    TRY(text_status(&m->subtitle));
    TRY(text_status(&m->method));
    m->map.title = text_get(&m->title);
    m->map.subtitle = text_get(&m->subtitle);
    m->map.method_note = text_get(&m->method);
    m->map.legend_title = label_text(LABEL_LEGEND_DIFFERENCE, language);
    return TERRAMIS_OK;
}

enum terramis_status difference_open(struct difference *m,
                                     const struct sheet *sheet,
                                     const struct scenario *scenario)
{
    *m = (struct difference){
        .map = sheet_map(sheet), .sheet = sheet, .scenario = scenario};
    m->map.extent = sheet->extent;
    m->map.places = sheet->places + sheet->rank_count;
    m->map.place_count = sheet->place_count - sheet->rank_count;
    m->map.rows = m->rows;
    m->map.row_count = DIFFERENCE_STEPS;
    m->map.legend_total = true;
    TRY(write_texts(m));
    TRY(sort_parcels(m));
    stack_layers(m);
    return TERRAMIS_OK;
}

void difference_close(struct difference *m)
{
    for (int step = 0; step < DIFFERENCE_STEPS; step++) {
        outline_release(&m->outlines[step]);
        text_release(&m->labels[step]);
    }
    text_release(&m->title);
    text_release(&m->subtitle);
    text_release(&m->method);
    *m = (struct difference){.sheet = NULL};
}
