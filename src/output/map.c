#include "output/map.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/file.h"
#include "output/frame.h"
#include "output/labels.h"
#include "output/layout.h"
#include "output/palette.h"
#include "output/panel.h"
#include "output/pixels.h"
#include "output/png.h"

enum terramis_status map_layout(const struct map *map, struct layout *layout)
{
    return layout_make(map->paper, map->extent, map->synthetic,
                       legend_wish(map), layout);
}

/** "a, b, c" of the texts that are there. */
static void join(struct text *out, const char *separator, const char *a,
                 const char *b, const char *c)
{
    const char *parts[] = {a, b, c};
    for (size_t i = 0; i < 3; i++)
        if (parts[i] && *parts[i])
            text_addf(out, "%s%s", out->length > 0 ? separator : "", parts[i]);
}

static size_t add_note(struct note *notes, size_t count, enum label heading,
                       const char *text, bool flexible, int language)
{
    if (!text || !*text)
        return count;
    notes[count] = (struct note){label_text(heading, language), text, flexible};
    return count + 1;
}

/** The notes in one column, or with a second column the sources there. */
static void draw_notes(struct canvas *canvas, const struct map *map,
                       struct box first, const struct box *second)
{
    int language = map->language;
    struct text coordinates = {0}, made_by = {0};
    join(&coordinates, ", ", map->crs_name,
         label_text(LABEL_COORDINATES_KM, language), NULL);
    join(&made_by, ", ", map->organisation, map->date, map->version);
    struct note notes[NOTES_MAX];
    size_t count =
        add_note(notes, 0, LABEL_METHOD, map->method_note, true, language);
    if (second) {
        count = add_note(notes, count, LABEL_COORDINATES,
                         text_get(&coordinates), false, language);
        notes_draw(canvas, notes, count, first);
        first = *second;
        count = 0;
    }
    count = add_note(notes, count, LABEL_SOURCES, map->sources, true, language);
    count =
        add_note(notes, count, LABEL_LICENCE, map->licence, false, language);
    if (!second)
        count = add_note(notes, count, LABEL_COORDINATES,
                         text_get(&coordinates), false, language);
    count = add_note(notes, count, LABEL_MADE_BY, text_get(&made_by), false,
                     language);
    notes_draw(canvas, notes, count, first);
    text_release(&made_by);
    text_release(&coordinates);
}

/** What is left of `box` below its first `used` millimetres. */
static struct box rest(struct box box, double used)
{
    return (struct box){box.x, box.y + used, box.w, box.h - used};
}

enum terramis_status map_draw(struct canvas *canvas, const struct map *map,
                              const struct layout *layout)
{
    const double gap = 5, legend_share = 0.56;
    TRY(status_go_on());
    canvas->zoom = layout->text;
    /* not a box: A3 is no whole number of pixels, and no edge may shine */
    canvas_colour(canvas, 0xffffffff);
    cairo_paint(canvas->cr);
    title_draw(canvas, map, layout->title);
    TRY(frame_draw(canvas, map, layout));
    struct box legend = layout->columns[0];
    if (layout->column_count == 1) {
        legend.h *= legend_share;
        double used = legend_draw(canvas, map, legend) + gap;
        struct box below = rest(layout->columns[0], used);
        used = scale_draw(canvas, map, layout, below) + gap;
        draw_notes(canvas, map, rest(below, used), NULL);
    } else {
        legend_draw(canvas, map, legend);
        double used = scale_draw(canvas, map, layout, layout->columns[1]) + gap;
        draw_notes(canvas, map, rest(layout->columns[1], used),
                   &layout->columns[2]);
    }
    return canvas_status(canvas);
}

static enum terramis_status write_world_file(const struct layout *layout,
                                             const char *path)
{
    double pixel = layout->units_per_mm / CANVAS_PIXELS_PER_MM;
    double x = layout->view.xmin - layout->frame.x * layout->units_per_mm;
    double y = layout->view.ymax + layout->frame.y * layout->units_per_mm;
    struct text lines = {0};
    text_addf(&lines, "%.12g\n0\n0\n%.12g\n%.12g\n%.12g\n", pixel, -pixel,
              x + pixel / 2, y - pixel / 2);
    enum terramis_status status = text_status(&lines);
    struct file file;
    if (status == TERRAMIS_OK)
        status = file_create(&file, path);
    if (status == TERRAMIS_OK) {
        file_write(&file, lines.data, lines.length);
        status = file_commit(&file);
    }
    text_release(&lines);
    return status;
}

/** Colours that must not change when the page has more than a palette holds:
 * paper, stripes, relief, lines, legend, ramp and the cells that occur. */
static enum terramis_status keep_colours(const struct map *map, unsigned **keep,
                                         size_t *count)
{
    bool seen[256] = {false};
    size_t n = 0;
    TRY(mem_new(keep,
                2 * map->layer_count + map->row_count + map->ramp_count + 256 +
                    3 + PIXELS_SHADES,
                sizeof **keep));
    (*keep)[n++] = 0xffffff;
    (*keep)[n++] = 0x222222;
    (*keep)[n++] = PALETTE_HATCH;
    for (int i = 0; i < PIXELS_SHADES && map->shade_count > 0; i++)
        (*keep)[n++] = pixels_shade_colour(i);
    for (size_t i = 0; i < map->layer_count; i++) {
        (*keep)[n++] = map->layers[i].fill & 0xffffff;
        (*keep)[n++] = map->layers[i].stroke & 0xffffff;
    }
    for (size_t i = 0; i < map->row_count; i++)
        (*keep)[n++] = map->rows[i].colour & 0xffffff;
    for (size_t i = 0; i < map->ramp_count; i++)
        (*keep)[n++] = map->ramp[i] & 0xffffff;
    for (size_t i = 0; i < map->image_count; i++) {
        const struct raster_image *image = &map->images[i];
        size_t cells = image->cells ? grid_cells(&image->grid) : 0;
        for (size_t c = 0; c < cells; c++)
            seen[image->cells[c]] = true;
    }
    for (size_t i = 0; i < 256; i++)
        if (seen[i])
            (*keep)[n++] = map->colours[i] & 0xffffff;
    *count = n;
    return TERRAMIS_OK;
}

static enum terramis_status
write_image(const struct map *map, cairo_surface_t *surface, const char *path)
{
    unsigned *keep = NULL;
    size_t keep_count = 0;
    TRY(keep_colours(map, &keep, &keep_count));
    struct text title = {0};
    join(&title, ", ", map->title, map->subtitle, NULL);
    const struct page_text texts[] = {
        {"Title", text_get(&title)},       {"Author", map->organisation},
        {"Description", map->method_note}, {"Source", map->sources},
        {"Copyright", map->licence},       {"Software", map->version}};
    cairo_surface_flush(surface);
    const struct page_image page = {
        .image = {cairo_image_surface_get_data(surface),
                  cairo_image_surface_get_width(surface),
                  cairo_image_surface_get_height(surface),
                  (size_t)cairo_image_surface_get_stride(surface)},
        .dpi = CANVAS_DPI,
        .keep = keep,
        .keep_count = keep_count,
        .texts = texts,
        .text_count = sizeof texts / sizeof *texts};
    enum terramis_status status = page_write_png(&page, path);
    text_release(&title);
    free(keep);
    return status;
}

static enum terramis_status draw_image(const struct map *map,
                                       const struct layout *layout,
                                       cairo_surface_t *surface)
{
    struct fonts *fonts = NULL;
    TRY(fonts_open(&fonts));
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, CANVAS_PIXELS_PER_MM, CANVAS_PIXELS_PER_MM);
    struct canvas canvas;
    canvas_init(&canvas, cr, fonts, map->language);
    enum terramis_status status = map_draw(&canvas, map, layout);
    canvas_release(&canvas);
    cairo_destroy(cr);
    fonts_free(fonts);
    return status;
}

enum terramis_status map_write_png(const struct map *map, const char *path,
                                   const char *wld_path)
{
    struct layout layout;
    TRY(map_layout(map, &layout));
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)lround(layout.page_w * CANVAS_PIXELS_PER_MM),
        (int)lround(layout.page_h * CANVAS_PIXELS_PER_MM));
    enum terramis_status status =
        cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
            ? TERRAMIS_OK
            : status_no_memory();
    TRY_DONE(status);
    TRY_DONE(draw_image(map, &layout, surface));
    TRY_DONE(write_image(map, surface, path));
    if (wld_path)
        TRY_DONE(write_world_file(&layout, wld_path));
done:
    cairo_surface_destroy(surface);
    return status;
}
