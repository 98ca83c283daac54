/**
 * @file resample.h
 * @brief Resampling between north-up grids of one CRS, where the source is as
 * coarse as the target or coarser: what GDAL's warper computes there (bilinear
 * with the weights of missing neighbours given to the others, no data where the
 * centre lies in a cell without; nearest), without its cost per pixel.
 */
#ifndef LAYER_RESAMPLE_H
#define LAYER_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>

/** Where the target's columns (or rows) fall on the source's: the centre of
 * column i lies at first + i * step, in cells from the source's edge. */
struct resample_axis {
    double first, step; /**< 0 < step <= 1 */
    int from;           /**< cells of the source */
    int to;             /**< cells of the target */
};

/** A worker's scratch; zero-initialise, use again, resample_release(). */
struct resample {
    int *left;    /**< per target column: source column to the west */
    float *share; /**< weight of the column east of it */
    size_t room;
};

/** Fills out[y.to][x.to] from in[y.from][x.from]; NaN is no data, and so is
 * what lies outside the source. False: no memory. */
bool resample_bilinear(struct resample *resample, const float *in,
                       struct resample_axis x, struct resample_axis y,
                       float *out);
bool resample_nearest(struct resample *resample, const float *in,
                      struct resample_axis x, struct resample_axis y,
                      float *out);

void resample_release(struct resample *resample);

#endif
