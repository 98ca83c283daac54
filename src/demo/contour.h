/**
 * @file contour.h
 * @brief Areas where a field on the terrain's cells is positive.
 */
#ifndef DEMO_CONTOUR_H
#define DEMO_CONTOUR_H

#include "demo/region.h"

/** Adds the areas (marching squares, with holes) of at least `least` square
 * metres as features of `kind`, rank and group as given. `field` has a value
 * per cell; its outermost cells are set to "outside". */
enum terramis_status contour_add(struct region *region, double *field,
                                 enum feature_kind kind, double least, int rank,
                                 int group);

/** Means of the squares of 2 radius + 1 cells around each cell. */
enum terramis_status contour_blur(const struct terrain *terrain, double *field,
                                  int radius);

/** Adds an irregular round area; `along` is a unit vector for `rx`. */
enum terramis_status contour_blob(struct region *region, struct rng *rng,
                                  enum feature_kind kind, struct point centre,
                                  struct point along, double rx, double ry,
                                  int rank, int group);

/** A unit vector in a random direction. */
struct point contour_direction(struct rng *rng);

#endif
