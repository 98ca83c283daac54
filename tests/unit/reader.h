/**
 * @file reader.h
 * @brief Rasters read through layer/raster.h, and the same by GDAL's own
 * programs.
 */
#ifndef UNIT_READER_H
#define UNIT_READER_H

#include <cpl_string.h>
#include <gdal_utils.h>

#include "layer/raster.h"
#include "unit/layers.h"

/** A raster and a reader on it; close it. */
struct opened {
    struct layer_config layer;
    struct crs target;
    struct raster raster;
    struct raster_reader *reader;
};

static const struct rect anywhere = {-1e9, -1e9, 1e9, 1e9};

static inline struct opened *open_layer(struct layer_config layer,
                                        const char *target,
                                        enum raster_resampling resampling,
                                        const struct raster_kernel *kernel,
                                        const void *params)
{
    struct opened *o = calloc(1, sizeof *o);
    o->layer = layer;
    bool fine = crs_parse(&o->target, target) == TERRAMIS_OK &&
                raster_open(&o->raster, &test_config, &o->layer, &o->target,
                            anywhere) == TERRAMIS_OK &&
                raster_reader_open(&o->reader, &o->raster, resampling, kernel,
                                   params) == TERRAMIS_OK;
    die_unless(fine, status_message());
    return o;
}

static inline struct opened *open_values(const char *path, const char *target)
{
    return open_layer(layer_at(path), target, RASTER_BILINEAR, NULL, NULL);
}

static inline void close_opened(struct opened *o)
{
    raster_reader_close(o->reader);
    raster_release(&o->raster);
    crs_release(&o->target);
    free(o);
}

/** The values on a grid, read in one piece; caller frees. */
static inline float *read_grid(struct opened *o, const struct grid *grid)
{
    float *out = malloc(grid_cells(grid) * sizeof *out);
    for (size_t i = 0; i < grid_cells(grid); i++)
        out[i] = -12345; /* every cell must be written */
    die_unless(raster_reader_read(o->reader, grid, out) == TERRAMIS_OK,
               status_message());
    return out;
}

/** The same in tiles of `size` cells. */
static inline float *read_tiles(struct opened *o, const struct grid *grid,
                                int size)
{
    float *out = malloc(grid_cells(grid) * sizeof *out);
    for (int row = 0; row < grid->ny; row += size)
        for (int col = 0; col < grid->nx; col += size) {
            int nx = grid->nx - col < size ? grid->nx - col : size;
            int ny = grid->ny - row < size ? grid->ny - row : size;
            struct grid part =
                grid_part(grid, (struct window){col, row, nx, ny});
            float *tile = read_grid(o, &part);
            for (int y = 0; y < ny; y++)
                memcpy(out + (size_t)(row + y) * (size_t)grid->nx + col,
                       tile + (size_t)y * (size_t)nx,
                       (size_t)nx * sizeof *tile);
            free(tile);
        }
    return out;
}

/** Band 1 of a dataset as floats, its nodata as NaN; closes it. */
static inline float *values_of(GDALDatasetH dataset)
{
    die_unless(dataset != NULL, "GDAL utility");
    int nx = GDALGetRasterXSize(dataset), ny = GDALGetRasterYSize(dataset);
    size_t cells = (size_t)nx * (size_t)ny;
    float *values = malloc(cells * sizeof *values);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    int has_nodata = 0;
    float nodata = (float)GDALGetRasterNoDataValue(band, &has_nodata);
    die_unless(GDALRasterIO(band, GF_Read, 0, 0, nx, ny, values, nx, ny,
                            GDT_Float32, 0, 0) == CE_None,
               "reading");
    for (size_t i = 0; has_nodata && i < cells; i++)
        if (values[i] == nodata)
            values[i] = NAN;
    GDALClose(dataset);
    return values;
}

/** gdalwarp of a file onto a grid, exact transformation; `scale`: cells of the
 * grid per cell of the source, where it is to be the same everywhere (0: as
 * gdalwarp guesses). Caller frees. */
static inline float *gdalwarp(const char *path, const struct grid *grid,
                              const char *crs, const char *resampling,
                              double scale)
{
    char numbers[6][40], scales[2][40];
    struct rect r = grid_rect(grid);
    const double n[6] = {r.xmin, r.ymin,     r.xmax,
                         r.ymax, grid->cell, grid->cell};
    for (int i = 0; i < 6; i++)
        snprintf(numbers[i], sizeof numbers[i], "%.17g", n[i]);
    const char *arguments[] = {
        "-of",        "MEM",      "-t_srs",   crs,   "-te",      numbers[0],
        numbers[1],   numbers[2], numbers[3], "-tr", numbers[4], numbers[5],
        "-r",         resampling, "-et",      "0",   "-ot",      "Float32",
        "-dstnodata", "-99999",   NULL};
    char **copies = NULL;
    for (int i = 0; arguments[i]; i++)
        copies = CSLAddString(copies, arguments[i]);
    for (int i = 0; i < 2 && scale > 0; i++) {
        snprintf(scales[i], sizeof scales[i], "%cSCALE=%.17g", "XY"[i], scale);
        copies = CSLAddString(CSLAddString(copies, "-wo"), scales[i]);
    }
    GDALWarpAppOptions *options = GDALWarpAppOptionsNew(copies, NULL);
    GDALDatasetH source = GDALOpen(path, GA_ReadOnly);
    GDALDatasetH result = GDALWarp("", NULL, 1, &source, options, NULL);
    float *values = values_of(result);
    GDALClose(source);
    GDALWarpAppOptionsFree(options);
    CSLDestroy(copies);
    return values;
}

/** Largest difference of two arrays; INFINITY where only one is NaN. Counts
 * the cells with a value in *known. */
static inline double difference(const float *a, const float *b, size_t count,
                                size_t *known)
{
    double most = 0;
    *known = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(a[i]) != isnan(b[i]))
            return INFINITY;
        if (isnan(a[i]))
            continue;
        ++*known;
        most = fmax(most, fabs((double)a[i] - (double)b[i]));
    }
    return most;
}

#endif
