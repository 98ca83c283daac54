/**
 * @file frame.h
 * @brief The map inside its frame: cells, layers, names, coordinates.
 */
#ifndef OUTPUT_FRAME_H
#define OUTPUT_FRAME_H

#include "output/canvas.h"
#include "output/layout.h"
#include "output/map.h"

enum terramis_status frame_draw(struct canvas *canvas, const struct map *map,
                                const struct layout *layout);

/** Says in the strip `box` that the data are made up. */
void banner_draw(struct canvas *canvas, int language, struct box box);

/** An image of `w` x `h` pixels of CANVAS_DPI, one colour, with the stripes of
 * hatched cells: the legend's swatch. NULL: no memory. */
cairo_surface_t *frame_swatch(int w, int h, unsigned argb, bool hatched);

#endif
