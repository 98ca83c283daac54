#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "output/labels.h"
#include "output/palette.h"
#include "output/panel.h"
#include "output/pixels.h"

static const unsigned ink = 0xff222222, grey = 0xff555555;

/** Column positions inside the legend's box, and its row height, mm. */
struct legend_table {
    struct canvas *canvas;
    const struct map *map;
    struct box box;
    double y; /* top of the next row */
    double row;
    double size; /* of the letters, points */
    double ha_w, share_w;
};

static const double swatch_w = 9.0, row_roomy = 6.6, row_tight = 4.6;
static const double ramp_height = 17.0, heading_height = 7.5, rest_height = 6.0;

static double bottom(const struct legend_table *table)
{
    return table->box.y + table->box.h;
}

static double label_width(const struct legend_table *table)
{
    return table->box.w - swatch_w - 5 - table->ha_w - table->share_w;
}

/** A label that is too long takes a second line where the row has room for
 * it, and ends in an ellipsis. */
static void row_label(struct legend_table *table,
                      const struct text_style *style, const char *label)
{
    struct canvas *canvas = table->canvas;
    double x = table->box.x + swatch_w + 3, w = label_width(table);
    double line = canvas_text_height(canvas, style, 0, "Hg");
    double h = canvas_text_height(canvas, style, w, label);
    if (h > table->row)
        h = 2 * line <= table->row ? 2 * line : line;
    double y = table->y + (table->row - h) / 2;
    double limit = h > 1.5 * line ? h + 0.1 : 0;
    canvas_text(canvas, style, (struct box){x, y, w, limit}, label);
}

/** Draws label, hectares and share of one row; moves to the next. */
static void row_texts(struct legend_table *table, const char *label,
                      double area_ha, double share, bool bold)
{
    struct canvas *canvas = table->canvas;
    int language = table->map->language;
    struct text_style style = {
        .size = table->size, .bold = bold, .colour = ink};
    double line = canvas_text_height(canvas, &style, 0, "Hg");
    double y = table->y + (table->row - line) / 2;
    double end = table->box.x + table->box.w;
    double share_x = end - table->share_w;
    double ha_x = share_x - table->ha_w;
    row_label(table, &style, label);
    style.align = TEXT_RIGHT;
    if (!isnan(area_ha))
        canvas_text(canvas, &style, (struct box){ha_x, y, table->ha_w, 0},
                    hectares_text(area_ha, 1, language).text);
    if (!isnan(share))
        canvas_text(canvas, &style, (struct box){share_x, y, table->share_w, 0},
                    percent_text(share, 1, language).text);
    table->y += table->row;
}

static void row_swatch(struct legend_table *table, unsigned colour,
                       bool hatched)
{
    double h = table->row - 1.4;
    double x = canvas_snap(table->box.x), y = canvas_snap(table->y + 0.7);
    int pw = (int)lround(swatch_w * CANVAS_PIXELS_PER_MM);
    int ph = (int)lround(h * CANVAS_PIXELS_PER_MM);
    cairo_surface_t *image = pixels_swatch(pw, ph, colour, hatched);
    if (image)
        canvas_image(table->canvas, x, y, image);
    cairo_surface_destroy(image);
    canvas_outline(table->canvas,
                   (struct box){x, y, pw / CANVAS_PIXELS_PER_MM,
                                ph / CANVAS_PIXELS_PER_MM},
                   0.2, grey);
}

/** The widest of the figures decides the width of their columns. */
static void measure_figures(struct legend_table *table)
{
    struct text_style style = {
        .size = table->size, .bold = true, .colour = ink};
    const struct map *map = table->map;
    double total = 0;
    table->ha_w = table->share_w = 0;
    for (size_t i = 0; i < map->row_count; i++) {
        const struct map_legend_row *row = &map->rows[i];
        if (!isnan(row->area_ha))
            total += row->area_ha;
        if (!isnan(row->share))
            table->share_w =
                canvas_text_width(table->canvas, &style,
                                  percent_text(1.0, 1, map->language).text);
    }
    if (total > 0 || map->legend_total)
        table->ha_w = canvas_text_width(
            table->canvas, &style, hectares_text(total, 1, map->language).text);
    table->share_w += table->share_w > 0 ? 2 : 0;
    table->ha_w += table->ha_w > 0 ? 1 : 0;
}

/** One size for all rows: the largest at which every label fits on a line, or
 * the smallest, where long ones wrap. */
static void choose_size(struct legend_table *table)
{
    const struct map *map = table->map;
    const double largest = table->size, smallest = 7.5;
    bool fits = false;
    for (int i = 0; !fits && largest - 0.5 * i >= smallest; i++) {
        table->size = largest - 0.5 * i;
        const struct text_style style = {.size = table->size, .colour = ink};
        measure_figures(table);
        fits = true;
        for (size_t row = 0; row < map->row_count && fits; row++)
            fits =
                canvas_text_width(table->canvas, &style,
                                  map->rows[row].label) <= label_width(table);
    }
}

static size_t labelled_layers(const struct map *map)
{
    size_t count = 0;
    for (size_t i = 0; i < map->layer_count; i++)
        count += map->layers[i].label != NULL;
    return count;
}

static void draw_ramp(struct legend_table *table)
{
    const struct map *map = table->map;
    struct canvas *canvas = table->canvas;
    const double h = 6, w = table->box.w, x = table->box.x, y = table->y;
    const double strip = w / (double)map->ramp_count;
    struct text_style style = {.size = 8, .colour = ink};
    for (size_t i = 0; i < map->ramp_count; i++) {
        /* whole pixels and one of overlap: no seams between the strips */
        double x0 = canvas_snap(x + strip * (double)i);
        double x1 = canvas_snap(x + strip * (double)(i + 1));
        canvas_fill(canvas, (struct box){x0, canvas_snap(y), x1 - x0, h},
                    map->ramp[i]);
    }
    canvas_outline(canvas, (struct box){x, canvas_snap(y), w, h}, 0.2, grey);
    for (int i = 0; i <= 4; i++) {
        double value = (double)(map->ramp_count - 1) * i / 4.0;
        double at = x + w * i / 4.0;
        canvas_line(canvas, at, y + h, at, y + h + 1.2, 0.2, grey);
        style.align = i == 0 ? TEXT_LEFT : i == 4 ? TEXT_RIGHT : TEXT_CENTRE;
        double left = i == 0 ? x : i == 4 ? x + w - 20 : at - 10;
        canvas_text(canvas, &style, (struct box){left, y + h + 1.4, 20, 0},
                    number_text(value, 0, map->language).text);
    }
    style.colour = grey;
    style.align = TEXT_LEFT;
    canvas_text(canvas, &style, (struct box){x, y + h + 5, w / 2, 0},
                map->ramp_low);
    style.align = TEXT_RIGHT;
    canvas_text(canvas, &style, (struct box){x + w / 2, y + h + 5, w / 2, 0},
                map->ramp_high);
    table->y += ramp_height;
}

/** Rows that fit above `reserve` mm kept for what follows; if one has to go,
 * a line says how many are not shown. */
static void draw_rows(struct legend_table *table, double reserve)
{
    const struct map *map = table->map;
    double room = bottom(table) - reserve - table->y;
    size_t fit = room > 0 ? (size_t)(room / table->row + 1e-6) : 0;
    size_t shown = fit >= map->row_count ? map->row_count : fit;
    if (shown < map->row_count && shown > 0)
        shown--;
    for (size_t i = 0; i < shown; i++) {
        const struct map_legend_row *row = &map->rows[i];
        row_swatch(table, row->colour, row->hatched);
        row_texts(table, row->label, row->area_ha, row->share, false);
    }
    if (shown == map->row_count)
        return;
    struct short_text others =
        others_text(map->row_count - shown, map->language);
    row_texts(table, others.text, NAN, NAN, false);
}

static void draw_total(struct legend_table *table)
{
    double area = 0, share = 0;
    for (size_t i = 0; i < table->map->row_count; i++) {
        area += table->map->rows[i].area_ha; /* one unknown, all unknown */
        share += table->map->rows[i].share;
    }
    double x = table->box.x, y = table->y + 0.6;
    canvas_line(table->canvas, x, y, x + table->box.w, y, 0.2, grey);
    table->y += 0.8;
    row_texts(table, label_text(LABEL_TOTAL, table->map->language), area, share,
              true);
}

static void draw_line_sample(struct legend_table *table,
                             const struct map_layer *layer)
{
    struct canvas *canvas = table->canvas;
    struct box sample = {table->box.x, table->y + 0.9, swatch_w,
                         table->row - 1.8};
    double middle = table->y + table->row / 2;
    if (layer->closed && layer->fill >> 24)
        canvas_fill(canvas, sample, layer->fill);
    cairo_set_dash(canvas->cr, &layer->dash_mm, layer->dash_mm > 0, 0);
    if (layer->stroke >> 24 && layer->closed)
        canvas_outline(canvas, sample, layer->width_mm, layer->stroke);
    else if (layer->stroke >> 24)
        canvas_line(canvas, sample.x, middle, sample.x + swatch_w, middle,
                    layer->width_mm, layer->stroke);
    cairo_set_dash(canvas->cr, NULL, 0, 0);
    row_texts(table, layer->label, NAN, NAN, false);
}

double legend_wish(const struct map *map)
{
    size_t rows = map->row_count + labelled_layers(map) +
                  (map->legend_total && map->row_count > 0);
    return heading_height + (map->ramp_count > 0 ? ramp_height : 0) +
           (double)rows * row_roomy + rest_height;
}

double legend_draw(struct canvas *canvas, const struct map *map, struct box box)
{
    struct legend_table table = {canvas, map, box, box.y, row_roomy, 9, 0, 0};
    const char *title = map->legend_title
                            ? map->legend_title
                            : label_text(LABEL_LEGEND, map->language);
    const struct text_style heading = {.size = 11, .bold = true, .colour = ink};
    table.y += canvas_text(canvas, &heading,
                           (struct box){box.x, box.y, box.w, 12}, title);
    table.y += 2.5;
    if (map->ramp_count > 0)
        draw_ramp(&table);
    bool total = map->legend_total && map->row_count > 0;
    double others = (double)(labelled_layers(map) + total);
    double wanted = (double)map->row_count + others;
    table.row = row_roomy * canvas->zoom;
    if (table.y + wanted * table.row + 4 > bottom(&table)) {
        table.row = row_tight * canvas->zoom;
        table.size = 8;
    }
    choose_size(&table);
    draw_rows(&table, others * table.row + 4);
    if (total)
        draw_total(&table);
    table.ha_w = table.share_w = 0; /* the layers' names may be longer */
    table.y += 2;
    for (size_t i = 0; i < map->layer_count; i++)
        if (map->layers[i].label && table.y + table.row <= bottom(&table))
            draw_line_sample(&table, &map->layers[i]);
    return table.y - box.y;
}
