#include "output/pixels.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "output/palette.h"

enum {
    SHADE_DARKEST = 112, /* of 255 */
    SHADE_COLOUR = 0x2b2a33
};

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

cairo_surface_t *pixels_swatch(int w, int h, unsigned argb, bool hatched)
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

static void paint_cells(const struct map *map, const struct raster_image *part,
                        const int *col, const int *row, cairo_surface_t *image)
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
            part->cells + (size_t)row[y] * (size_t)part->grid.nx;
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

static enum terramis_status add_cells(const struct map *map,
                                      const struct raster_image *part,
                                      const struct layout *layout,
                                      cairo_surface_t *image)
{
    int w = cairo_image_surface_get_width(image);
    int h = cairo_image_surface_get_height(image);
    double step = layout->units_per_mm / CANVAS_PIXELS_PER_MM;
    int *col = NULL, *row = NULL;
    const struct grid *grid = &part->grid;
    enum terramis_status status = cell_index(
        layout->view.xmin - grid->xmin, step, grid->cell, grid->nx, w, &col);
    if (status == TERRAMIS_OK)
        status = cell_index(grid->ymax - layout->view.ymax, step, grid->cell,
                            grid->ny, h, &row);
    if (status == TERRAMIS_OK)
        paint_cells(map, part, col, row, image);
    free(row);
    free(col);
    return status;
}

/** Pixels of `per_mm` for the whole frame. */
static enum terramis_status frame_image(const struct layout *layout,
                                        cairo_format_t format, double per_mm,
                                        cairo_surface_t **image)
{
    *image = cairo_image_surface_create(
        format, (int)ceil(layout->frame.w * per_mm - 1e-6),
        (int)ceil(layout->frame.h * per_mm - 1e-6));
    return cairo_surface_status(*image) == CAIRO_STATUS_SUCCESS
               ? TERRAMIS_OK
               : status_no_memory();
}

enum terramis_status pixels_cells(struct canvas *canvas, const struct map *map,
                                  const struct layout *layout)
{
    cairo_surface_t *image = NULL;
    if (map->image_count == 0)
        return TERRAMIS_OK;
    enum terramis_status status =
        frame_image(layout, CAIRO_FORMAT_ARGB32, CANVAS_PIXELS_PER_MM, &image);
    for (size_t i = 0; i < map->image_count && status == TERRAMIS_OK; i++)
        if (map->images[i].cells)
            status = add_cells(map, &map->images[i], layout, image);
    if (status == TERRAMIS_OK)
        canvas_image(canvas, layout->frame.x, layout->frame.y, image);
    cairo_surface_destroy(image);
    return status;
}

/** a * b / 255, rounded as cairo's image backend does. */
static unsigned part_of(unsigned a, unsigned b)
{
    unsigned t = a * b + 128;
    return (t + (t >> 8)) >> 8;
}

unsigned pixels_shade_colour(int shade)
{
    unsigned alpha = (unsigned)((shade + 1) * SHADE_DARKEST / PIXELS_SHADES);
    unsigned rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        unsigned dark = (unsigned)SHADE_COLOUR >> shift & 0xff;
        rgb |= (part_of(dark, alpha) + part_of(255, 255 - alpha)) << shift;
    }
    return rgb;
}

/** Opacity of the shade at a place: few steps, so that the page keeps few
 * colours, and never so dark that colours cannot be told apart. */
static unsigned char opacity(const struct map *map, double x, double y)
{
    int dark = 0;
    for (size_t i = 0; i < map->shade_count && dark == 0; i++)
        dark = shade_at(map->shades[i], x, y);
    int step = (dark * PIXELS_SHADES + 127) / 255;
    return (unsigned char)(step * SHADE_DARKEST / PIXELS_SHADES);
}

enum terramis_status pixels_shade(struct canvas *canvas, const struct map *map,
                                  const struct layout *layout)
{
    /* half the resolution: relief is smooth, and the file is smaller */
    const double per_mm = CANVAS_PIXELS_PER_MM / 2;
    const double step = layout->units_per_mm / per_mm;
    cairo_surface_t *mask = NULL;
    if (map->shade_count == 0)
        return TERRAMIS_OK;
    enum terramis_status status =
        frame_image(layout, CAIRO_FORMAT_A8, per_mm, &mask);
    if (status == TERRAMIS_OK) {
        int w = cairo_image_surface_get_width(mask);
        int h = cairo_image_surface_get_height(mask);
        unsigned char *data = cairo_image_surface_get_data(mask);
        size_t stride = (size_t)cairo_image_surface_get_stride(mask);
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
                data[(size_t)y * stride + (size_t)x] =
                    opacity(map, layout->view.xmin + (x + 0.5) * step,
                            layout->view.ymax - (y + 0.5) * step);
        cairo_surface_mark_dirty(mask);
        canvas_mask(canvas, layout->frame.x, layout->frame.y, per_mm, mask,
                    SHADE_COLOUR);
    }
    cairo_surface_destroy(mask);
    return status;
}
