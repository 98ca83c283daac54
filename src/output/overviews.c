#include "output/overviews.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "geo/gdal.h"
#include "output/reduce.h"

enum {
    SIDE = 2 * REDUCE_CELLS,
    LEVELS_MAX = 24 /* 2^31 cells wide to less than 256 */
};

struct overviews {
    const char *path;
    bool classes;
    uint8_t nodata;
    uint8_t fine[SIDE * SIDE]; /* cells of the level before */
    uint8_t coarse[REDUCE_CELLS * REDUCE_CELLS];
};

static enum terramis_status broken(const struct overviews *o)
{
    return status_set(TERRAMIS_OUTPUT, _("%s: overviews cannot be made: %s"),
                      o->path, gdal_first_error());
}

/* Levels without cells: GDAL would make them one at a time, with a mode or
 * mean that costs more than the whole compression. */
static enum terramis_status add_levels(GDALDatasetH dataset, int smallest,
                                       const struct overviews *o, int *count)
{
    int factors[LEVELS_MAX];
    int nx = GDALGetRasterXSize(dataset), ny = GDALGetRasterYSize(dataset);
    *count = 0;
    while ((nx > smallest || ny > smallest) && *count < LEVELS_MAX) {
        nx = (nx + 1) / 2;
        ny = (ny + 1) / 2;
        factors[*count] = 2 << *count;
        ++*count;
    }
    if (*count > 0 && GDALBuildOverviews(dataset, "NONE", *count, factors, 0,
                                         NULL, NULL, NULL) != CE_None)
        return broken(o);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    return GDALGetOverviewCount(band) == *count ? TERRAMIS_OK : broken(o);
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

/* One block of `to`, its north-west cell at (col, row). */
static enum terramis_status add_block(struct overviews *o, GDALRasterBandH from,
                                      GDALRasterBandH to, int col, int row)
{
    int nx = at_most(SIDE, GDALGetRasterBandXSize(from) - 2 * col);
    int ny = at_most(SIDE, GDALGetRasterBandYSize(from) - 2 * row);
    int status = GDALGetDataCoverageStatus(
        from, 2 * col, 2 * row, nx, ny, GDAL_DATA_COVERAGE_STATUS_DATA, NULL);
    if (!(status & GDAL_DATA_COVERAGE_STATUS_DATA))
        return TERRAMIS_OK; /* sparse: nothing was written there */
    if (nx < SIDE || ny < SIDE)
        memset(o->fine, o->nodata, sizeof o->fine);
    if (GDALRasterIO(from, GF_Read, 2 * col, 2 * row, nx, ny, o->fine, nx, ny,
                     GDT_Byte, 1, SIDE) != CE_None)
        return broken(o);
    for (int y = 0; y < (ny + 1) / 2; y++) {
        const uint8_t *north = &o->fine[(size_t)(2 * y) * SIDE];
        uint8_t *out = &o->coarse[(size_t)y * REDUCE_CELLS];
        if (o->classes)
            reduce_mode(north, north + SIDE, o->nodata, out);
        else
            reduce_mean(north, north + SIDE, o->nodata, out);
    }
    nx = (nx + 1) / 2;
    ny = (ny + 1) / 2;
    if (GDALRasterIO(to, GF_Write, col, row, nx, ny, o->coarse, nx, ny,
                     GDT_Byte, 1, REDUCE_CELLS) != CE_None)
        return broken(o);
    return TERRAMIS_OK;
}

static enum terramis_status add_level(struct overviews *o, GDALRasterBandH from,
                                      GDALRasterBandH to)
{
    int nx = GDALGetRasterBandXSize(to), ny = GDALGetRasterBandYSize(to);
    for (int row = 0; row < ny; row += REDUCE_CELLS) {
        TRY(status_go_on());
        for (int col = 0; col < nx; col += REDUCE_CELLS)
            TRY(add_block(o, from, to, col, row));
    }
    return TERRAMIS_OK;
}

enum terramis_status overviews_add(GDALDatasetH dataset, const char *path,
                                   bool classes, uint8_t nodata, int smallest)
{
    struct overviews *o;
    int count;
    TRY(mem_new(&o, 1, sizeof *o));
    o->path = path;
    o->classes = classes;
    o->nodata = nodata;
    gdal_errors_clear();
    enum terramis_status status = add_levels(dataset, smallest, o, &count);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    for (int i = 0; i < count && status == TERRAMIS_OK; i++)
        status = add_level(o, i == 0 ? band : GDALGetOverview(band, i - 1),
                           GDALGetOverview(band, i));
    free(o);
    if (status == TERRAMIS_OK)
        status = gdal_errors(TERRAMIS_OUTPUT, path);
    return status;
}
