/**
 * @file line_labels.h
 * @brief Names of rivers along their lines, numbers of roads on shields, where
 * there is room.
 */
#ifndef OUTPUT_LINE_LABELS_H
#define OUTPUT_LINE_LABELS_H

#include "output/map.h"
#include "output/placement.h"

/** Draws those of `map->lines` that find a straight enough part of their line
 * which is free and inside the frame; takes their room. A long line gets its
 * name again and again. The same lines give the same drawing. */
enum terramis_status line_labels_draw(struct canvas *canvas,
                                      const struct map *map,
                                      const struct layout *layout,
                                      struct placement *placement);

#endif
