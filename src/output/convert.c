#include "output/convert.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_utils.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geo/gdal.h"

static enum terramis_status broken(const char *path, const char *what)
{
    const char *cause = gdal_first_error();
    return status_set(TERRAMIS_OUTPUT, "%s: %s%s%s", path, what,
                      cause[0] ? ": " : "", cause);
}

/* ---- vectors */

static enum terramis_status find_layer(GDALDatasetH dataset,
                                       const struct convert_layer *spec,
                                       OGRLayerH *layer)
{
    int count = GDALDatasetGetLayerCount(dataset);
    *layer = spec->source_layer
                 ? GDALDatasetGetLayerByName(dataset, spec->source_layer)
             : count == 1 ? GDALDatasetGetLayer(dataset, 0)
                          : NULL;
    if (*layer)
        return TERRAMIS_OK;
    struct text names = {0};
    for (int i = 0; i < count; i++)
        text_addf(&names, "%s%s", i ? ", " : "",
                  OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
    enum terramis_status status = status_set(
        TERRAMIS_INPUT,
        _("%s: the file holds the layers %s. Name one with source_layer:"),
        spec->name, text_get(&names));
    text_release(&names);
    return status;
}

/* Not all that ends without an error has been read. */
static enum terramis_status check_count(const struct convert_layer *spec,
                                        long long found)
{
    if (found >= spec->least)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_INPUT,
                      _("%s: of %lld features only %lld can be read"),
                      spec->name, spec->least, found);
}

/* One type that all geometries can have: single ones become multi, what is
 * mixed stays so. */
static enum terramis_status common_type(OGRLayerH layer,
                                        const struct convert_layer *spec,
                                        OGRwkbGeometryType *type)
{
    long long found = 0;
    unsigned kinds = 0; /* bit 0 point, 1 line, 2 polygon, 3 others */
    bool multi = false, high = false;
    OGRFeatureH feature;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer))) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        OGRwkbGeometryType one =
            geometry ? OGR_G_GetGeometryType(geometry) : wkbNone;
        OGRwkbGeometryType flat = OGR_GT_Flatten(one);
        if (geometry) {
            high = high || OGR_GT_HasZ(one);
            multi = multi || flat == wkbMultiPoint;
            kinds |= flat == wkbPoint || flat == wkbMultiPoint             ? 1U
                     : flat == wkbLineString || flat == wkbMultiLineString ? 2U
                     : flat == wkbPolygon || flat == wkbMultiPolygon       ? 4U
                                                                           : 8U;
        }
        OGR_F_Destroy(feature);
        found++;
        TRY(status_go_on());
    }
    TRY(check_count(spec, found));
    *type = kinds == 1U   ? (multi ? wkbMultiPoint : wkbPoint)
            : kinds == 2U ? wkbMultiLineString
            : kinds == 4U ? wkbMultiPolygon
            : kinds == 0U ? OGR_L_GetGeomType(layer)
                          : wkbUnknown;
    if (high)
        *type = OGR_GT_SetZ(*type);
    OGR_L_ResetReading(layer);
    return TERRAMIS_OK;
}

/* A name for the id's or the geometry's column that no field has. */
static const char *free_name(OGRLayerH layer, const char *name,
                             const char *other)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++)
        if (text_same(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i)), name))
            return other;
    return name;
}

static enum terramis_status create_layer(GDALDatasetH target, const char *path,
                                         const struct convert_layer *spec,
                                         OGRLayerH source, OGRLayerH *layer)
{
    OGRwkbGeometryType type = wkbUnknown;
    TRY(common_type(source, spec, &type));
    TRY(gdal_errors(TERRAMIS_INPUT, spec->name));
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(source), given = NULL;
    if (!srs && spec->crs) {
        TRY(gdal_file_crs(path, spec->crs, &given));
        srs = given;
    }
    char **options = CSLSetNameValue(NULL, "GEOMETRY_NAME",
                                     free_name(source, "geom", "geom_"));
    options =
        CSLSetNameValue(options, "FID", free_name(source, "fid", "ogc_fid"));
    options = CSLSetNameValue(options, "SPATIAL_INDEX", "YES");
    *layer = GDALDatasetCreateLayer(target, spec->name, srs, type, options);
    CSLDestroy(options);
    if (given)
        OSRRelease(given);
    if (!*layer)
        return broken(path, _("a layer cannot be created"));
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(source);
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++)
        if (OGR_L_CreateField(*layer, OGR_FD_GetFieldDefn(fields, i), TRUE) !=
            OGRERR_NONE)
            return broken(path, _("a field cannot be added"));
    for (const struct gdal_item *m = spec->metadata; m && m->key; m++)
        GDALSetMetadataItem(*layer, m->key, m->value, NULL);
    return gdal_errors(TERRAMIS_OUTPUT, path);
}

static OGRGeometryH to_type(OGRGeometryH geometry, OGRwkbGeometryType type)
{
    switch (OGR_GT_Flatten(type)) {
    case wkbMultiPolygon:
        return OGR_G_ForceToMultiPolygon(geometry);
    case wkbMultiLineString:
        return OGR_G_ForceToMultiLineString(geometry);
    case wkbMultiPoint:
        return OGR_G_ForceToMultiPoint(geometry);
    default:
        return geometry;
    }
}

static enum terramis_status copy_features(const char *path, OGRLayerH source,
                                          OGRLayerH layer,
                                          struct convert_layer *spec)
{
    OGRwkbGeometryType type = OGR_L_GetGeomType(layer);
    OGRFeatureH from;
    enum terramis_status status = TERRAMIS_OK;
    spec->features = spec->without_geometry = 0;
    while (status == TERRAMIS_OK && (from = OGR_L_GetNextFeature(source))) {
        OGRFeatureH to = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFrom(to, from, TRUE);
        OGRGeometryH geometry = OGR_F_StealGeometry(to);
        if (geometry)
            OGR_F_SetGeometryDirectly(to, to_type(geometry, type));
        spec->without_geometry += geometry == NULL;
        spec->features++;
        if (OGR_L_CreateFeature(layer, to) != OGRERR_NONE)
            status = broken(path, _("a feature cannot be written"));
        else
            status = status_go_on();
        OGR_F_Destroy(to);
        OGR_F_Destroy(from);
    }
    return status == TERRAMIS_OK ? check_count(spec, spec->features) : status;
}

static enum terramis_status copy_layer(GDALDatasetH target, const char *path,
                                       struct convert_layer *spec)
{
    GDALDatasetH dataset;
    OGRLayerH source, layer;
    TRY(gdal_open_vector(spec->source, spec->encoding, &dataset));
    enum terramis_status status = find_layer(dataset, spec, &source);
    if (status == TERRAMIS_OK) {
        spec->least =
            gdal_least(dataset, (long long)OGR_L_GetFeatureCount(source, TRUE));
        status = create_layer(target, path, spec, source, &layer);
    }
    if (status == TERRAMIS_OK)
        status = copy_features(path, source, layer, spec);
    GDALClose(dataset);
    /* what broke off while reading ends like the last feature does */
    return status == TERRAMIS_OK ? gdal_errors(TERRAMIS_INPUT, spec->name)
                                 : status;
}

static void remove_vectors(const char *path)
{
    gdal_file_remove(path, "");
    gdal_file_remove(path, "-journal");
    gdal_file_remove(path, "-wal");
    gdal_file_remove(path, "-shm");
}

static enum terramis_status
write_vectors(const char *path, struct convert_layer *layers, size_t count)
{
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    gdal_errors_clear();
    GDALDatasetH target =
        driver ? GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL) : NULL;
    if (!target)
        return broken(path, _("cannot be created"));
    enum terramis_status status = TERRAMIS_OK;
    if (GDALDatasetStartTransaction(target, FALSE) != OGRERR_NONE)
        status = broken(path, _("cannot begin to write"));
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++)
        status = copy_layer(target, path, &layers[i]);
    if (status == TERRAMIS_OK &&
        GDALDatasetCommitTransaction(target) != OGRERR_NONE)
        status = broken(path, _("cannot be written"));
    gdal_errors_clear();
    GDALClose(target); /* void in GDAL 3.6: its errors are counted */
    if (status == TERRAMIS_OK)
        status = gdal_errors(TERRAMIS_OUTPUT, path);
    return status == TERRAMIS_OK ? gdal_file_sync(path) : status;
}

enum terramis_status convert_vectors(const char *path, const char *date,
                                     struct convert_layer *layers, size_t count)
{
    char time[40];
    snprintf(time, sizeof time, "%sT00:00:00.000Z", date);
    remove_vectors(path);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", time);
    enum terramis_status status = write_vectors(path, layers, count);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    if (status != TERRAMIS_OK)
        remove_vectors(path);
    return status;
}

/* ---- rasters */

static int CPL_STDCALL go_on(double done, const char *message, void *data)
{
    (void)done, (void)message, (void)data;
    return !status_interrupted();
}

static char **raster_arguments(const char *crs,
                               const struct gdal_item *metadata)
{
    static const char *const fixed[] = {
        "-of", "COG",           "-co", "COMPRESS=DEFLATE",
        "-co", "PREDICTOR=YES", "-co", "BIGTIFF=IF_SAFER",
        "-co", "BLOCKSIZE=256"};
    char **list = NULL;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        list = CSLAddString(list, fixed[i]);
    if (crs) {
        list = CSLAddString(list, "-a_srs");
        list = CSLAddString(list, crs);
    }
    for (const struct gdal_item *m = metadata; m && m->key; m++) {
        struct text pair = {0};
        text_addf(&pair, "%s=%s", m->key, m->value);
        list = CSLAddString(list, "-mo");
        list = CSLAddString(list, text_get(&pair));
        text_release(&pair);
    }
    return list;
}

static enum terramis_status write_raster(const char *path, GDALDatasetH source,
                                         const char *crs,
                                         const struct gdal_item *metadata)
{
    char **list = raster_arguments(crs, metadata);
    GDALTranslateOptions *options = GDALTranslateOptionsNew(list, NULL);
    CSLDestroy(list);
    if (!options)
        return broken(path, _("cannot be created"));
    GDALTranslateOptionsSetProgress(options, go_on, NULL);
    gdal_errors_clear();
    GDALDatasetH target = GDALTranslate(path, source, options, NULL);
    GDALTranslateOptionsFree(options);
    if (target)
        GDALClose(target);
    TRY(status_go_on());
    TRY(gdal_errors(TERRAMIS_INPUT, path));
    return target ? gdal_file_sync(path) : broken(path, _("cannot be written"));
}

enum terramis_status convert_raster(const char *path, const char *source,
                                    const char *crs,
                                    const struct gdal_item *metadata)
{
    GDALDatasetH dataset;
    TRY(gdal_file_clear(path));
    TRY(gdal_open_raster(source, &dataset));
    if (GDALGetSpatialRef(dataset))
        crs = NULL;
    enum terramis_status status = write_raster(path, dataset, crs, metadata);
    GDALClose(dataset);
    gdal_file_remove(path, ".aux.xml");
    gdal_file_remove(path, ".ovr.tmp");
    if (status != TERRAMIS_OK)
        gdal_file_remove(path, "");
    return status;
}
