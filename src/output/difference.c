#include "output/difference.h"

#include <math.h>
#include <stdlib.h>

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

/* One map being made: the parcels by step, drawn below the territory's line. */
struct making {
    const struct sheet *sheet;
    const struct scenario *scenario;
    struct outline outlines[DIFFERENCE_STEPS];
    struct map_layer layers[DIFFERENCE_STEPS + CONTEXT_LAYERS];
    struct map_legend_row rows[DIFFERENCE_STEPS];
    struct text labels[DIFFERENCE_STEPS], title, subtitle, method;
    struct text png, wld;
    struct map map;
};

/* The parcels' outlines and plantable land by step, the greatest rise first in
 * the legend. */
static enum terramis_status sort_parcels(struct making *m)
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

static void stack_layers(struct making *m)
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
    for (size_t i = 0; i < context->count; i++)
        m->layers[n++] = context->layers[i];
    m->map.layers = m->layers;
    m->map.layer_count = n;
}

static enum terramis_status write_texts(struct making *m)
{
    const struct territory *territory = m->sheet->result->analysis.territory;
    const struct scenario_config *config = m->scenario->config;
    const char *dir = m->sheet->job->dir;
    int language = m->map.language;
    text_addf(&m->title, "%s – %s",
              label_text(LABEL_SCENARIO_DIFFERENCE, language), config->title);
    text_addf(&m->subtitle, "%s", territory->config->name);
    text_addf(&m->method, "%s. %s",
              label_text(LABEL_METHOD_DIFFERENCE, language),
              label_text(LABEL_METHOD_CAUTION, language));
    text_addf(&m->png, "%s/%s/map-scenario-%s.png", dir, territory->config->id,
              config->id);
    text_addf(&m->wld, "%s/%s/map-scenario-%s.wld", dir, territory->config->id,
              config->id);
    const struct text *all[] = {&m->title, &m->subtitle, &m->method, &m->png,
                                &m->wld};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        TRY(text_status(all[i]));
    m->map.title = text_get(&m->title);
    m->map.subtitle = text_get(&m->subtitle);
    m->map.method_note = text_get(&m->method);
    m->map.legend_title = label_text(LABEL_LEGEND_DIFFERENCE, language);
    return TERRAMIS_OK;
}

static enum terramis_status make(struct making *m)
{
    m->map = sheet_map(m->sheet);
    m->map.extent = m->sheet->result->analysis.territory->extent;
    m->map.rows = m->rows;
    m->map.row_count = DIFFERENCE_STEPS;
    m->map.legend_total = true;
    TRY(write_texts(m));
    TRY(sort_parcels(m));
    stack_layers(m);
    return map_write_png(&m->map, text_get(&m->png), text_get(&m->wld));
}

static void release(struct making *m)
{
    for (int step = 0; step < DIFFERENCE_STEPS; step++) {
        outline_release(&m->outlines[step]);
        text_release(&m->labels[step]);
    }
    text_release(&m->title);
    text_release(&m->subtitle);
    text_release(&m->method);
    text_release(&m->png);
    text_release(&m->wld);
}

enum terramis_status difference_maps(const struct sheet *sheet)
{
    const struct scenarios *all = &sheet->result->analysis.scenarios;
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < all->count && status == TERRAMIS_OK; i++) {
        struct making m = {.sheet = sheet, .scenario = &all->items[i]};
        if (!m.scenario->config || m.scenario->config->weights.count == 0)
            continue;
        status = make(&m);
        release(&m);
    }
    return status;
}
