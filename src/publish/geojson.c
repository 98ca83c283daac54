/* GeoJSON as RFC 7946 wants it: WGS 84, no crs member, 7 decimals (1 cm), the
 * right-hand rule, bbox; by GDAL's driver. Rounding alone would let slivers
 * turn over, so coordinates are snapped to the decimals first. */
#include <stdlib.h>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "geo/gdal.h"
#include "geo/geos.h"
#include "output/gdal_file.h"
#include "publish/layer_file.h"

#define GRID 1e-7 /* degrees: the last decimal */

/* A layer being written. */
struct target {
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRSpatialReferenceH degrees;
    OGRCoordinateTransformationH step; /* to them: made once, it takes 1 ms */
    struct geos geos;
};

static enum terramis_status create(struct target *t, const char *path,
                                   OGRLayerH source)
{
    static const char *const options[] = {"RFC7946=YES",
                                          "COORDINATE_PRECISION=7",
                                          "WRITE_BBOX=YES", "WRITE_NAME=NO"};
    char **list = NULL;
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(source);
    struct text memory = {0};
    TRY(geos_open(&t->geos));
    TRY(gdal_file_crs(path, "EPSG:4326", &t->degrees));
    t->step =
        OCTNewCoordinateTransformation(OGR_L_GetSpatialRef(source), t->degrees);
    TRY(gdal_errors(TERRAMIS_OUTPUT, path));
    gdal_file_memory(&memory, path);
    TRY(text_status(&memory));
    GDALDriverH driver = GDALGetDriverByName("GeoJSON");
    t->dataset = driver ? GDALCreate(driver, text_get(&memory), 0, 0, 0,
                                     GDT_Unknown, NULL)
                        : NULL;
    text_release(&memory);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        list = CSLAddString(list, options[i]);
    if (t->dataset)
        t->layer = GDALDatasetCreateLayer(t->dataset, OGR_L_GetName(source),
                                          t->degrees, wkbMultiPolygon, list);
    CSLDestroy(list);
    TRY(gdal_errors(TERRAMIS_OUTPUT, path));
    if (!t->layer)
        return status_set(TERRAMIS_OUTPUT, _("cannot write %s"), path);
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++)
        OGR_L_CreateField(t->layer, OGR_FD_GetFieldDefn(fields, i), 1);
    return gdal_errors(TERRAMIS_OUTPUT, path);
}

/* In degrees, on the grid; NULL where nothing that wide is left. */
static enum terramis_status place(struct target *t, OGRGeometryH geometry,
                                  OGRGeometryH *placed)
{
    unsigned char *to = NULL;
    size_t to_size;
    *placed = NULL;
    if (!geometry)
        return TERRAMIS_OK;
    if (OGR_G_Transform(geometry, t->step) != OGRERR_NONE)
        return TERRAMIS_OK; /* GDAL's error is counted */
    size_t size = (size_t)OGR_G_WkbSize(geometry);
    unsigned char *wkb = NULL;
    TRY(mem_new(&wkb, size, 1));
    OGR_G_ExportToWkb(geometry, wkbNDR, wkb);
    enum terramis_status status =
        geos_snap(&t->geos, wkb, size, GRID, &to, &to_size);
    free(wkb);
    TRY(status);
    OGR_G_CreateFromWkb(to, t->degrees, placed, (int)to_size);
    geos_wkb_free(&t->geos, to);
    if (*placed && OGR_G_IsEmpty(*placed)) {
        OGR_G_DestroyGeometry(*placed);
        *placed = NULL;
    }
    return TERRAMIS_OK;
}

static enum terramis_status write_feature(struct target *t, OGRFeatureH from)
{
    OGRGeometryH placed;
    OGRFeatureH to = OGR_F_Create(OGR_L_GetLayerDefn(t->layer));
    enum terramis_status status = place(t, OGR_F_GetGeometryRef(from), &placed);
    if (status == TERRAMIS_OK) {
        OGR_F_SetFrom(to, from, 1);
        OGR_F_SetGeometryDirectly(to, placed);
        /* the number that a GeoPackage gives is no identifier */
        OGR_F_SetFID(to, OGRNullFID);
        if (OGR_L_CreateFeature(t->layer, to) != OGRERR_NONE)
            status = status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"),
                                OGR_L_GetName(t->layer), gdal_first_error());
    }
    OGR_F_Destroy(to);
    return status;
}

static enum terramis_status write_features(struct target *t, const char *path,
                                           OGRLayerH source)
{
    OGRFeatureH feature;
    OGR_L_ResetReading(source);
    enum terramis_status status = TERRAMIS_OK;
    while (status == TERRAMIS_OK && (feature = OGR_L_GetNextFeature(source))) {
        status = write_feature(t, feature);
        OGR_F_Destroy(feature);
        if (status == TERRAMIS_OK)
            status = gdal_errors(TERRAMIS_OUTPUT, path);
    }
    return status;
}

static enum terramis_status write_layer(const char *path, OGRLayerH source)
{
    struct target t = {.dataset = NULL};
    gdal_errors_clear();
    enum terramis_status status = create(&t, path, source);
    if (status == TERRAMIS_OK)
        status = write_features(&t, path, source);
    if (t.dataset)
        GDALClose(t.dataset);
    if (status == TERRAMIS_OK)
        status = gdal_errors(TERRAMIS_OUTPUT, path);
    if (t.step)
        OCTDestroyCoordinateTransformation(t.step);
    if (t.degrees)
        OSRRelease(t.degrees);
    geos_close(&t.geos);
    return status;
}

enum terramis_status layer_file_geojson(const struct layer_file *file,
                                        struct publication *p,
                                        enum allowed_table table)
{
    struct text name = {0};
    char *path = NULL;
    OGRLayerH layer =
        GDALDatasetGetLayerByName(file->dataset, allowed_tables[table]);
    text_addf(&name, "%s/%s.geojson", file->territory->id,
              allowed_tables[table]);
    enum terramis_status status = text_status(&name);
    if (status == TERRAMIS_OK)
        status = publication_path(p->dir, text_get(&name), &path);
    if (status == TERRAMIS_OK)
        status = write_layer(path, layer);
    if (status == TERRAMIS_OK)
        status = gdal_file_land(path);
    if (status == TERRAMIS_OK)
        status = publication_add(p, text_get(&name), file->territory);
    text_release(&name);
    free(path);
    return status;
}
