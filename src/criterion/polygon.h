/**
 * @file polygon.h
 * @brief Values of whole polygons: each cell has that of the polygon which
 * covers most of it.
 */
#ifndef CRITERION_POLYGON_H
#define CRITERION_POLYGON_H

#include "criterion/criterion.h"

/** Gives the polygon that covers most of each cell its `values[label]`; NAN
 * where none does. `label_of` says which, -1 leaves a feature out; features of
 * one label that overlap count once, of equal shares the lower label wins.
 * `values` NULL: the label itself. */
enum terramis_status
polygon_fill(const struct criterion_source *source,
             struct criterion_tools *tools, const struct grid *tile,
             int (*label_of)(size_t feature, const void *source),
             const float *values, float *out);

/** Fills source->values with what `measure` says of each feature, for
 * polygon_run(). */
enum terramis_status polygon_measure(struct criterion_source *source,
                                     double (*measure)(double area,
                                                       double perimeter));

/** A criterion's run(), after polygon_measure(). */
enum terramis_status polygon_run(const struct criterion_source *source,
                                 struct criterion_tools *tools,
                                 const struct grid *tile, float *out);

#endif
