/**
 * @file panel.h
 * @brief Everything around the map: title, legend, scale, north, notes.
 */
#ifndef OUTPUT_PANEL_H
#define OUTPUT_PANEL_H

#include "output/canvas.h"
#include "output/layout.h"
#include "output/map.h"

void title_draw(struct canvas *canvas, const struct map *map, struct box box);

/** The height the legend takes with roomy rows, mm. */
double legend_wish(const struct map *map);

/** Draws at most `box.h` high, tightening and then dropping rows when there
 * are too many; returns the height used, mm. */
double legend_draw(struct canvas *canvas, const struct map *map,
                   struct box box);

/** Scale bar, ratio and north arrow; returns the height used, mm. */
double scale_draw(struct canvas *canvas, const struct map *map,
                  const struct layout *layout, struct box box);

enum {
    NOTES_MAX = 5
};

/** A headed paragraph. */
struct note {
    const char *heading, *text;
    bool flexible; /**< may be shortened where there is no room */
};

/** Stacks the notes in `box`; when they do not fit, the flexible ones share
 * what the others leave and end in an ellipsis. */
void notes_draw(struct canvas *canvas, const struct note *notes, size_t count,
                struct box box);

#endif
