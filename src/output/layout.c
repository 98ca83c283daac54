#include "output/layout.h"

#include <stddef.h>

/* Millimetres by paper, and the zoom of texts. */
static const struct sizes {
    double long_side, short_side, margin;
    double title, gap, banner;
    double side;        /* width of the column beside the map */
    double least, most; /* height of the columns below the map */
    double text;
} sizes[PAPER_COUNT] = {
    [PAPER_A3] = {420, 297, 10, 20, 6, 8, 96, 72, 112, 1},
    [PAPER_A4] = {297, 210, 8, 15.5, 4, 6.5, 76, 60, 92, 0.82}};
static const double tick_room = 5.0; /* coordinates around the frame */
/* of the width below the map: legend; scale and method; sources */
static const double column_share[LAYOUT_COLUMNS] = {0.37, 0.30, 0.33};

/** The territory keeps this share of the frame, so that it does not touch. */
static const double filled = 0.96;

double layout_round_length(double most)
{
    double power = pow(10.0, floor(log10(most)));
    /* the division can fall just short of a whole number */
    double lead = most / power * (1.0 + 1e-12);
    return (lead >= 5.0 ? 5.0 : lead >= 2.0 ? 2.0 : 1.0) * power;
}

double layout_round_ratio(double least)
{
    static const double steps[] = {1,   1.1, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6, 1.8,
                                   2,   2.2, 2.5, 2.8,  3,   3.5, 4,   4.5, 5,
                                   5.5, 6,   7,   7.5,  8,   9,   10};
    double power = pow(10.0, floor(log10(least)));
    size_t i = 0;
    while (steps[i] * power < least * (1.0 - 1e-12) && steps[i] < 10)
        i++;
    return steps[i] * power;
}

/** The columns beside the map (landscape) or below it, taken off `map`. */
static void place_columns(struct layout *layout, bool portrait, double legend,
                          struct box *map)
{
    const struct sizes *size = &sizes[layout->paper];
    const double gap = size->gap;
    if (!portrait) {
        layout->column_count = 1;
        map->w -= size->side + gap;
        layout->columns[0] =
            (struct box){map->x + map->w + gap, map->y, size->side, map->h};
        return;
    }
    double height = fmin(fmax(legend, size->least), size->most);
    double x = map->x, room = map->w - (LAYOUT_COLUMNS - 1) * 2 * gap;
    map->h -= height + gap;
    layout->column_count = LAYOUT_COLUMNS;
    for (int i = 0; i < LAYOUT_COLUMNS; i++) {
        layout->columns[i] = (struct box){x, map->y + map->h + gap,
                                          column_share[i] * room, height};
        x += column_share[i] * room + 2 * gap;
    }
}

/** Sets page, boxes and frame of one orientation. */
static void place(struct layout *layout, enum paper paper, bool portrait,
                  bool banner, double legend)
{
    const struct sizes *size = &sizes[paper];
    double w = portrait ? size->short_side : size->long_side;
    double h = portrait ? size->long_side : size->short_side;
    double margin = size->margin;
    *layout = (struct layout){
        .paper = paper, .text = size->text, .page_w = w, .page_h = h};
    double inner_w = w - 2 * margin;
    layout->title = (struct box){margin, margin, inner_w, size->title};
    double top = margin + size->title + size->gap;
    struct box map = {margin, top, inner_w, h - margin - top};
    place_columns(layout, portrait, legend, &map);
    double x0 = canvas_snap(map.x + tick_room);
    double y0 = canvas_snap(map.y + tick_room);
    double x1 = canvas_snap(map.x + map.w - tick_room);
    double y1 = canvas_snap(map.y + map.h - tick_room);
    layout->frame = (struct box){x0, y0, x1 - x0, y1 - y0};
    if (banner) {
        double strip = canvas_snap(y0 + size->banner) - y0;
        layout->banner = (struct box){x0, y0, x1 - x0, strip};
        layout->frame.y += strip;
        layout->frame.h -= strip;
    }
}

/** The scale denominator at which the extent just fills its share. */
static double least_ratio(const struct layout *layout, struct rect extent)
{
    double across = (extent.xmax - extent.xmin) / layout->frame.w;
    double down = (extent.ymax - extent.ymin) / layout->frame.h;
    return fmax(across, down) * 1000.0 / filled;
}

enum terramis_status layout_make(enum paper paper, struct rect extent,
                                 bool banner, double legend,
                                 struct layout *layout)
{
    if (rect_is_empty(extent) || !isfinite(extent.xmax - extent.xmin) ||
        !isfinite(extent.ymax - extent.ymin))
        return status_set(TERRAMIS_INTERNAL, _("map of an empty area"));
    struct layout upright;
    place(layout, paper, false, banner, legend);
    place(&upright, paper, true, banner, legend);
    if (least_ratio(&upright, extent) < least_ratio(layout, extent))
        *layout = upright;
    /* a territory of one point still gets a map, of at least 1:1000 */
    layout->ratio =
        layout_round_ratio(fmax(least_ratio(layout, extent), 1000.0));
    layout->units_per_mm = layout->ratio / 1000.0;
    double half_w = layout->frame.w * layout->units_per_mm / 2;
    double half_h = layout->frame.h * layout->units_per_mm / 2;
    double x = (extent.xmin + extent.xmax) / 2;
    double y = (extent.ymin + extent.ymax) / 2;
    layout->view =
        (struct rect){x - half_w, y - half_h, x + half_w, y + half_h};
    layout->tick = layout_round_length(75.0 * layout->units_per_mm);
    return TERRAMIS_OK;
}
