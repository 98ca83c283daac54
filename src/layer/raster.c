#include "layer/raster.h"

#include <cpl_conv.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "geo/gdal.h"
#include "layer/ascii_grid.h"
#include "layer/profile.h"

/* A file that several rasters and all workers read through. */
struct raster_data {
    GDALDatasetH dataset;
    pthread_mutex_t lock; /* held for one window of one tile */
    int users;
    bool masked; /* a mask or alpha band says where there are data */
    unsigned char *mask;
    size_t mask_room;
};

enum {
    BLOCK_LIMIT = 256 << 20, /* bytes decoded to read one pixel */
    EDGE_POINTS = 21,        /* per side, to find an extent in another CRS */
    SAMPLE = 64              /* cells read to look for undeclared nodata */
};

/* Bytes decoded to look at a sample, where each of its cells is in a block of
 * its own. */
static const double sample_bytes = 4e9;

static enum terramis_status check_blocks(struct raster *r, GDALDatasetH dataset)
{
    int bands = GDALGetRasterCount(dataset);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    if (!band)
        return layer_problem(r->config, r->layer, TERRAMIS_INPUT,
                             _("has no raster band"));
    if (GDALDataTypeIsComplex(GDALGetRasterDataType(band)))
        return layer_problem(r->config, r->layer, TERRAMIS_INPUT,
                             _("holds complex numbers, which no factor is"));
    GDALGetBlockSize(band, &r->block[0], &r->block[1]);
    const char *interleave =
        GDALGetMetadataItem(dataset, "INTERLEAVE", "IMAGE_STRUCTURE");
    int together = text_same(interleave, "PIXEL") ? bands : 1;
    r->block_bytes = (double)r->block[0] * r->block[1] * together *
                     GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band));
    /* rows are read one by one: of blocks side by side several must be kept */
    int limit = r->block[0] < r->width ? BLOCK_LIMIT / 4 : BLOCK_LIMIT;
    if (r->block_bytes > limit)
        return layer_problem(
            r->config, r->layer, TERRAMIS_INPUT,
            _("its blocks of %d x %d cells take %.0f MB each to decode (limit "
              "%d MB). Rewrite it tiled, for example with gdal_translate -co "
              "TILED=YES"),
            r->block[0], r->block[1], r->block_bytes / (1 << 20), limit >> 20);
    return TERRAMIS_OK;
}

/* Extent in the project's CRS, from points along the edges. */
static void find_extent(struct raster *r, struct crs_step *step)
{
    r->extent = rect_empty();
    for (int side = 0; side < 4; side++)
        for (int i = 0; i < EDGE_POINTS; i++) {
            double t = (double)i / (EDGE_POINTS - 1);
            double px = side < 2 ? t * r->width : side == 2 ? 0 : r->width;
            double py = side >= 2 ? t * r->height : side == 0 ? 0 : r->height;
            double x, y;
            GDALApplyGeoTransform(r->transform, px, py, &x, &y);
            crs_step_points(step, &x, &y, 1, 1, false);
            if (isfinite(x) && isfinite(y))
                r->extent = rect_union(r->extent, (struct rect){x, y, x, y});
        }
}

/* How many columns and rows lie under a metre, by differences over 100 m. One
 * number for all tiles: GDAL would take another one for each, and smooth them
 * differently. */
static void find_density(struct raster *r, struct crs_step *step,
                         struct rect area)
{
    double x =
        (fmax(r->extent.xmin, area.xmin) + fmin(r->extent.xmax, area.xmax)) / 2;
    double y =
        (fmax(r->extent.ymin, area.ymin) + fmin(r->extent.ymax, area.ymax)) / 2;
    const double half = 50;
    double px[4] = {x - half, x + half, x, x};
    double py[4] = {y, y, y - half, y + half};
    double inverse[6];
    r->density[0] = r->density[1] = NAN;
    if (!GDALInvGeoTransform(r->transform, inverse))
        return; /* raster_reader_open() will say so */
    crs_step_points(step, px, py, 4, 1, true);
    for (int i = 0; i < 4; i++)
        GDALApplyGeoTransform(inverse, px[i], py[i], &px[i], &py[i]);
    r->density[0] = (fabs(px[1] - px[0]) + fabs(px[3] - px[2])) / (2 * half);
    r->density[1] = (fabs(py[1] - py[0]) + fabs(py[3] - py[2])) / (2 * half);
}

static enum terramis_status check_overlap(const struct raster *r,
                                          struct rect area)
{
    char mine[96], theirs[96];
    if (rect_meets(r->extent, area))
        return TERRAMIS_OK;
    return layer_problem(r->config, r->layer, TERRAMIS_INPUT,
                         _("does not overlap any territory: the raster covers "
                           "%s, the territories "
                           "%s (xmin ymin xmax ymax, metres in the project's "
                           "CRS), %.1f km apart. "
                           "Check its CRS, or use another raster"),
                         rect_text(r->extent, mine), rect_text(area, theirs),
                         rect_gap(r->extent, area) / 1000);
}

static enum terramis_status place(struct raster *r, GDALDatasetH dataset,
                                  struct rect area)
{
    if (GDALGetGeoTransform(dataset, r->transform) != CE_None)
        return layer_problem(r->config, r->layer, TERRAMIS_INPUT,
                             _("has no georeference (position and cell size)"));
    TRY(layer_crs(r->config, r->layer, GDALGetSpatialRef(dataset), &r->crs));
    struct crs_step *step;
    if (crs_step_open(&step, &r->crs, r->target) != TERRAMIS_OK)
        return layer_failed(r->config, r->layer, TERRAMIS_INPUT);
    double x, y;
    GDALApplyGeoTransform(r->transform, r->width / 2.0, r->height / 2.0, &x,
                          &y);
    enum terramis_status status =
        mem_copy_text(&r->operation, crs_step_name(step, x, y, &r->accuracy));
    find_extent(r, step);
    find_density(r, step, area);
    crs_step_close(step);
    TRY(status);
    return check_overlap(r, area);
}

/* Values that programs write for "no data" without declaring it. */
bool raster_usual_nodata(float value)
{
    static const float usual[] = {-9999.0F,  -99999.0F, -32768.0F,
                                  -32767.0F, 1e20F,     -3.4028235e38F,
                                  65535.0F};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (value == usual[i])
            return true;
    return false;
}

/* Is a whole side of the sample (nx x ny) this one value? */
static bool side_is(const float *sample, int nx, int ny, float value)
{
    bool north = true, south = true, west = true, east = true;
    const float *row = sample;
    for (int i = 0; i < ny; i++, row += nx) {
        west &= row[0] == value;
        east &= row[nx - 1] == value;
    }
    row -= nx; /* the last one */
    for (int i = 0; i < nx; i++) {
        north &= sample[i] == value;
        south &= row[i] == value;
    }
    return north || south || west || east;
}

static bool is_byte(GDALRasterBandH band)
{
    return GDALGetRasterDataType(band) == GDT_Byte;
}

static void warn_undeclared(const struct raster *r, GDALRasterBandH band)
{
    float sample[SAMPLE * SAMPLE];
    int side = (int)fmin(SAMPLE, ceil(sqrt(sample_bytes / r->block_bytes)));
    int nx = r->width < side ? r->width : side;
    int ny = r->height < side ? r->height : side;
    if (GDALRasterIO(band, GF_Read, 0, 0, r->width, r->height, sample, nx, ny,
                     GDT_Float32, 0, 0) != CE_None)
        return; /* reading the tiles will say it better */
    for (int i = 0; i < nx * ny; i++)
        if (raster_usual_nodata(sample[i])) {
            layer_warning(r->config, r->layer,
                          _("holds the value %g but declares no nodata. If it "
                            "means no data, give nodata_value: %g"),
                          (double)sample[i], (double)sample[i]);
            return;
        }
    bool full = is_byte(band) && side_is(sample, nx, ny, 255);
    if (full || side_is(sample, nx, ny, 0))
        layer_warning(r->config, r->layer,
                      _("is %d all along a side but declares no nodata. If it "
                        "means no data, give nodata_value: %d, else a value "
                        "that does not occur"),
                      full ? 255 : 0, full ? 255 : 0);
}

static enum terramis_status check_profile(const struct raster *r)
{
    const struct profile *profile = profile_of(&r->layer->profile);
    if (!profile || profile->kind == PROFILE_RASTER)
        return TERRAMIS_OK;
    return layer_problem(r->config, r->layer, TERRAMIS_PROJECT,
                         _("profile %s is for a vector layer, this is a "
                           "raster"),
                         profile->op.name);
}

static void read_band(struct raster *r, GDALDatasetH dataset)
{
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    int has = 0;
    double nodata = GDALGetRasterNoDataValue(band, &has);
    r->nodata = !isnan(r->layer->nodata) ? r->layer->nodata
                : has                    ? nodata
                                         : (double)NAN;
    double scale = GDALGetRasterScale(band, &has);
    r->scale = has ? scale : 1;
    double offset = GDALGetRasterOffset(band, &has);
    r->offset = has ? offset : 0;
    const char *unit = GDALGetRasterUnitType(band);
    snprintf(r->unit, sizeof r->unit, "%s", unit ? unit : "");
    text_clean(r->unit);
    r->synthetic =
        text_same(GDALGetMetadataItem(dataset, "SYNTHETIC", NULL), "YES");
    r->data->masked = GDALGetMaskFlags(band) & GMF_PER_DATASET;
    if (isnan(r->nodata) && !r->data->masked)
        warn_undeclared(r, band);
}

enum terramis_status raster_open(struct raster *raster,
                                 const struct config *config,
                                 const struct layer_config *layer,
                                 const struct crs *target, struct rect area)
{
    *raster =
        (struct raster){.config = config, .layer = layer, .target = target};
    TRY(mem_new(&raster->data, 1, sizeof *raster->data));
    raster->data->users = 1;
    pthread_mutex_init(&raster->data->lock, NULL);
    if (gdal_open_raster(layer->source.full, &raster->data->dataset) !=
        TERRAMIS_OK)
        return layer_failed(config, layer, TERRAMIS_INPUT);
    TRY(check_profile(raster));
    GDALDatasetH dataset = raster->data->dataset;
    if (text_same(gdal_driver(dataset), "AAIGrid"))
        TRY(ascii_grid_check(config, layer));
    raster->width = GDALGetRasterXSize(dataset);
    raster->height = GDALGetRasterYSize(dataset);
    raster->bands = GDALGetRasterCount(dataset);
    TRY(check_blocks(raster, dataset));
    TRY(place(raster, dataset, area));
    read_band(raster, dataset);
    return TERRAMIS_OK;
}

double raster_strip_bytes(const struct raster *raster, double width,
                          double height)
{
    GDALRasterBandH band = GDALGetRasterBand(raster->data->dataset, 1);
    int bx = raster->block[0], by = raster->block[1];
    double columns = fmin(raster->width, width * raster->density[0]) + 2 * bx;
    /* the rows of the strip and its margins begin and end inside blocks */
    double rows = fmin(raster->height, height * raster->density[1] + 2 * by);
    int bytes = GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band));
    return columns * rows * bytes;
}

static void release_data(struct raster_data *data)
{
    if (!data || --data->users > 0)
        return;
    if (data->dataset)
        GDALClose(data->dataset);
    pthread_mutex_destroy(&data->lock);
    free(data->mask);
    free(data);
}

void raster_release(struct raster *raster)
{
    release_data(raster->data);
    crs_release(&raster->crs);
    free(raster->operation);
    *raster = (struct raster){0};
}

void raster_share(struct raster *raster, const struct raster *other)
{
    if (strcmp(raster->layer->source.full, other->layer->source.full) != 0 ||
        raster->data == other->data)
        return;
    release_data(raster->data);
    raster->data = other->data;
    raster->data->users++;
}

bool raster_is_busy(const struct raster *raster)
{
    if (pthread_mutex_trylock(&raster->data->lock) != 0)
        return true;
    pthread_mutex_unlock(&raster->data->lock);
    return false;
}

/* NaN where the mask is 0. */
static CPLErr apply_mask(struct raster_data *data, GDALRasterBandH band,
                         int col, int row, int nx, int ny, float *out,
                         int out_nx, int out_ny, GDALRasterIOExtraArg *extra)
{
    size_t cells = (size_t)out_nx * (size_t)out_ny;
    if (mem_grow(&data->mask, &data->mask_room, cells, 1) != TERRAMIS_OK) {
        CPLError(CE_Failure, CPLE_OutOfMemory, "%s", status_message());
        return CE_Failure;
    }
    CPLErr error =
        GDALRasterIOEx(GDALGetMaskBand(band), GF_Read, col, row, nx, ny,
                       data->mask, out_nx, out_ny, GDT_Byte, 0, 0, extra);
    for (size_t i = 0; error == CE_None && i < cells; i++)
        out[i] = data->mask[i] ? out[i] : NAN;
    return error;
}

bool raster_data_read(struct raster_data *data, int band, int col, int row,
                      int nx, int ny, float *out, int out_nx, int out_ny,
                      bool average)
{
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    if (average)
        extra.eResampleAlg = GRIORA_Average;
    pthread_mutex_lock(&data->lock);
    GDALRasterBandH from = GDALGetRasterBand(data->dataset, band);
    CPLErr error = GDALRasterIOEx(from, GF_Read, col, row, nx, ny, out, out_nx,
                                  out_ny, GDT_Float32, 0, 0, &extra);
    if (error == CE_None && data->masked)
        error = apply_mask(data, from, col, row, nx, ny, out, out_nx, out_ny,
                           &extra);
    pthread_mutex_unlock(&data->lock);
    return error == CE_None && !*gdal_first_error();
}
