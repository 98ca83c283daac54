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

/** Writes map-scenario-<id>.png and its world file for each scenario that
 * changes weights; the others change no score. */
enum terramis_status difference_maps(const struct sheet *sheet);

#endif
