/**
 * @file inset.h
 * @brief The small map in a corner that says where the territory lies among
 * those of the project.
 */
#ifndef OUTPUT_INSET_H
#define OUTPUT_INSET_H

#include "output/canvas.h"
#include "output/layout.h"
#include "output/map.h"

/** Draws it into the corner of the frame that hides least, and tells the room
 * it took. False, with nothing drawn, where the map has none or each corner
 * holds cells of the map. */
bool inset_draw(struct canvas *canvas, const struct map *map,
                const struct layout *layout, struct box *box);

#endif
