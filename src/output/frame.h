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

/** Adds the lines of `layer` to the path; even-odd for fills. */
void frame_path(struct canvas *canvas, const struct layout *layout,
                const struct map_layer *layer);

#endif
