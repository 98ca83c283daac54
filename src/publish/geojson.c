/* GeoJSON as RFC 7946 wants it: WGS 84, no crs member, 7 decimals (1 cm), the
 * right-hand rule, bbox; by GDAL's driver. Rounding alone would let slivers
 * turn over, so coordinates are snapped to the decimals first. */
#include <pthread.h>
#include <stdlib.h>

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "base/mem.h"
#include "base/pool.h"
#include "geo/gdal.h"
#include "geo/geos.h"
#include "output/gdal_file.h"
#include "publish/layer_file.h"

#define GRID 1e-7 /* degrees: the last decimal */

enum {
    CHUNK_FEATURES = 64
};

/* A layer being written. */
struct target {
    const char *path;
    OGRLayerH source;
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRSpatialReferenceH degrees;
    pthread_mutex_t lock; /* held for the source's CRS: GDAL binds one to the
                             thread that uses it */
    int *fields; /* of the source: which field of the layer it becomes */
};

/* A worker's own tools. */
struct placer {
    OGRSpatialReferenceH degrees;
    OGRCoordinateTransformationH step; /* to them: made once, it takes 1 ms */
    struct geos geos;
};

/* Features as they were read, then with their geometry in place. */
struct chunk {
    OGRFeatureH features[CHUNK_FEATURES];
    size_t count;
};

static enum terramis_status create_fields(struct target *t)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(t->source);
    int count = OGR_FD_GetFieldCount(fields);
    TRY(mem_new(&t->fields, (size_t)count, sizeof *t->fields));
    for (int i = 0; i < count; i++) {
        OGR_L_CreateField(t->layer, OGR_FD_GetFieldDefn(fields, i), 1);
        t->fields[i] = i;
    }
    return gdal_errors(TERRAMIS_OUTPUT, t->path);
}

static enum terramis_status create(struct target *t)
{
    static const char *const options[] = {"RFC7946=YES",
                                          "COORDINATE_PRECISION=7",
                                          "WRITE_BBOX=YES", "WRITE_NAME=NO"};
    char **list = NULL;
    struct text memory = {0};
    TRY(gdal_file_crs(t->path, "EPSG:4326", &t->degrees));
    gdal_file_memory(&memory, t->path);
    TRY(text_status(&memory));
    GDALDriverH driver = GDALGetDriverByName("GeoJSON");
    t->dataset = driver ? GDALCreate(driver, text_get(&memory), 0, 0, 0,
                                     GDT_Unknown, NULL)
                        : NULL;
    text_release(&memory);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        list = CSLAddString(list, options[i]);
    if (t->dataset)
        t->layer = GDALDatasetCreateLayer(t->dataset, OGR_L_GetName(t->source),
                                          t->degrees, wkbMultiPolygon, list);
    CSLDestroy(list);
    TRY(gdal_errors(TERRAMIS_OUTPUT, t->path));
    if (!t->layer)
        return status_set(TERRAMIS_OUTPUT, _("cannot write %s"), t->path);
    return create_fields(t);
}

static enum terramis_status start(void *data, void **worker)
{
    struct target *t = data;
    struct placer *placer;
    TRY(mem_new(&placer, 1, sizeof *placer));
    *worker = placer;
    gdal_errors_clear();
    TRY(geos_open(&placer->geos));
    TRY(gdal_file_crs(t->path, "EPSG:4326", &placer->degrees));
    pthread_mutex_lock(&t->lock);
    placer->step = OCTNewCoordinateTransformation(
        OGR_L_GetSpatialRef(t->source), placer->degrees);
    pthread_mutex_unlock(&t->lock);
    return gdal_errors(TERRAMIS_OUTPUT, t->path);
}

static void stop(void *data, void *worker)
{
    struct placer *placer = worker;
    (void)data;
    if (placer->step)
        OCTDestroyCoordinateTransformation(placer->step);
    if (placer->degrees)
        OSRRelease(placer->degrees);
    geos_close(&placer->geos);
    free(placer);
}

static enum terramis_status fill(void *data, size_t number, void *result,
                                 bool *more)
{
    struct target *t = data;
    struct chunk *chunk = result;
    (void)number;
    gdal_errors_clear();
    chunk->count =
        gdal_next_features(t->source, chunk->features, CHUNK_FEATURES);
    *more = chunk->count > 0;
    return gdal_errors(TERRAMIS_OUTPUT, t->path);
}

/* In degrees, on the grid; NULL where nothing that wide is left. */
static enum terramis_status place(struct placer *p, OGRGeometryH geometry,
                                  OGRGeometryH *placed)
{
    unsigned char *to = NULL;
    size_t to_size;
    *placed = NULL;
    if (!geometry)
        return TERRAMIS_OK;
    if (OGR_G_Transform(geometry, p->step) != OGRERR_NONE)
        return TERRAMIS_OK; /* GDAL's error is counted */
    size_t size = (size_t)OGR_G_WkbSize(geometry);
    unsigned char *wkb = NULL;
    TRY(mem_new(&wkb, size, 1));
    OGR_G_ExportToWkb(geometry, wkbNDR, wkb);
    enum terramis_status status =
        geos_snap(&p->geos, wkb, size, GRID, &to, &to_size);
    free(wkb);
    TRY(status);
    OGR_G_CreateFromWkb(to, NULL, placed, (int)to_size);
    geos_wkb_free(&p->geos, to);
    if (*placed && OGR_G_IsEmpty(*placed)) {
        OGR_G_DestroyGeometry(*placed);
        *placed = NULL;
    }
    return TERRAMIS_OK;
}

static enum terramis_status work(void *data, void *worker, size_t number,
                                 void *result)
{
    const struct target *t = data;
    struct chunk *chunk = result;
    (void)number;
    gdal_errors_clear();
    for (size_t i = 0; i < chunk->count; i++) {
        OGRFeatureH feature = chunk->features[i];
        OGRGeometryH placed;
        TRY(place(worker, OGR_F_GetGeometryRef(feature), &placed));
        OGR_F_SetGeometryDirectly(feature, placed);
    }
    return gdal_errors(TERRAMIS_OUTPUT, t->path);
}

static enum terramis_status write_feature(const struct target *t,
                                          OGRFeatureH from)
{
    OGRFeatureH to = OGR_F_Create(OGR_L_GetLayerDefn(t->layer));
    enum terramis_status status = TERRAMIS_OK;
    OGR_F_SetFromWithMap(to, from, 1, t->fields);
    /* the number that a GeoPackage gives is no identifier */
    OGR_F_SetFID(to, OGRNullFID);
    if (OGR_L_CreateFeature(t->layer, to) != OGRERR_NONE)
        status = status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"),
                            OGR_L_GetName(t->layer), gdal_first_error());
    OGR_F_Destroy(to);
    return status;
}

static enum terramis_status commit(void *data, size_t number, void *result)
{
    const struct target *t = data;
    struct chunk *chunk = result;
    enum terramis_status status = TERRAMIS_OK;
    (void)number;
    for (size_t i = 0; i < chunk->count && status == TERRAMIS_OK; i++)
        status = write_feature(t, chunk->features[i]);
    gdal_drop_features(chunk->features, &chunk->count);
    return status == TERRAMIS_OK ? gdal_errors(TERRAMIS_OUTPUT, t->path)
                                 : status;
}

static void release(void *data, void *result)
{
    struct chunk *chunk = result;
    (void)data;
    gdal_drop_features(chunk->features, &chunk->count);
}

/* Placed in all threads, read and written in one at a time. */
static enum terramis_status write_features(struct target *t)
{
    OGR_L_ResetReading(t->source);
    return pool_run(&(struct pool_job){.tiles = POOL_UNKNOWN,
                                       .threads = pool_processors(),
                                       .result_size = sizeof(struct chunk),
                                       .data = t,
                                       .start = start,
                                       .fill = fill,
                                       .work = work,
                                       .stop = stop,
                                       .commit = commit,
                                       .release = release});
}

static enum terramis_status write_layer(const char *path, OGRLayerH source)
{
    struct target t = {
        .path = path, .source = source, .lock = PTHREAD_MUTEX_INITIALIZER};
    gdal_errors_clear();
    enum terramis_status status = create(&t);
    if (status == TERRAMIS_OK)
        status = write_features(&t);
    if (t.dataset)
        GDALClose(t.dataset);
    if (status == TERRAMIS_OK)
        status = gdal_errors(TERRAMIS_OUTPUT, path);
    if (t.degrees)
        OSRRelease(t.degrees);
    free(t.fields);
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
