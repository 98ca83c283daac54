#include "output/raster_image.h"

#include <stdlib.h>

#include "base/mem.h"
#include "geo/gdal.h"

static enum terramis_status unreadable(const char *path)
{
    const char *cause = gdal_first_error();
    if (!cause[0])
        return status_set(TERRAMIS_OUTPUT, _("%s: cannot be read back"), path);
    return status_set(TERRAMIS_OUTPUT, _("%s: cannot be read back: %s"), path,
                      cause);
}

/* Cells from `low` to before `high` on an axis of `count`, both clamped. */
static void clamp_range(double low, double high, int count, int *first, int *n)
{
    double from = fmin(fmax(floor(low), 0), count);
    double to = fmin(fmax(ceil(high), 0), count);
    *first = (int)from;
    *n = to > from ? (int)(to - from) : 0;
}

static struct window window_of(const struct grid *grid, const struct rect *part)
{
    struct window w = {.nx = grid->nx, .ny = grid->ny};
    if (!part)
        return w;
    double left = (part->xmin - grid->xmin) / grid->cell;
    double right = (part->xmax - grid->xmin) / grid->cell;
    double top = (grid->ymax - part->ymax) / grid->cell;
    double bottom = (grid->ymax - part->ymin) / grid->cell;
    clamp_range(left, right, grid->nx, &w.col, &w.nx);
    clamp_range(top, bottom, grid->ny, &w.row, &w.ny);
    return w;
}

static enum terramis_status read_cells(GDALDatasetH dataset,
                                       const struct rect *part, int most,
                                       struct raster_image *image)
{
    double transform[6];
    if (GDALGetGeoTransform(dataset, transform) != CE_None)
        return unreadable(GDALGetDescription(dataset));
    struct grid full = {transform[0], transform[3], transform[1],
                        GDALGetRasterXSize(dataset),
                        GDALGetRasterYSize(dataset)};
    struct window window = window_of(&full, part);
    if (window.nx == 0 || window.ny == 0)
        return TERRAMIS_OK;
    /* a power of two is an overview as it stands */
    int step = 1, longest = window.nx > window.ny ? window.nx : window.ny;
    while ((longest + step - 1) / step > most)
        step *= 2;
    image->grid = grid_part(&full, window);
    image->grid.cell *= step;
    image->grid.nx = (window.nx + step - 1) / step;
    image->grid.ny = (window.ny + step - 1) / step;
    TRY(mem_new(&image->cells, grid_cells(&image->grid), 1));
    if (GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Read, window.col,
                     window.row, window.nx, window.ny, image->cells,
                     image->grid.nx, image->grid.ny, GDT_Byte, 0, 0) != CE_None)
        return unreadable(GDALGetDescription(dataset));
    return gdal_errors(TERRAMIS_OUTPUT, GDALGetDescription(dataset));
}

enum terramis_status raster_image_read(const char *path,
                                       const struct rect *part, int most,
                                       struct raster_image *image)
{
    GDALDatasetH dataset;
    *image = (struct raster_image){0};
    gdal_errors_clear();
    if (gdal_open_raster(path, &dataset) != TERRAMIS_OK)
        return unreadable(path);
    enum terramis_status status = read_cells(dataset, part, most, image);
    GDALClose(dataset);
    return status;
}

void raster_image_release(struct raster_image *image)
{
    free(image->cells);
    *image = (struct raster_image){0};
}
