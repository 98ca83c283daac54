/**
 * @file terrain.h
 * @brief The land of one pilot on a grid of 100 m: heights, and the way the
 * water takes.
 *
 * A plateau with the main valleys drawn in is eroded by the stream power law
 * (Howard 1994), solved implicitly down the drainage tree as by Braun and
 * Willett (2013), with diffusion on the slopes; the tree comes from a priority
 * flood (Barnes et al. 2014). So valleys, catchments and brooks fit together.
 */
#ifndef DEMO_TERRAIN_H
#define DEMO_TERRAIN_H

#include <stdint.h>

#include "demo/pilot.h"
#include "geo/grid.h"

enum {
    TERRAIN_CELL = 100,   /**< metres */
    TERRAIN_MARGIN = 3000 /**< metres of land around the territory */
};

enum terrain_kind {
    TERRAIN_LAND,
    TERRAIN_PLAIN, /**< flat floor of a main valley */
    TERRAIN_WATER, /**< a river wide enough to be a surface */
    TERRAIN_EDGE   /**< of the grid */
};

struct course {
    const struct guide *guide;
    struct points line;
    double *levels; /**< water level at each point, metres */
};

struct terrain {
    const struct pilot *pilot;
    struct grid grid;
    double *z;      /**< metres */
    double *fed;    /**< square kilometres that drain through the cell */
    double *above;  /**< metres above the next brook or plain downstream */
    int32_t *down;  /**< next cell downstream; -1: leaves here */
    int32_t *order; /**< cells from the outlets upwards */
    uint8_t *kind;  /**< enum terrain_kind */
    struct course courses[PILOT_GUIDES];
    size_t course_count;
};

/** Builds the land of `pilot` around `outline`. Release in either case. */
enum terramis_status terrain_build(const struct pilot *pilot,
                                   const struct points *outline,
                                   struct terrain *terrain);
void terrain_release(struct terrain *terrain);

/** The cell that holds a point; -1 outside the grid. */
int32_t terrain_cell(const struct terrain *terrain, struct point p);
struct point terrain_centre(const struct terrain *terrain, int32_t cell);
/** The neighbour in direction 0..7 (E, SE, S, SW, W, NW, N, NE); -1: none. */
int32_t terrain_neighbour(const struct terrain *terrain, int32_t cell,
                          int direction);

/** Height at a point, cubic between cells, metres. */
double terrain_height(const struct terrain *terrain, struct point p);
/** A field of the terrain at a point, linear between cells. */
double terrain_sample(const struct terrain *terrain, const double *field,
                      struct point p);
/** Steepest slope at a point, ratio. */
double terrain_slope(const struct terrain *terrain, struct point p);

#endif
