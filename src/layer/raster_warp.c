/* A tile of a raster in another CRS or on a finer grid, by GDAL's warper. */
#include <cpl_string.h>
#include <gdal_alg.h>
#include <gdalwarper.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "geo/gdal.h"
#include "layer/raster_internal.h"

/* Project CRS -> source pixel. */
void raster_reader_pixel(struct raster_reader *r, double x, double y,
                         double *px, double *py)
{
    crs_step_points(r->step, &x, &y, 1, 1, true);
    GDALApplyGeoTransform(r->inverse, x, y, px, py);
}

/* GDAL transformer: tile pixel <-> pixel of the source window. */
struct pixel_map {
    struct raster_reader *reader;
    const struct grid *tile;
    const struct source_window *window;
};

static int map_pixels(void *data, int to_source, int count, double *x,
                      double *y, double *z, int *success)
{
    (void)z;
    const struct pixel_map *map = data;
    struct raster_reader *r = map->reader;
    const struct grid *tile = map->tile;
    const struct source_window *w = map->window;
    for (int i = 0; i < count; i++) {
        double px, py;
        if (to_source) {
            raster_reader_pixel(r, tile->xmin + x[i] * tile->cell,
                                tile->ymax - y[i] * tile->cell, &px, &py);
            x[i] = (px - w->col) / w->step;
            y[i] = (py - w->row) / w->step;
        } else {
            double transform[6];
            memcpy(transform, r->raster->transform, sizeof transform);
            GDALApplyGeoTransform(transform, x[i] * w->step + w->col,
                                  y[i] * w->step + w->row, &px, &py);
            crs_step_points(r->step, &px, &py, 1, 1, false);
            x[i] = (px - tile->xmin) / tile->cell;
            y[i] = (tile->ymax - py) / tile->cell;
        }
        success[i] = isfinite(x[i]) && isfinite(y[i]);
    }
    return TRUE;
}

/* An array of floats as a GDAL dataset, without copying. */
static GDALDatasetH wrap(float *values, int nx, int ny)
{
    char pointer[64] = "", option[96];
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("MEM"), "", nx, ny, 0,
                                      GDT_Float32, NULL);
    if (!dataset)
        return NULL;
    int n = CPLPrintPointer(pointer, values, sizeof pointer);
    pointer[n] = '\0';
    snprintf(option, sizeof option, "DATAPOINTER=%s", pointer);
    char *options[] = {option, NULL};
    GDALAddBand(dataset, GDT_Float32, options);
    return dataset;
}

/* Fixes how far the resampling reaches: the same in every tile. */
static void fix_scale(GDALWarpOptions *options, const char *name,
                      double per_metre, double cell, int step)
{
    char text[40];
    double scale = step / (per_metre * cell);
    if (!(scale > 0) || isinf(scale))
        return;
    snprintf(text, sizeof text, "%.17g", scale);
    options->papszWarpOptions =
        CSLSetNameValue(options->papszWarpOptions, name, text);
}

static GDALWarpOptions *warp_options(struct raster_reader *r,
                                     GDALDatasetH source, GDALDatasetH target)
{
    GDALWarpOptions *o = GDALCreateWarpOptions();
    o->hSrcDS = source;
    o->hDstDS = target;
    o->eResampleAlg =
        r->resampling == RASTER_NEAREST ? GRA_NearestNeighbour : GRA_Bilinear;
    o->eWorkingDataType = GDT_Float32;
    o->nBandCount = 1;
    o->panSrcBands = CPLMalloc(sizeof(int));
    o->panDstBands = CPLMalloc(sizeof(int));
    o->panSrcBands[0] = o->panDstBands[0] = 1;
    o->padfSrcNoDataReal = CPLMalloc(sizeof(double));
    o->padfDstNoDataReal = CPLMalloc(sizeof(double));
    o->padfSrcNoDataReal[0] = o->padfDstNoDataReal[0] = NAN;
    o->papszWarpOptions =
        CSLSetNameValue(o->papszWarpOptions, "INIT_DEST", "NO_DATA");
    return o;
}

enum terramis_status raster_reader_warp(struct raster_reader *r,
                                        const struct source_window *w,
                                        float *values, const struct grid *tile,
                                        float *out)
{
    struct pixel_map map = {r, tile, w};
    GDALDatasetH source = wrap(values, w->out_nx, w->out_ny);
    GDALDatasetH target = wrap(out, tile->nx, tile->ny);
    for (size_t i = 0; i < grid_cells(tile); i++)
        out[i] = NAN;
    gdal_errors_clear();
    /* straight lines between exact points, right to 1/100 of a source cell */
    void *approximate = GDALCreateApproxTransformer(map_pixels, &map, 0.01);
    GDALWarpOptions *options = warp_options(r, source, target);
    fix_scale(options, "XSCALE", r->raster->density[0], tile->cell, w->step);
    fix_scale(options, "YSCALE", r->raster->density[1], tile->cell, w->step);
    options->pfnTransformer = GDALApproxTransform;
    options->pTransformerArg = approximate;
    GDALWarpOperationH operation = GDALCreateWarpOperation(options);
    CPLErr error =
        operation ? GDALChunkAndWarpImage(operation, 0, 0, tile->nx, tile->ny)
                  : CE_Failure;
    if (operation)
        GDALDestroyWarpOperation(operation);
    GDALDestroyWarpOptions(options);
    GDALDestroyApproxTransformer(approximate);
    GDALClose(source);
    GDALClose(target);
    if (error == CE_None && !*gdal_first_error())
        return TERRAMIS_OK;
    return layer_problem(r->raster->config, r->raster->layer, TERRAMIS_INPUT,
                         _("resampling failed: %s"), gdal_first_error());
}
