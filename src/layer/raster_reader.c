#include "layer/raster_internal.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/i18n.h"
#include "geo/gdal.h"

enum {
    EDGE_STEPS = 16, /* points per tile side, to find its source window */
    WINDOW_LIMIT = 16 << 20 /* source cells read for one tile; beyond this the
                               source is read at a coarser step */
};

enum terramis_status raster_reader_open(struct raster_reader **reader,
                                        const struct raster *raster,
                                        enum raster_resampling resampling,
                                        const struct raster_kernel *kernel,
                                        const void *params)
{
    TRY(mem_new(reader, 1, sizeof **reader));
    struct raster_reader *r = *reader;
    r->raster = raster;
    r->resampling = resampling;
    r->kernel = kernel;
    r->params = params;
    double transform[6];
    memcpy(transform, raster->transform, sizeof transform);
    if (!GDALInvGeoTransform(transform, r->inverse))
        return layer_problem(raster->config, raster->layer, TERRAMIS_INPUT,
                             _("its georeference is degenerate"));
    return crs_step_open(&r->step, &raster->crs, raster->target);
}

void raster_reader_close(struct raster_reader *reader)
{
    if (!reader)
        return;
    crs_step_close(reader->step);
    free(reader->source);
    free(reader->derived);
    resample_release(&reader->resample);
    free(reader);
}

/* Cells of the source under the tile, in pixel coordinates. */
static struct rect source_rect(struct raster_reader *r, const struct grid *tile)
{
    struct rect found = rect_empty(), area = grid_rect(tile);
    for (int i = 0; i <= EDGE_STEPS; i++)
        for (int j = 0; j <= EDGE_STEPS; j++) {
            if (i % EDGE_STEPS && j % EDGE_STEPS)
                continue; /* the inside lies within its border's image */
            double x = area.xmin + (area.xmax - area.xmin) * i / EDGE_STEPS;
            double y = area.ymin + (area.ymax - area.ymin) * j / EDGE_STEPS;
            double px, py;
            raster_reader_pixel(r, x, y, &px, &py);
            if (isfinite(px) && isfinite(py))
                found = rect_union(found, (struct rect){px, py, px, py});
        }
    return found;
}

static int clamp(double value, int most)
{
    return value < 0 ? 0 : value > most ? most : (int)value;
}

/* Bands that are read. */
static int bands_of(const struct raster_reader *r)
{
    return r->kernel && r->kernel->run_bands ? r->raster->bands : 1;
}

/* Rounded up; a georeference of atoms or galaxies gives no number of cells. */
static int step_of(double cells)
{
    return (int)fmin(ceil(cells), 1 << 15);
}

/* The window to read, margins for resampling and kernel included; false where
 * the tile lies off the raster. */
static bool choose_window(struct raster_reader *r, const struct grid *tile,
                          struct source_window *w)
{
    const struct raster *raster = r->raster;
    struct rect p = source_rect(r, tile);
    if (rect_is_empty(p))
        return false;
    double ratio =
        fmax((p.xmax - p.xmin) / tile->nx, (p.ymax - p.ymin) / tile->ny);
    double cells = (p.xmax - p.xmin) * (p.ymax - p.ymin) * bands_of(r);
    w->step = cells > WINDOW_LIMIT ? step_of(sqrt(cells / WINDOW_LIMIT)) : 1;
    int margin =
        (step_of(ratio / w->step) + 2 + (r->kernel ? r->kernel->halo : 0)) *
        w->step;
    int west = clamp(floor(p.xmin) - margin, raster->width);
    int east = clamp(ceil(p.xmax) + margin, raster->width);
    int north = clamp(floor(p.ymin) - margin, raster->height);
    int south = clamp(ceil(p.ymax) + margin, raster->height);
    /* steps from the raster's corner: the same cells whatever the tile */
    w->col = west / w->step * w->step;
    w->row = north / w->step * w->step;
    w->out_nx = (east - w->col + w->step - 1) / w->step;
    w->out_ny = (south - w->row + w->step - 1) / w->step;
    w->nx = east - w->col;
    w->ny = south - w->row;
    return east > west && south > north;
}

static enum terramis_status make_room(float **buffer, size_t *room,
                                      size_t cells)
{
    if (cells <= *room)
        return TERRAMIS_OK;
    free(*buffer);
    *room = 0;
    *buffer = malloc(cells * sizeof **buffer);
    if (!*buffer)
        return status_no_memory();
    *room = cells;
    return TERRAMIS_OK;
}

/* Numbers of the file become values, NaN where there is none. */
CLONES static void set_values(float *restrict cells, size_t count,
                              const struct raster *raster)
{
    float nodata = (float)raster->nodata;
    float scale = (float)raster->scale, offset = (float)raster->offset;
    for (size_t i = 0; i < count; i++) {
        float value = cells[i];
        bool none = value == nodata || !(fabsf(value) <= FLT_MAX);
        cells[i] = none ? NAN : value * scale + offset;
    }
}

static enum terramis_status read_window(struct raster_reader *r,
                                        const struct source_window *w)
{
    const struct raster *raster = r->raster;
    size_t cells = (size_t)w->out_nx * (size_t)w->out_ny;
    size_t bands = (size_t)bands_of(r);
    TRY(make_room(&r->source, &r->source_room, bands * cells));
    gdal_errors_clear();
    for (size_t b = 0; b < bands; b++) {
        float *band = r->source + b * cells;
        if (!raster_data_read(raster->data, (int)b + 1, w->col, w->row, w->nx,
                              w->ny, band, w->out_nx, w->out_ny,
                              w->step > 1 && r->resampling == RASTER_BILINEAR))
            return layer_problem(
                raster->config, raster->layer, TERRAMIS_INPUT,
                _("cannot be read at columns %d-%d, rows %d-%d: %s"), w->col,
                w->col + w->nx - 1, w->row, w->row + w->ny - 1,
                gdal_first_error());
        set_values(band, cells, raster);
    }
    return TERRAMIS_OK;
}

/* Cell size in metres at the middle of a window. Longitude and latitude are
 * taken on the WGS 84 ellipsoid: within 0.1 % of any other one in use. */
static void cell_metres(const struct raster *raster,
                        const struct source_window *w, double *dx, double *dy)
{
    const double *t = raster->transform;
    double unit = raster->crs.unit;
    *dx = hypot(t[1], t[4]) * w->step * unit;
    *dy = hypot(t[2], t[5]) * w->step * unit;
    if (!raster->crs.geographic)
        return;
    double middle = w->row + w->ny / 2.0;
    double latitude = (t[3] + t[5] * middle) * unit;
    const double a = 6378137.0, e2 = 0.00669437999014;
    double s = 1 - e2 * sin(latitude) * sin(latitude);
    *dx *= a / sqrt(s) * cos(latitude);
    *dy *= a * (1 - e2) / (s * sqrt(s));
}

/* Runs the kernel over the window; cells without a whole neighbourhood are
 * NaN, as at the edge of the raster. */
static enum terramis_status derive(struct raster_reader *r,
                                   const struct source_window *w)
{
    int halo = r->kernel->halo, nx = w->out_nx - 2 * halo,
        ny = w->out_ny - 2 * halo;
    size_t cells = (size_t)w->out_nx * (size_t)w->out_ny;
    double dx, dy;
    TRY(make_room(&r->derived, &r->derived_room, 2 * cells));
    float *inner = r->derived + cells;
    if (r->kernel->run_bands) {
        r->kernel->run_bands(r->source, r->raster->bands, cells, r->params,
                             r->derived);
        return TERRAMIS_OK;
    }
    for (size_t i = 0; i < cells; i++)
        r->derived[i] = NAN;
    if (nx <= 0 || ny <= 0)
        return TERRAMIS_OK;
    cell_metres(r->raster, w, &dx, &dy);
    r->kernel->run(r->source, nx, ny, dx, dy, r->params, inner);
    for (int row = 0; row < ny; row++)
        memcpy(r->derived + (size_t)(row + halo) * (size_t)w->out_nx + halo,
               inner + (size_t)row * (size_t)nx, (size_t)nx * sizeof *inner);
    return TERRAMIS_OK;
}

/* Do the cells of the raster coincide with those of the tile? Then *col and
 * *row are the tile's corner in the raster. */
static bool is_aligned(struct raster_reader *r, const struct grid *tile,
                       int *col, int *row)
{
    const double *t = r->raster->transform;
    if (!crs_step_is_identity(r->step) || t[2] != 0 || t[4] != 0 ||
        fabs(t[1] - tile->cell) > 1e-9 || fabs(t[5] + tile->cell) > 1e-9)
        return false;
    double c = (tile->xmin - t[0]) / tile->cell;
    double w = (t[3] - tile->ymax) / tile->cell;
    *col = (int)lround(c);
    *row = (int)lround(w);
    return fabs(c - *col) < 1e-6 && fabs(w - *row) < 1e-6;
}

/* Cells of the tile beyond the window are NaN. */
static void copy_aligned(const float *values, const struct source_window *w,
                         int col, int row, const struct grid *tile, float *out)
{
    int nx = tile->nx, west = w->col - col, east = west + w->out_nx;
    west = west < 0 ? 0 : west < nx ? west : nx;
    east = east < west ? west : east < nx ? east : nx;
    for (int y = 0; y < tile->ny; y++, out += nx) {
        int sy = row + y - w->row;
        bool inside = sy >= 0 && sy < w->out_ny;
        int first = inside ? west : nx, end = inside ? east : nx;
        for (int x = 0; x < first; x++)
            out[x] = NAN;
        if (end > first)
            memcpy(out + first,
                   values + (size_t)sy * (size_t)w->out_nx + first + col -
                       w->col,
                   (size_t)(end - first) * sizeof *out);
        for (int x = end; x < nx; x++)
            out[x] = NAN;
    }
}

/* Where the tile's columns and rows fall in the window, if both grids are
 * north-up in one CRS and the raster's cells are not the smaller ones. */
static bool find_axes(const struct raster_reader *r, const struct grid *tile,
                      const struct source_window *w, struct resample_axis *x,
                      struct resample_axis *y)
{
    const double *t = r->raster->transform;
    if (!crs_step_is_identity(r->step) || t[2] != 0 || t[4] != 0 ||
        w->step > 1 || t[1] < tile->cell || -t[5] < tile->cell)
        return false;
    double half = tile->cell / 2;
    *x = (struct resample_axis){(tile->xmin + half - t[0]) / t[1] - w->col,
                                tile->cell / t[1], w->out_nx, tile->nx};
    *y = (struct resample_axis){(tile->ymax - half - t[3]) / t[5] - w->row,
                                -tile->cell / t[5], w->out_ny, tile->ny};
    return true;
}

enum terramis_status raster_reader_read(struct raster_reader *reader,
                                        const struct grid *tile, float *out)
{
    struct source_window window;
    int col, row;
    if (!choose_window(reader, tile, &window)) {
        for (size_t i = 0; i < grid_cells(tile); i++)
            out[i] = NAN;
        return TERRAMIS_OK;
    }
    TRY(read_window(reader, &window));
    float *values = reader->source;
    if (reader->kernel) {
        TRY(derive(reader, &window));
        values = reader->derived;
    }
    if (window.step == 1 && is_aligned(reader, tile, &col, &row)) {
        copy_aligned(values, &window, col, row, tile, out);
        return TERRAMIS_OK;
    }
    struct resample_axis x, y;
    if (!find_axes(reader, tile, &window, &x, &y))
        return raster_reader_warp(reader, &window, values, tile, out);
    bool done = reader->resampling == RASTER_NEAREST
                    ? resample_nearest(&reader->resample, values, x, y, out)
                    : resample_bilinear(&reader->resample, values, x, y, out);
    return done ? TERRAMIS_OK : status_no_memory();
}
