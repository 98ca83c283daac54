#include "output/vector_file.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogr_api.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "geo/gdal.h"
#include "output/vector_rows.h"

/* What the finished file is checked against. */
struct written {
    char *name;
    int64_t count;
};

struct vector_file {
    char *path;
    char *date;
    GDALDatasetH dataset; /* only while a layer is made */
    OGRLayerH layer;
    const struct vector_layer *spec;
    struct vector_rows *rows; /* of the last layer, once there is one */
    struct vector_batch *one; /* of vector_file_add(); NULL: not used yet */
    struct written *layers;
    size_t layer_count, layer_capacity;
    struct text sql;
};

static const OGRwkbGeometryType geometry_types[] = {
    [VECTOR_TABLE] = wkbNone,
    [VECTOR_POINT] = wkbPoint,
    [VECTOR_LINE] = wkbLineString,
    [VECTOR_POLYGON] = wkbPolygon,
    [VECTOR_MULTILINE] = wkbMultiLineString,
    [VECTOR_MULTIPOLYGON] = wkbMultiPolygon,
};

static const OGRFieldType field_types[] = {
    [VECTOR_TEXT] = OFTString, [VECTOR_INTEGER] = OFTInteger64,
    [VECTOR_REAL] = OFTReal,   [VECTOR_BOOLEAN] = OFTInteger,
    [VECTOR_DATE] = OFTDate,
};

/* The driver asks for the date at several moments, closing among them. The file
 * goes to the disk at the very end, not after each statement. */
static void set_date(const char *date)
{
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", date);
    CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS",
                                  date ? "OFF" : NULL);
}

static enum terramis_status broken(const struct vector_file *file,
                                   const char *what)
{
    const char *cause = gdal_first_error();
    return status_set(TERRAMIS_OUTPUT, "%s: %s%s%s", file->path, what,
                      cause[0] ? ": " : "", cause);
}

static void vector_file_free(struct vector_file *file)
{
    if (file->dataset)
        GDALClose(file->dataset);
    vector_rows_cancel(file->rows);
    vector_batch_free(file->one);
    for (size_t i = 0; i < file->layer_count; i++)
        free(file->layers[i].name);
    free(file->layers);
    text_release(&file->sql);
    free(file->date);
    free(file->path);
    free(file);
    set_date(NULL);
}

void vector_file_cancel(struct vector_file *file)
{
    if (!file)
        return;
    char *path = file->path;
    file->path = NULL;
    vector_file_free(file);
    if (path) {
        gdal_file_remove(path, "");
        gdal_file_remove(path, "-journal");
        gdal_file_remove(path, "-wal");
    }
    free(path);
}

static enum terramis_status begin_transaction(const struct vector_file *file)
{
    return GDALDatasetStartTransaction(file->dataset, FALSE) == OGRERR_NONE
               ? TERRAMIS_OK
               : broken(file, _("cannot begin to write"));
}

static enum terramis_status create(struct vector_file *file, const char *path,
                                   const char *date)
{
    TRY(mem_copy_text(&file->date, date));
    TRY(gdal_file_clear(path));
    TRY(mem_copy_text(&file->path, path));
    gdal_file_remove(path, "-journal");
    gdal_file_remove(path, "-wal");
    gdal_errors_clear();
    set_date(date);
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    if (driver)
        file->dataset = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    if (!file->dataset)
        return broken(file, _("cannot be created"));
    TRY(begin_transaction(file));
    return gdal_errors(TERRAMIS_OUTPUT, path);
}

enum terramis_status vector_file_new(const char *path, const char *date,
                                     struct vector_file **file)
{
    TRY(mem_new(file, 1, sizeof **file));
    enum terramis_status status = create(*file, path, date);
    if (status != TERRAMIS_OK) {
        vector_file_cancel(*file);
        *file = NULL;
    }
    return status;
}

static enum terramis_status add_domain(struct vector_file *file,
                                       const struct vector_field *field,
                                       const char *name)
{
    size_t count = 0;
    while (field->codes[count].code)
        count++;
    OGRCodedValue *values;
    TRY(mem_new(&values, count + 1, sizeof *values));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++) {
        status = mem_copy_text(&values[i].pszCode, field->codes[i].code);
        if (status == TERRAMIS_OK)
            status = mem_copy_text(&values[i].pszValue, field->codes[i].label);
    }
    if (status == TERRAMIS_OK) {
        OGRFieldDomainH domain = OGR_CodedFldDomain_Create(
            name, NULL, field_types[field->type], OFSTNone, values);
        if (!domain || !GDALDatasetAddFieldDomain(file->dataset, domain, NULL))
            status = broken(file, _("a field domain cannot be written"));
        OGR_FldDomain_Destroy(domain);
    }
    for (size_t i = 0; i < count; i++) {
        free(values[i].pszCode);
        free(values[i].pszValue);
    }
    free(values);
    return status;
}

static enum terramis_status add_field(struct vector_file *file,
                                      const struct vector_field *field)
{
    OGRFieldDefnH defn = OGR_Fld_Create(field->name, field_types[field->type]);
    if (field->type == VECTOR_BOOLEAN)
        OGR_Fld_SetSubType(defn, OFSTBoolean);
    enum terramis_status status = TERRAMIS_OK;
    if (field->codes) {
        struct text name = {0};
        text_addf(&name, "%s_%s", file->spec->name, field->name);
        status = text_status(&name);
        if (status == TERRAMIS_OK)
            status = add_domain(file, field, text_get(&name));
        OGR_Fld_SetDomainName(defn, text_get(&name));
        text_release(&name);
    }
    if (status == TERRAMIS_OK &&
        OGR_L_CreateField(file->layer, defn, FALSE) != OGRERR_NONE)
        status = broken(file, _("a field cannot be added"));
    OGR_Fld_Destroy(defn);
    return status;
}

static enum terramis_status create_layer(struct vector_file *file,
                                         const struct vector_layer *layer)
{
    OGRSpatialReferenceH srs = NULL;
    if (layer->geometry != VECTOR_TABLE)
        TRY(gdal_file_crs(file->path, layer->crs, &srs));
    char **options = CSLSetNameValue(NULL, "GEOMETRY_NAME", "geom");
    options = CSLSetNameValue(options, "SPATIAL_INDEX",
                              layer->spatial_index ? "YES" : "NO");
    options = CSLSetNameValue(options, "IDENTIFIER",
                              layer->title ? layer->title : layer->name);
    if (layer->description)
        options = CSLSetNameValue(options, "DESCRIPTION", layer->description);
    file->layer =
        GDALDatasetCreateLayer(file->dataset, layer->name, srs,
                               geometry_types[layer->geometry], options);
    CSLDestroy(options);
    OSRRelease(srs);
    if (!file->layer)
        return broken(file, _("a layer cannot be created"));
    file->spec = layer;
    return TERRAMIS_OK;
}

static enum terramis_status close_dataset(struct vector_file *file)
{
    GDALDatasetH dataset = file->dataset;
    file->dataset = NULL;
    file->layer = NULL;
    if (!dataset)
        return TERRAMIS_OK;
    gdal_errors_clear();
    set_date(file->date);
    bool fine = GDALDatasetCommitTransaction(dataset) == OGRERR_NONE;
    GDALClose(dataset); /* void in GDAL 3.6: its errors are counted */
    return fine ? gdal_errors(TERRAMIS_OUTPUT, file->path)
                : broken(file, _("cannot be written"));
}

static enum terramis_status close_rows(struct vector_file *file)
{
    struct vector_rows *rows = file->rows;
    file->rows = NULL;
    return rows ? vector_rows_close(rows) : TERRAMIS_OK;
}

/* Either OGR or SQLite has the file open, never both. */
static enum terramis_status open_dataset(struct vector_file *file)
{
    static const char *const drivers[] = {"GPKG", NULL};
    TRY(close_rows(file));
    if (file->dataset)
        return TERRAMIS_OK;
    file->dataset = GDALOpenEx(
        file->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE | GDAL_OF_VERBOSE_ERROR,
        drivers, NULL, NULL);
    return file->dataset ? begin_transaction(file)
                         : broken(file, _("cannot be opened"));
}

enum terramis_status vector_file_layer(struct vector_file *file,
                                       const struct vector_layer *layer)
{
    set_date(file->date);
    gdal_errors_clear();
    TRY(open_dataset(file));
    TRY(create_layer(file, layer));
    for (size_t i = 0; i < layer->field_count; i++)
        TRY(add_field(file, &layer->fields[i]));
    for (const struct gdal_item *m = layer->metadata; m && m->key; m++)
        GDALSetMetadataItem(file->layer, m->key, m->value, NULL);
    TRY(mem_grow(&file->layers, &file->layer_capacity, file->layer_count,
                 sizeof *file->layers));
    struct written *written = &file->layers[file->layer_count++];
    *written = (struct written){0};
    TRY(mem_copy_text(&written->name, layer->name));
    return gdal_errors(TERRAMIS_OUTPUT, file->path);
}

enum terramis_status vector_file_rows(struct vector_file *file)
{
    if (!file->spec)
        return status_set(TERRAMIS_INTERNAL, _("%s: no layer begun"),
                          file->path);
    if (file->rows)
        return TERRAMIS_OK;
    TRY(close_dataset(file));
    return vector_rows_open(file->path, file->spec, &file->rows);
}

enum terramis_status vector_file_pack(const struct vector_file *file,
                                      struct vector_batch *batch,
                                      struct path_range paths,
                                      const struct vector_value *values)
{
    return vector_batch_add_paths(batch, file->rows, paths, values);
}

enum terramis_status vector_file_append(struct vector_file *file,
                                        struct vector_batch *batch,
                                        size_t count)
{
    TRY(vector_rows_append(file->rows, batch));
    file->layers[file->layer_count - 1].count += (int64_t)count;
    return TERRAMIS_OK;
}

enum terramis_status vector_file_add(struct vector_file *file, const void *wkb,
                                     size_t size,
                                     const struct vector_value *values)
{
    TRY(vector_file_rows(file));
    if (!file->one)
        TRY(vector_batch_new(&file->one));
    TRY(vector_batch_add(file->one, file->rows, wkb, size, values));
    return vector_file_append(file, file->one, 1);
}

enum terramis_status vector_file_sql(struct vector_file *file, const char *sql)
{
    text_add(&file->sql, sql);
    text_add(&file->sql, ";\n");
    return text_status(&file->sql);
}

/* GDAL 3.6 may have turned to another journal; a finished file has none. Nor
 * does it look whether the two numbers of its header were written, by which
 * others know a GeoPackage 1.2: on a full disk they may lack. */
static enum terramis_status run_sql(const struct vector_file *file)
{
    sqlite3 *db = NULL;
    char *cause = NULL;
    int rc = sqlite3_open_v2(file->path, &db, SQLITE_OPEN_READWRITE, NULL);
    static const char *const around[] = {
        "PRAGMA synchronous=OFF; PRAGMA journal_mode=DELETE; BEGIN;"
        "PRAGMA application_id=0x47504B47; PRAGMA user_version=10200",
        NULL, "COMMIT"};
    for (int i = 0; i < 3 && rc == SQLITE_OK; i++) {
        const char *sql = i == 1 ? text_get(&file->sql) : around[i];
        rc = sqlite3_exec(db, sql, NULL, NULL, &cause);
    }
    enum terramis_status status = TERRAMIS_OK;
    if (rc != SQLITE_OK)
        status = status_set(TERRAMIS_OUTPUT, "%s: %s", file->path,
                            cause ? cause : sqlite3_errstr(rc));
    sqlite3_free(cause);
    if (sqlite3_close(db) != SQLITE_OK && status == TERRAMIS_OK)
        status =
            status_set(TERRAMIS_OUTPUT, _("%s: cannot be closed"), file->path);
    return status;
}

static enum terramis_status verify(const struct vector_file *file)
{
    GDALDatasetH dataset;
    if (gdal_open_vector(file->path, NULL, &dataset) != TERRAMIS_OK)
        return broken(file, _("cannot be read back"));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < file->layer_count && status == TERRAMIS_OK; i++) {
        const struct written *w = &file->layers[i];
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, w->name);
        if (!layer || OGR_L_GetFeatureCount(layer, TRUE) != w->count)
            status = status_set(TERRAMIS_OUTPUT,
                                _("%s: layer %s was not written whole"),
                                file->path, w->name);
    }
    GDALClose(dataset);
    return status == TERRAMIS_OK ? gdal_errors(TERRAMIS_OUTPUT, file->path)
                                 : status;
}

static enum terramis_status finish(struct vector_file *file)
{
    TRY(text_status(&file->sql));
    TRY(close_rows(file));
    TRY(close_dataset(file));
    TRY(run_sql(file));
    TRY(verify(file));
    return gdal_file_sync(file->path);
}

enum terramis_status vector_file_finish(struct vector_file *file)
{
    enum terramis_status status = finish(file);
    if (status == TERRAMIS_OK)
        vector_file_free(file);
    else
        vector_file_cancel(file);
    return status;
}
