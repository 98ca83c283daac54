/**
 * @file difference.h
 * @brief How scores change in a scenario: steps, their colours, and the map.
 */
#ifndef OUTPUT_DIFFERENCE_H
#define OUTPUT_DIFFERENCE_H

#include "output/theme.h"

enum {
    DIFFERENCE_STEPS = 7
};

/** A step of points more or less than the project's score: above `low`, up to
 * `high`. Brown for lower, purple for higher scores (ColorBrewer PuOr, told
 * apart with any colour vision); less than half a point is white. */
struct difference_step {
    double low, high;
    unsigned colour; /**< 0xRRGGBB */
};

extern const struct difference_step difference_steps[DIFFERENCE_STEPS];

/** Position of the step of a difference. */
int difference_step_of(double points);

/** Appends "-20 – -5". */
void difference_label(struct text *out, int step, int language);

/** A map of the parcels by step, and the memory behind it; refers to its
 * sheet. */
struct difference {
    struct map map;
    const struct sheet *sheet;
    const struct scenario *scenario;
    struct outline outlines[DIFFERENCE_STEPS];
    struct map_layer layers[DIFFERENCE_STEPS + CONTEXT_LAYERS];
    struct map_legend_row rows[DIFFERENCE_STEPS];
    struct text labels[DIFFERENCE_STEPS], title, subtitle, method;
};

/** The map of a scenario of the sheet's territory. The caller closes in either
 * case. */
enum terramis_status difference_open(struct difference *difference,
                                     const struct sheet *sheet,
                                     const struct scenario *scenario);
void difference_close(struct difference *difference);

#endif
