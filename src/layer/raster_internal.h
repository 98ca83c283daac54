/**
 * @file raster_internal.h
 * @brief The inside of struct raster_reader, shared by its reading
 * (raster_reader.c) and its warping (raster_warp.c).
 */
#ifndef LAYER_RASTER_INTERNAL_H
#define LAYER_RASTER_INTERNAL_H

#include "layer/raster.h"
#include "layer/resample.h"

struct raster_reader {
    const struct raster *raster;
    enum raster_resampling resampling;
    const struct raster_kernel *kernel;
    const void *params;
    struct crs_step *step; /* raster's CRS -> project's */
    double inverse[6];     /* CRS -> pixel */
    float *source, *derived;
    size_t source_room, derived_room;
    struct resample resample;
};

/* A window of the source, read at every `step`-th cell. */
struct source_window {
    int col, row, nx, ny; /* in source cells */
    int step;
    int out_nx, out_ny; /* cells in the buffer */
};

/** Project CRS -> source pixel. */
void raster_reader_pixel(struct raster_reader *reader, double x, double y,
                         double *px, double *py);

/** Resamples the window's `values` to the tile by GDAL's warper. */
enum terramis_status raster_reader_warp(struct raster_reader *reader,
                                        const struct source_window *window,
                                        float *values, const struct grid *tile,
                                        float *out);

#endif
