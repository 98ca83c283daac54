#include "output/frame.h"

#include <math.h>

#include "output/inset.h"
#include "output/labels.h"
#include "output/line_labels.h"
#include "output/pixels.h"
#include "output/placement.h"

static const unsigned ground = 0xffeef1f3; /* outside the territory */
static const unsigned ink = 0xff222222;

void frame_path(struct canvas *canvas, const struct layout *layout,
                const struct map_layer *layer)
{
    cairo_t *cr = canvas->cr;
    for (size_t part = 0; part < layer->count; part++) {
        for (size_t i = layer->start[part]; i < layer->start[part + 1]; i++)
            cairo_line_to(cr, layout_x(layout, layer->xy[2 * i]),
                          layout_y(layout, layer->xy[2 * i + 1]));
        if (layer->closed)
            cairo_close_path(cr);
        cairo_new_sub_path(cr);
    }
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
}

static void draw_layer(struct canvas *canvas, const struct layout *layout,
                       const struct map_layer *layer)
{
    cairo_t *cr = canvas->cr;
    frame_path(canvas, layout, layer);
    if (layer->overlapping)
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    if (layer->fill >> 24) {
        canvas_colour(canvas, layer->fill);
        cairo_fill_preserve(cr);
    }
    if (layer->stroke >> 24) {
        canvas_colour(canvas, layer->stroke);
        cairo_set_line_width(cr, layer->width_mm);
        cairo_set_dash(cr, &layer->dash_mm, layer->dash_mm > 0, 0);
        cairo_stroke_preserve(cr);
        cairo_set_dash(cr, NULL, 0, 0);
    }
    cairo_new_path(cr);
}

/** The relief of the land that the map is about. */
static enum terramis_status draw_shade(struct canvas *canvas,
                                       const struct map *map,
                                       const struct layout *layout)
{
    if (!map->land)
        return TERRAMIS_OK;
    cairo_save(canvas->cr);
    frame_path(canvas, layout, map->land);
    cairo_clip(canvas->cr);
    enum terramis_status status = pixels_shade(canvas, map, layout);
    cairo_restore(canvas->cr);
    return status;
}

/* millimetres; what is longer is cut */
static const double longest_name = 60, longest_title = 120;

/** Draws a name where there is room for it, or leaves it out. */
static enum terramis_status draw_place(struct canvas *canvas,
                                       const struct layout *layout,
                                       struct placement *placement,
                                       const struct map_place *place)
{
    static const struct text_style styles[] = {
        [PLACE_NAME] = {.size = 7.5, .colour = 0xff2a2a2a, .halo = 0xffffffff},
        [PLACE_RANK] = {.size = 11,
                        .bold = true,
                        .colour = ink,
                        .halo = 0xffffffff},
        [PLACE_TITLE] = {
            .size = 13, .bold = true, .colour = ink, .halo = 0xffffffff}};
    const struct text_style *style = &styles[place->kind];
    double w = canvas_text_width(canvas, style, place->name);
    double h = canvas_text_height(canvas, style, 0, place->name);
    struct box box;
    bool found;
    struct rect at = {place->x, place->y, place->x, place->y};
    if (w <= 0 || !rect_meets(layout->view, at))
        return TERRAMIS_OK;
    bool title = place->kind == PLACE_TITLE;
    w = fmin(w, title ? longest_title : longest_name);
    double y = layout_y(layout, place->y);
    if (title) /* stands on the place rather than over it */
        y -= h / 2 + 1;
    TRY(placement_find(placement, layout_x(layout, place->x), y, w + 2, h + 0.8,
                       &box, &found));
    if (found)
        canvas_text(canvas, style,
                    (struct box){box.x + 1, box.y + 0.4, w + 0.1, 0},
                    place->name);
    return TERRAMIS_OK;
}

static enum terramis_status draw_places(struct canvas *canvas,
                                        const struct map *map,
                                        const struct layout *layout)
{
    struct placement placement = {.frame = layout->frame};
    struct box inset;
    enum terramis_status status = TERRAMIS_OK;
    if (inset_draw(canvas, map, layout, &inset))
        status = placement_take(&placement, inset);
    /* a commune's name may lie anywhere in it, a river's only along it */
    for (int names = 0; names < 2 && status == TERRAMIS_OK; names++) {
        for (size_t i = 0; i < map->place_count && status == TERRAMIS_OK; i++)
            if ((map->places[i].kind == PLACE_NAME) == (names == 1))
                status =
                    draw_place(canvas, layout, &placement, &map->places[i]);
        if (status == TERRAMIS_OK && names == 0)
            status = line_labels_draw(canvas, map, layout, &placement);
    }
    placement_release(&placement);
    return status;
}

/** Coordinate ticks outside the frame, labelled in kilometres of the CRS. */
static void draw_ticks(struct canvas *canvas, const struct map *map,
                       const struct layout *layout)
{
    const struct text_style style = {.size = 7, .colour = 0xff555555};
    const struct box f = layout->frame;
    const double above = f.y - layout->banner.h, below = f.y + f.h;
    const double left = f.x, right = f.x + f.w, step = layout->tick;
    int decimals = step < 100 ? 2 : step < 1000 ? 1 : 0;
    for (int v = (int)ceil(layout->view.xmin / step);
         v * step < layout->view.xmax; v++) {
        double x = layout_x(layout, v * step);
        struct short_text km =
            number_text(v * step / 1000, decimals, map->language);
        canvas_line(canvas, x, above - 1.5, x, above, 0.2, ink);
        canvas_line(canvas, x, below, x, below + 1.5, 0.2, ink);
        canvas_text_turned(canvas, &style, x, above - 3.2, 0, km.text);
        canvas_text_turned(canvas, &style, x, below + 3.2, 0, km.text);
    }
    for (int v = (int)ceil(layout->view.ymin / step);
         v * step < layout->view.ymax; v++) {
        double y = layout_y(layout, v * step);
        struct short_text km =
            number_text(v * step / 1000, decimals, map->language);
        canvas_line(canvas, left - 1.5, y, left, y, 0.2, ink);
        canvas_line(canvas, right, y, right + 1.5, y, 0.2, ink);
        canvas_text_turned(canvas, &style, left - 3.2, y, -90, km.text);
        canvas_text_turned(canvas, &style, right + 3.2, y, 90, km.text);
    }
}

/** Small crosses where the coordinate lines meet inside the frame. */
static void draw_crosses(struct canvas *canvas, const struct layout *layout)
{
    const double step = layout->tick, arm = 1.6;
    const struct rect *view = &layout->view;
    int first_i = (int)ceil(view->xmin / step);
    int first_j = (int)ceil(view->ymin / step);
    for (int i = first_i; i * step < view->xmax; i++)
        for (int j = first_j; j * step < view->ymax; j++) {
            double x = layout_x(layout, i * step);
            double y = layout_y(layout, j * step);
            canvas_line(canvas, x - arm, y, x + arm, y, 0.15, 0xff777777);
            canvas_line(canvas, x, y - arm, x, y + arm, 0.15, 0xff777777);
        }
}

void banner_draw(struct canvas *canvas, int language, struct box b)
{
    const unsigned red = 0xffb3261e, white = 0xffffffff;
    const struct text_style strong = {
        .size = 13, .bold = true, .colour = white};
    const struct text_style plain = {.size = 10, .colour = white};
    const char *name = label_text(LABEL_SYNTHETIC, language);
    const char *note = label_text(LABEL_SYNTHETIC_NOTE, language);
    double w = canvas_text_width(canvas, &strong, name);
    canvas_fill(canvas, b, red);
    canvas_text(canvas, &strong, (struct box){b.x + 4, b.y + 1.2, 0, 0}, name);
    canvas_text(canvas, &plain,
                (struct box){b.x + w + 9, b.y + 1.9, b.w - w - 13, 0}, note);
}

enum terramis_status frame_draw(struct canvas *canvas, const struct map *map,
                                const struct layout *layout)
{
    const struct box f = layout->frame;
    cairo_save(canvas->cr);
    cairo_rectangle(canvas->cr, f.x, f.y, f.w, f.h);
    cairo_clip(canvas->cr);
    canvas_fill(canvas, f, ground);
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < map->layer_count; i++) {
        if (map->layers[i].below)
            draw_layer(canvas, layout, &map->layers[i]);
        if (map->land == &map->layers[i])
            status = draw_shade(canvas, map, layout);
    }
    if (status == TERRAMIS_OK)
        status = pixels_cells(canvas, map, layout);
    for (size_t i = 0; i < map->layer_count; i++)
        if (!map->layers[i].below)
            draw_layer(canvas, layout, &map->layers[i]);
    draw_crosses(canvas, layout);
    if (status == TERRAMIS_OK)
        status = draw_places(canvas, map, layout);
    cairo_restore(canvas->cr);
    TRY(status);
    if (layout->banner.h > 0)
        banner_draw(canvas, map->language, layout->banner);
    struct box edge = {f.x, f.y - layout->banner.h, f.w,
                       f.h + layout->banner.h};
    canvas_outline(canvas, edge, 0.4, ink);
    draw_ticks(canvas, map, layout);
    return canvas_status(canvas);
}
