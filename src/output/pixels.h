/**
 * @file pixels.h
 * @brief What of a map is drawn pixel by pixel: cells and hill shade.
 */
#ifndef OUTPUT_PIXELS_H
#define OUTPUT_PIXELS_H

#include "output/canvas.h"
#include "output/layout.h"
#include "output/map.h"

/** The cells of all images, into the frame. One pixel of the page shows the
 * cell under its centre, nothing smoothed. */
enum terramis_status pixels_cells(struct canvas *canvas, const struct map *map,
                                  const struct layout *layout);

/** The hill shade, into the frame. */
enum terramis_status pixels_shade(struct canvas *canvas, const struct map *map,
                                  const struct layout *layout);

/** The colours that the hill shade has on white paper, PIXELS_SHADES of them.
 */
enum {
    PIXELS_SHADES = 14
};
unsigned pixels_shade_colour(int shade);

/** An image of `w` x `h` pixels of CANVAS_DPI, one colour, with the stripes of
 * hatched cells: the legend's swatch. NULL: no memory. */
cairo_surface_t *pixels_swatch(int w, int h, unsigned argb, bool hatched);

#endif
