/**
 * @file shade.h
 * @brief Hill shade: how dark the terrain lies under a light from the
 * north-west, so that a map shows valleys and ridges.
 */
#ifndef OUTPUT_SHADE_H
#define OUTPUT_SHADE_H

#include "plan/plan.h"

/** One per territory; {0} where the project has no terrain. */
struct shade {
    struct grid grid;
    unsigned char *dark; /**< rows from the north; 0: flat, lit or not known,
                              255: turned away from every light; NULL: none */
};

/** Shades `area` by the raster of a factor that takes its slope or aspect from
 * one, in cells of `detail` CRS units, or of the raster's own where those are
 * larger. The caller releases in either case. TERRAMIS_INPUT when the raster
 * cannot be read. */
enum terramis_status shade_make(struct shade *shade, const struct plan *plan,
                                struct rect area, double detail);
void shade_release(struct shade *shade);

/** Darkness of terrain that rises by `dx` to the east and `dy` to the north
 * (metres per metre), 0..1. */
double shade_darkness(double dx, double dy);

/** Darkness at a place, between the cells; 0 outside. */
int shade_at(const struct shade *shade, double x, double y);

#endif
