#include "output/inset.h"

#include <math.h>

#include "output/frame.h"
#include "output/labels.h"

static const unsigned ink = 0xff222222, land = 0xffd9d4c7, here = 0xff1f6f78;
static const unsigned view_colour = 0xffb3261e;
static const double share = 0.2; /* of the frame's shorter side */
static const double country_share = 0.13;
static const double place_share = 0.25; /* of the territories */
static const double margin = 3, padding = 2, caption = 3; /* mm */
static const double smallest = 2; /* mm: a frame that can be seen */

enum {
    PROBES = 24, /* a side */
    LITTLE = 63, /* of them: a tenth */
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
                          const struct layout *layout, int least,
                          struct box *box)
{
    const struct box f = layout->frame;
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

/** One of the small maps. */
struct panel {
    const struct map_layer *layer;
    struct rect extent;
    double w, h; /* mm */
};

static struct panel make_panel(const struct map_layer *layer, struct rect view,
                               double side, double least)
{
    struct rect all = rect_union(bounds(layer), view);
    double w = all.xmax - all.xmin, h = all.ymax - all.ymin;
    double scale = side / fmax(w, h);
    return (struct panel){layer, all, fmax(w * scale, least),
                          fmax(h * scale, least)};
}

/** The panel's land, the map's own and its frame, in a layout of their own. */
static void draw_panel(struct canvas *canvas, const struct map *map,
                       const struct layout *layout, const struct panel *panel,
                       struct box box)
{
    struct layout small = {.frame = box};
    struct rect all = panel->extent;
    small.units_per_mm =
        fmax((all.xmax - all.xmin) / box.w, (all.ymax - all.ymin) / box.h);
    double half_w = box.w * small.units_per_mm / 2;
    double half_h = box.h * small.units_per_mm / 2;
    double x = (all.xmin + all.xmax) / 2, y = (all.ymin + all.ymax) / 2;
    small.view = (struct rect){x - half_w, y - half_h, x + half_w, y + half_h};
    frame_path(canvas, &small, panel->layer);
    canvas_colour(canvas, land);
    cairo_fill_preserve(canvas->cr);
    canvas_colour(canvas, 0xff777777);
    cairo_set_line_width(canvas->cr, 0.15);
    cairo_stroke(canvas->cr);
    frame_path(canvas, &small, map->land);
    canvas_colour(canvas, here);
    cairo_fill(canvas->cr);
    struct rect v = layout->view;
    double w = (v.xmax - v.xmin) / small.units_per_mm;
    double h = (v.ymax - v.ymin) / small.units_per_mm;
    double grow = fmax(smallest - fmax(w, h), 0);
    canvas_outline(canvas,
                   (struct box){layout_x(&small, v.xmin) - grow / 2,
                                layout_y(&small, v.ymax) - grow / 2, w + grow,
                                h + grow},
                   grow > 0 ? 0.6 : 0.35, view_colour);
}

/** The box of `count` panels, one above the other. */
static struct box box_of(const struct panel *panels, size_t count)
{
    struct box box = {.w = 0, .h = padding + caption};
    for (size_t i = 0; i < count; i++) {
        box.w = fmax(box.w, panels[i].w + 2 * padding);
        box.h += panels[i].h + padding;
    }
    return box;
}

static void draw_box(struct canvas *canvas, const struct map *map,
                     const struct layout *layout, const struct panel *panels,
                     size_t count, struct box box)
{
    const struct text_style style = {.size = 7, .colour = ink};
    canvas_fill(canvas, box, 0xffffffff);
    canvas_text(
        canvas, &style,
        (struct box){box.x + padding, box.y + 0.9, box.w - 2 * padding, 0},
        label_text(LABEL_SITUATION, map->language));
    double y = box.y + padding + caption;
    for (size_t i = 0; i < count; i++) {
        draw_panel(canvas, map, layout, &panels[i],
                   (struct box){box.x + (box.w - panels[i].w) / 2, y,
                                panels[i].w, panels[i].h});
        y += panels[i].h + padding;
    }
    canvas_outline(canvas, box, 0.25, ink);
}

/** Where there is room for one only: the country for a map of a territory, the
 * territories for a map of a place in one. */
static bool is_place(const struct layout *layout, struct rect all)
{
    const struct rect v = layout->view;
    return fmax(v.xmax - v.xmin, v.ymax - v.ymin) <
           place_share * fmax(all.xmax - all.xmin, all.ymax - all.ymin);
}

static bool draw_where_free(struct canvas *canvas, const struct map *map,
                            const struct layout *layout,
                            const struct panel *panels, size_t count, int most,
                            struct box *box)
{
    *box = box_of(panels, count);
    if (count == 0 || !choose_corner(canvas, map, layout, most, box))
        return false;
    draw_box(canvas, map, layout, panels, count, *box);
    return true;
}

bool inset_draw(struct canvas *canvas, const struct map *map,
                const struct layout *layout, struct box *box)
{
    struct panel panels[2];
    size_t count = 0;
    double side = fmin(layout->frame.w, layout->frame.h);
    if (map->land && map->country && map->country->count > 0)
        panels[count++] =
            make_panel(map->country, layout->view, country_share * side, 0);
    if (map->land && map->inset && map->inset->count > 0)
        panels[count++] = make_panel(map->inset, layout->view, share * side,
                                     share * side / 2);
    if (count < 2)
        return draw_where_free(canvas, map, layout, panels, count, NEVER, box);
    const struct panel *one = &panels[is_place(layout, panels[1].extent)];
    /* both only where they hide next to nothing */
    return draw_where_free(canvas, map, layout, panels, 2, LITTLE, box) ||
           draw_where_free(canvas, map, layout, one, 1, NEVER, box);
}
