#include "publish/extent.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "geo/crs.h"
#include "geo/gdal.h"
#include "geo/rect.h"

enum {
    EDGE = 21 /* points per side: its image in degrees is curved */
};

/* West, south, east, north of a rectangle of the project's CRS, in degrees. */
static enum terramis_status to_degrees(const struct publication *p,
                                       const double corners[4], double bbox[4])
{
    struct crs from = {0}, to = {0};
    struct crs_step *step = NULL;
    double points[2 * 4 * EDGE];
    for (int i = 0; i < EDGE; i++) {
        double s = (double)i / (EDGE - 1);
        double x = corners[0] + s * (corners[2] - corners[0]);
        double y = corners[1] + s * (corners[3] - corners[1]);
        const double sides[8] = {x,          corners[1], x,          corners[3],
                                 corners[0], y,          corners[2], y};
        for (int k = 0; k < 8; k++)
            points[8 * i + k] = sides[k];
    }
    enum terramis_status status = crs_parse(&from, p->crs_given);
    if (status == TERRAMIS_OK)
        status = crs_parse(&to, "EPSG:4326");
    if (status == TERRAMIS_OK)
        status = crs_step_open(&step, &from, &to);
    if (status == TERRAMIS_OK)
        crs_step_points(step, points, points + 1, (size_t)4 * EDGE, 2, false);
    for (int i = 0; status == TERRAMIS_OK && i < 4 * EDGE; i++)
        for (int k = 0; k < 2; k++) {
            double value = points[2 * i + k];
            bbox[k] = i == 0 ? value : fmin(bbox[k], value);
            bbox[2 + k] = i == 0 ? value : fmax(bbox[2 + k], value);
        }
    crs_step_close(step);
    crs_release(&from);
    crs_release(&to);
    return status;
}

static enum terramis_status raster_extent(const char *path,
                                          struct published_territory *t,
                                          double corners[4])
{
    GDALDatasetH dataset;
    double g[6];
    TRY(gdal_open_raster(path, &dataset));
    bool placed = GDALGetGeoTransform(dataset, g) == CE_None;
    t->shape[0] = GDALGetRasterYSize(dataset);
    t->shape[1] = GDALGetRasterXSize(dataset);
    GDALClose(dataset);
    if (!placed)
        return status_set(TERRAMIS_INPUT, _("%s: has no position"), path);
    const double order[6] = {g[1], g[2], g[0], g[4], g[5], g[3]};
    for (int i = 0; i < 6; i++)
        t->transform[i] = order[i];
    corners[0] = g[0];
    corners[1] = g[3] + g[5] * t->shape[0];
    corners[2] = g[0] + g[1] * t->shape[1];
    corners[3] = g[3];
    return TERRAMIS_OK;
}

static enum terramis_status vector_extent(const char *path, double corners[4])
{
    GDALDatasetH dataset;
    OGREnvelope e;
    TRY(gdal_open_vector(path, NULL, &dataset));
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "parcels");
    bool placed = layer && OGR_L_GetExtent(layer, &e, 1) == OGRERR_NONE;
    GDALClose(dataset);
    if (!placed)
        return status_set(TERRAMIS_INPUT, _("%s: has no position"), path);
    corners[0] = e.MinX;
    corners[1] = e.MinY;
    corners[2] = e.MaxX;
    corners[3] = e.MaxY;
    return TERRAMIS_OK;
}

enum terramis_status extent_read(const struct publication *p,
                                 struct published_territory *territory)
{
    struct text raster = {0}, vector = {0};
    double corners[4];
    text_addf(&raster, "%s/%s/class.tif", p->run, territory->id);
    text_addf(&vector, "%s/%s/parcels.gpkg", p->run, territory->id);
    enum terramis_status status =
        raster.broken || vector.broken ? status_no_memory() : TERRAMIS_OK;
    if (status == TERRAMIS_OK)
        status = access(text_get(&raster), F_OK) == 0
                     ? raster_extent(text_get(&raster), territory, corners)
                     : vector_extent(text_get(&vector), corners);
    if (status == TERRAMIS_OK)
        status = to_degrees(p, corners, territory->bbox);
    text_release(&raster);
    text_release(&vector);
    return status;
}

void extent_join(struct publication *p)
{
    for (size_t i = 0; i < p->territory_count; i++)
        for (int k = 0; k < 4; k++) {
            double value = p->territories[i].bbox[k];
            p->bbox[k] = i == 0  ? value
                         : k < 2 ? fmin(p->bbox[k], value)
                                 : fmax(p->bbox[k], value);
        }
}
