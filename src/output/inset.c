#include "output/inset.h"

#include <math.h>

#include "output/frame.h"
#include "output/labels.h"

static const unsigned ink = 0xff222222, land = 0xffd9d4c7, here = 0xff1f6f78;
static const unsigned view_colour = 0xffb3261e;
static const double share = 0.2; /* of the frame's shorter side */
static const double margin = 3, padding = 2, caption = 4.5; /* mm */

enum {
    PROBES = 24, /* a side */
    NEVER = 10000
};

static struct rect bounds(const struct map_layer *layer)
{
    struct rect r = rect_empty();
    for (size_t i = 0; i < layer->start[layer->count]; i++) {
        const double *p = layer->xy + 2 * i;
        r = rect_union(r, (struct rect){p[0], p[1], p[0], p[1]});
    }
    return r;
}

/** Columns or rows of a grid between two distances from its edge. */
static void range_of(double low, double high, double cell, int count,
                     int *first, int *end)
{
    *first = (int)fmin(fmax(floor(low / cell), 0), count);
    *end = (int)fmin(fmax(ceil(high / cell), 0), count);
}

/** Are there coloured cells in `area`? */
static bool has_cells(const struct map *map, struct rect area)
{
    for (size_t i = 0; i < map->image_count; i++) {
        const struct raster_image *image = &map->images[i];
        const struct grid *g = &image->grid;
        int col, east, row, south;
        if (!image->cells)
            continue;
        range_of(area.xmin - g->xmin, area.xmax - g->xmin, g->cell, g->nx, &col,
                 &east);
        range_of(g->ymax - area.ymax, g->ymax - area.ymin, g->cell, g->ny, &row,
                 &south);
        for (; row < south; row++)
            for (int c = col; c < east; c++)
                if (map->colours[image->cells[(size_t)row * (size_t)g->nx +
                                              (size_t)c]] >>
                    24)
                    return true;
    }
    return false;
}

/** How much land a box would hide; more than NEVER: cells of the map. */
static int hidden(struct canvas *canvas, const struct map *map,
                  const struct layout *layout, struct box box)
{
    double x =
        layout->view.xmin + (box.x - layout->frame.x) * layout->units_per_mm;
    double y =
        layout->view.ymax - (box.y - layout->frame.y) * layout->units_per_mm;
    struct rect area = {x, y - box.h * layout->units_per_mm,
                        x + box.w * layout->units_per_mm, y};
    if (has_cells(map, area))
        return NEVER;
    int sum = 0;
    frame_path(canvas, layout, map->land);
    for (int i = 0; i <= PROBES; i++)
        for (int j = 0; j <= PROBES; j++)
            sum += cairo_in_fill(canvas->cr, box.x + box.w * i / PROBES,
                                 box.y + box.h * j / PROBES) != 0;
    cairo_new_path(canvas->cr);
    return sum;
}

/** The corner that hides least land, the lower right one of equals. */
static bool choose_corner(struct canvas *canvas, const struct map *map,
                          const struct layout *layout, struct box *box)
{
    const struct box f = layout->frame;
    int least = NEVER;
    bool found = false;
    for (int corner = 0; corner < 4; corner++) {
        struct box at = *box;
        at.x = corner % 2 ? f.x + margin : f.x + f.w - margin - box->w;
        at.y = corner / 2 ? f.y + margin : f.y + f.h - margin - box->h;
        int sum = hidden(canvas, map, layout, at);
        if (sum >= least)
            continue;
        least = sum;
        *box = at;
        found = true;
    }
    return found;
}

/** The territories and the frame, in a layout of their own. */
static void draw_land(struct canvas *canvas, const struct map *map,
                      const struct layout *layout, struct rect all,
                      struct box box)
{
    struct layout small = {.frame = box};
    small.units_per_mm =
        fmax((all.xmax - all.xmin) / box.w, (all.ymax - all.ymin) / box.h);
    double half_w = box.w * small.units_per_mm / 2;
    double half_h = box.h * small.units_per_mm / 2;
    double x = (all.xmin + all.xmax) / 2, y = (all.ymin + all.ymax) / 2;
    small.view = (struct rect){x - half_w, y - half_h, x + half_w, y + half_h};
    frame_path(canvas, &small, map->inset);
    canvas_colour(canvas, land);
    cairo_fill_preserve(canvas->cr);
    canvas_colour(canvas, 0xff777777);
    cairo_set_line_width(canvas->cr, 0.15);
    cairo_stroke(canvas->cr);
    frame_path(canvas, &small, map->land);
    canvas_colour(canvas, here);
    cairo_fill(canvas->cr);
    struct rect v = layout->view;
    double left = layout_x(&small, v.xmin), top = layout_y(&small, v.ymax);
    canvas_outline(canvas,
                   (struct box){left, top, layout_x(&small, v.xmax) - left,
                                layout_y(&small, v.ymin) - top},
                   0.35, view_colour);
}

bool inset_draw(struct canvas *canvas, const struct map *map,
                const struct layout *layout, struct box *box)
{
    if (!map->inset || !map->land || map->inset->count == 0)
        return false;
    const struct text_style style = {.size = 7, .colour = ink};
    struct rect all = rect_union(bounds(map->inset), layout->view);
    double w = all.xmax - all.xmin, h = all.ymax - all.ymin;
    double side = share * fmin(layout->frame.w, layout->frame.h);
    double scale = side / fmax(w, h);
    *box = (struct box){.w = fmax(w * scale, side / 2) + 2 * padding,
                        .h = fmax(h * scale, side / 2) + 2 * padding + caption};
    if (!choose_corner(canvas, map, layout, box))
        return false;
    canvas_fill(canvas, *box, 0xffffffff);
    canvas_text(
        canvas, &style,
        (struct box){box->x + padding, box->y + 0.9, box->w - 2 * padding, 0},
        label_text(LABEL_SITUATION, map->language));
    draw_land(canvas, map, layout, all,
              (struct box){box->x + padding, box->y + padding + caption - 1,
                           box->w - 2 * padding,
                           box->h - 2 * padding - caption + 1});
    canvas_outline(canvas, *box, 0.25, ink);
    return true;
}
