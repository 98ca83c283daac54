#include "output/frame.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "output/labels.h"
#include "output/palette.h"

static const unsigned ground = 0xffeef1f3; /* outside the territory */
static const unsigned ink = 0xff222222;

/** Diagonal stripes on the pixels of the page, alike on map and swatch. They
 * are drawn as pixels, so they add no mixed colours to the palette. */
static bool on_stripe(int x, int y)
{
    return (x + y) % 8 < 3;
}

static uint32_t premultiplied(unsigned argb)
{
    unsigned a = argb >> 24;
    unsigned r = (argb >> 16 & 0xff) * a / 255,
             g = (argb >> 8 & 0xff) * a / 255;
    return a << 24 | r << 16 | g << 8 | (argb & 0xff) * a / 255;
}

cairo_surface_t *frame_swatch(int w, int h, unsigned argb, bool hatched)
{
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
    if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS)
        return NULL;
    uint32_t stripe = premultiplied(palette_opaque(PALETTE_HATCH));
    uint32_t plain = premultiplied(argb);
    unsigned char *data = cairo_image_surface_get_data(image);
    size_t stride = (size_t)cairo_image_surface_get_stride(image);
    for (int y = 0; y < h; y++) {
        uint32_t *row = (uint32_t *)(void *)(data + stride * (size_t)y);
        for (int x = 0; x < w; x++)
            row[x] = hatched && on_stripe(x, y) ? stripe : plain;
    }
    cairo_surface_mark_dirty(image);
    return image;
}

/** The column (or, with negative step, row) of cells under each pixel; -1
 * outside the grid. */
static enum terramis_status cell_index(double first, double step, double cell,
                                       int cells, int pixels, int **out)
{
    TRY(mem_new(out, (size_t)pixels, sizeof **out));
    for (int i = 0; i < pixels; i++) {
        double at = floor((first + step * (i + 0.5)) / cell);
        (*out)[i] = at >= 0 && at < cells ? (int)at : -1;
    }
    return TERRAMIS_OK;
}

static void paint_cells(const struct map *map, const int *col, const int *row,
                        cairo_surface_t *image)
{
    uint32_t colours[256];
    for (int i = 0; i < 256; i++)
        colours[i] = premultiplied(map->colours[i]);
    uint32_t stripe = premultiplied(palette_opaque(PALETTE_HATCH));
    unsigned char *data = cairo_image_surface_get_data(image);
    size_t stride = (size_t)cairo_image_surface_get_stride(image);
    int w = cairo_image_surface_get_width(image);
    int h = cairo_image_surface_get_height(image);
    for (int y = 0; y < h; y++) {
        if (row[y] < 0)
            continue;
        uint32_t *pixel = (uint32_t *)(void *)(data + stride * (size_t)y);
        const unsigned char *cells =
            map->cells + (size_t)row[y] * (size_t)map->grid.nx;
        for (int x = 0; x < w; x++) {
            if (col[x] < 0)
                continue;
            unsigned char value = cells[col[x]];
            pixel[x] =
                map->hatch[value] && on_stripe(x, y) ? stripe : colours[value];
        }
    }
    cairo_surface_mark_dirty(image);
}

/** One pixel of the page shows the cell under its centre, nothing smoothed. */
static enum terramis_status draw_cells(struct canvas *canvas,
                                       const struct map *map,
                                       const struct layout *layout)
{
    if (!map->cells)
        return TERRAMIS_OK;
    int w = (int)lround(layout->frame.w * CANVAS_PIXELS_PER_MM);
    int h = (int)lround(layout->frame.h * CANVAS_PIXELS_PER_MM);
    double step = layout->units_per_mm / CANVAS_PIXELS_PER_MM;
    int *col = NULL, *row = NULL;
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
    enum terramis_status status = TERRAMIS_OK;
    if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS)
        TRY_DONE(status_no_memory());
    TRY_DONE(cell_index(layout->view.xmin - map->grid.xmin, step,
                        map->grid.cell, map->grid.nx, w, &col));
    TRY_DONE(cell_index(map->grid.ymax - layout->view.ymax, step,
                        map->grid.cell, map->grid.ny, h, &row));
    paint_cells(map, col, row, image);
    canvas_image(canvas, layout->frame.x, layout->frame.y, image);
done:
    cairo_surface_destroy(image);
    free(row);
    free(col);
    return status;
}

static void draw_layer(struct canvas *canvas, const struct layout *layout,
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
    if (layer->fill >> 24) {
        cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
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

static void draw_layers(struct canvas *canvas, const struct map *map,
                        const struct layout *layout, bool below)
{
    for (size_t i = 0; i < map->layer_count; i++)
        if (map->layers[i].below == below)
            draw_layer(canvas, layout, &map->layers[i]);
}

static bool boxes_meet(struct box a, struct box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
           b.y < a.y + a.h;
}

static bool box_inside(struct box a, struct box b)
{
    return a.x >= b.x && a.x + a.w <= b.x + b.w && a.y >= b.y &&
           a.y + a.h <= b.y + b.h;
}

static enum terramis_status draw_places(struct canvas *canvas,
                                        const struct map *map,
                                        const struct layout *layout)
{
    const struct text_style plain = {
        .size = 7.5, .colour = ink, .halo = 0xffffffff, .align = TEXT_LEFT};
    struct text_style strong = plain;
    strong.size = 11;
    strong.bold = true;
    struct box *taken = NULL;
    TRY(mem_new(&taken, map->place_count + 1, sizeof *taken));
    size_t count = 0;
    for (size_t i = 0; i < map->place_count; i++) {
        const struct map_place *place = &map->places[i];
        const struct text_style *style = place->strong ? &strong : &plain;
        double w = canvas_text_width(canvas, style, place->name);
        double h = canvas_text_height(canvas, style, 0, place->name);
        struct box box = {layout_x(layout, place->x) - w / 2 - 1,
                          layout_y(layout, place->y) - h / 2 - 0.4, w + 2,
                          h + 0.8};
        bool free_room = box_inside(box, layout->frame);
        for (size_t j = 0; j < count && free_room; j++)
            free_room = !boxes_meet(box, taken[j]);
        if (!free_room)
            continue;
        taken[count++] = box;
        canvas_text(canvas, style, (struct box){box.x + 1, box.y + 0.4, 0, 0},
                    place->name);
    }
    free(taken);
    return TERRAMIS_OK;
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
    for (double v = ceil(layout->view.xmin / step);
         v * step < layout->view.xmax; v++) {
        double x = layout_x(layout, v * step);
        struct short_text km =
            number_text(v * step / 1000, decimals, map->language);
        canvas_line(canvas, x, above - 1.5, x, above, 0.2, ink);
        canvas_line(canvas, x, below, x, below + 1.5, 0.2, ink);
        canvas_text_turned(canvas, &style, x, above - 3.2, 0, km.text);
        canvas_text_turned(canvas, &style, x, below + 3.2, 0, km.text);
    }
    for (double v = ceil(layout->view.ymin / step);
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
    for (double i = ceil(view->xmin / step); i * step < view->xmax; i++)
        for (double j = ceil(view->ymin / step); j * step < view->ymax; j++) {
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
    draw_layers(canvas, map, layout, true);
    enum terramis_status status = draw_cells(canvas, map, layout);
    draw_layers(canvas, map, layout, false);
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
