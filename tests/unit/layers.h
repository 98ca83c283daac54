/**
 * @file layers.h
 * @brief Layers for the tests: small files written by GDAL from WKT and from
 * arrays, and the configuration that reads them.
 */
#ifndef UNIT_LAYERS_H
#define UNIT_LAYERS_H

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "geo/gdal.h"
#include "unit/output/scratch.h"

/** A feature: WKT (NULL: no geometry) and texts of the fields. */
struct wkt_row {
    const char *wkt;
    const char *values[4];
};

struct wkt_layer {
    const char *driver, *name, *crs; /**< crs NULL: none */
    OGRwkbGeometryType type;         /**< 0: wkbUnknown */
    const char *fields[4];
    const struct wkt_row *rows;
    size_t count;
};

static inline void die_unless(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "tests: %s: %s\n", what, gdal_first_error());
    abort();
}

static inline OGRSpatialReferenceH reference_of(const char *crs)
{
    if (!crs)
        return NULL;
    OGRSpatialReferenceH reference = OSRNewSpatialReference(NULL);
    die_unless(OSRSetFromUserInput(reference, crs) == OGRERR_NONE, crs);
    OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

static inline void add_row(OGRLayerH layer, const struct wkt_row *row)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (int i = 0; i < 4 && row->values[i]; i++)
        if (*row->values[i]) /* "": null */
            OGR_F_SetFieldString(feature, i, row->values[i]);
    if (row->wkt) {
        char *copy = strdup(row->wkt), *at = copy;
        OGRGeometryH geometry = NULL;
        die_unless(OGR_G_CreateFromWkt(&at, NULL, &geometry) == OGRERR_NONE,
                   row->wkt);
        OGR_F_SetGeometryDirectly(feature, geometry);
        free(copy);
    }
    die_unless(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE, "feature");
    OGR_F_Destroy(feature);
}

static inline void add_wkt_layer(GDALDatasetH dataset,
                                 const struct wkt_layer *l)
{
    OGRSpatialReferenceH reference = reference_of(l->crs);
    char csv[] = "GEOMETRY=AS_WKT", *options[] = {csv, NULL};
    bool is_csv = strcmp(l->driver, "CSV") == 0;
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, l->name, reference,
                                             l->type, is_csv ? options : NULL);
    die_unless(layer != NULL, l->name);
    for (int i = 0; i < 4 && l->fields[i]; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(l->fields[i], OFTString);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    for (size_t i = 0; i < l->count; i++)
        add_row(layer, &l->rows[i]);
    OSRRelease(reference);
}

/** Writes a file of `count` layers, all of the first one's driver. */
static inline void write_layers(const char *path, const struct wkt_layer *l,
                                size_t count)
{
    gdal_setup();
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName(l->driver), path, 0,
                                      0, 0, GDT_Unknown, NULL);
    die_unless(dataset != NULL, path);
    for (size_t i = 0; i < count; i++)
        add_wkt_layer(dataset, &l[i]);
    GDALClose(dataset);
    gdal_errors_clear();
}

/** The fixture of a group of tests: *state is a scratch folder. */
static inline int scratch_set_up(void **state)
{
    static struct scratch scratch;
    scratch_open(&scratch);
    gdal_setup();
    *state = &scratch;
    return 0;
}

static inline int scratch_tear_down(void **state)
{
    scratch_close(*state);
    return 0;
}

/** A raster of doubles, written as `type`. */
struct array {
    int nx, ny;
    int bands;           /**< 0: one */
    double transform[6]; /**< GDAL's order; all 0: none */
    const char *crs;     /**< NULL: none */
    GDALDataType type;
    double nodata; /**< NAN and !has_nodata: none */
    bool has_nodata;
    double scale, offset; /**< 0: not declared */
    const double *values; /**< band after band */
};

static inline void write_array(const char *path, const struct array *a)
{
    gdal_setup();
    int bands = a->bands ? a->bands : 1;
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, a->nx,
                                      a->ny, bands, a->type, NULL);
    die_unless(dataset != NULL, path);
    double transform[6];
    memcpy(transform, a->transform, sizeof transform);
    if (transform[1] != 0)
        GDALSetGeoTransform(dataset, transform);
    OGRSpatialReferenceH reference = reference_of(a->crs);
    if (reference)
        GDALSetSpatialRef(dataset, reference);
    OSRRelease(reference);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    if (a->has_nodata)
        GDALSetRasterNoDataValue(band, a->nodata);
    if (a->scale != 0) {
        GDALSetRasterScale(band, a->scale);
        GDALSetRasterOffset(band, a->offset);
    }
    size_t bytes =
        (size_t)a->nx * (size_t)a->ny * (size_t)bands * sizeof(double);
    double *copy = malloc(bytes);
    memcpy(copy, a->values, bytes);
    die_unless(GDALDatasetRasterIO(dataset, GF_Write, 0, 0, a->nx, a->ny, copy,
                                   a->nx, a->ny, GDT_Float64, bands, NULL, 0, 0,
                                   0) == CE_None,
               path);
    free(copy);
    GDALClose(dataset);
    gdal_errors_clear();
}

/** An array filled by a function of column and row; caller frees. */
static inline double *array_of(int nx, int ny,
                               double (*value)(double col, double row))
{
    double *values = malloc((size_t)nx * (size_t)ny * sizeof *values);
    for (int row = 0; row < ny; row++)
        for (int col = 0; col < nx; col++)
            values[(size_t)row * (size_t)nx + (size_t)col] = value(col, row);
    return values;
}

/** What the messages name. */
static const struct config test_config = {.path = "p.yaml"};

/** The layer in file `path`, at line 3, column 5 of the project. */
static inline struct layer_config layer_at(const char *path)
{
    const char *slash = strrchr(path, '/');
    return (struct layer_config){
        .at = {3, 5},
        .source = {.text = slash ? slash + 1 : path, .full = path},
        .nodata = (double)NAN};
}

static inline bool has(const char *text, const char *part)
{
    if (strstr(text, part))
        return true;
    printf("\"%s\" lacks \"%s\"\n", text, part);
    return false;
}

#endif
