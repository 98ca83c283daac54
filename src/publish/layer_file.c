#include "publish/layer_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cpl_string.h>
#include <gdal_utils.h>
#include <ogr_api.h>

#include "geo/gdal.h"
#include "output/file.h"
#include "output/gdal_file.h"
#include "publish/archive.h"

static const enum allowed_table layers[] = {ALLOWED_PARCELS, ALLOWED_SITES};

enum {
    LAYER_COUNT = sizeof layers / sizeof layers[0]
};

enum terramis_status layer_file_refuse(const char *path, const char *field)
{
    return status_set(TERRAMIS_INPUT,
                      _("%s: field %s is none that terramis computes; only "
                        "those are published, lest personal data get out. Run "
                        "again with this version"),
                      path, field);
}

static enum terramis_status check_fields(const struct publication *p,
                                         const char *path, OGRLayerH layer,
                                         enum allowed_table table)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    struct allowed allowed;
    for (int i = 0; i < OGR_FD_GetFieldCount(fields); i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, i));
        if (!allowed_find(table, name, p->parameters, &allowed))
            return layer_file_refuse(path, name);
    }
    return TERRAMIS_OK;
}

enum terramis_status layer_file_open(struct layer_file *file,
                                     const struct publication *p,
                                     const struct published_territory *t)
{
    struct text path = {0};
    *file = (struct layer_file){.territory = t};
    text_addf(&path, "%s/%s/parcels.gpkg", p->run, t->id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = gdal_open_vector(text_get(&path), NULL, &file->dataset);
    for (int i = 0; status == TERRAMIS_OK && i < LAYER_COUNT; i++) {
        OGRLayerH layer =
            GDALDatasetGetLayerByName(file->dataset, allowed_tables[layers[i]]);
        status = layer ? check_fields(p, text_get(&path), layer, layers[i])
                       : status_set(TERRAMIS_INPUT, _("%s: has no layer %s"),
                                    text_get(&path), allowed_tables[layers[i]]);
    }
    text_release(&path);
    return status;
}

void layer_file_close(struct layer_file *file)
{
    if (file->dataset)
        GDALClose(file->dataset);
    file->dataset = NULL;
}

/* Writes `path` with the options of ogr2ogr; every error of GDAL counts. */
static enum terramis_status translate(const struct layer_file *file,
                                      const char *path, char **arguments)
{
    GDALDatasetH source = file->dataset;
    struct text memory = {0};
    int usage = 0;
    gdal_file_memory(&memory, path);
    TRY(text_status(&memory));
    gdal_errors_clear();
    GDALVectorTranslateOptions *options =
        GDALVectorTranslateOptionsNew(arguments, NULL);
    GDALDatasetH result = options
                              ? GDALVectorTranslate(text_get(&memory), NULL, 1,
                                                    &source, options, &usage)
                              : NULL;
    if (result)
        GDALClose(result);
    GDALVectorTranslateOptionsFree(options);
    text_release(&memory);
    TRY(gdal_errors(TERRAMIS_OUTPUT, path));
    if (!result)
        return status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"), path,
                          "GDAL");
    return TERRAMIS_OK;
}

static bool is_taken(char (*shorts)[SHAPE_NAME + 1], size_t count,
                     const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(shorts[i], name) == 0)
            return true;
    return false;
}

void layer_file_shorten(const char *const *names, size_t count,
                        char (*shorts)[SHAPE_NAME + 1])
{
    for (size_t i = 0; i < count; i++) {
        snprintf(shorts[i], SHAPE_NAME + 1, "%.*s", SHAPE_NAME, names[i]);
        for (unsigned n = 1; is_taken(shorts, i, shorts[i]); n++) {
            char number[12];
            size_t digits = (size_t)snprintf(number, sizeof number, "_%u", n);
            size_t kept = strlen(names[i]) < SHAPE_NAME - digits
                              ? strlen(names[i])
                              : SHAPE_NAME - digits;
            memcpy(shorts[i] + kept, number, digits + 1);
        }
    }
}

/* A layer's fields, with their short names. */
struct short_names {
    const char **names;
    char (*shorts)[SHAPE_NAME + 1];
    size_t count;
};

static void release(struct short_names *s)
{
    free(s->names);
    free(s->shorts);
}

static enum terramis_status shorten(struct short_names *s, OGRLayerH layer)
{
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    *s = (struct short_names){.count = (size_t)OGR_FD_GetFieldCount(fields)};
    TRY(mem_new(&s->names, s->count, sizeof *s->names));
    TRY(mem_new(&s->shorts, s->count, sizeof *s->shorts));
    for (size_t i = 0; i < s->count; i++)
        s->names[i] = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, (int)i));
    layer_file_shorten(s->names, s->count, s->shorts);
    return TERRAMIS_OK;
}

/* Which columns the shapefile takes, under which names, as SQL. Names of ours
 * hold no quotes (check_fields). */
static void make_query(struct text *sql, const struct short_names *s,
                       OGRLayerH layer)
{
    text_addf(sql, "SELECT \"%s\"", OGR_L_GetGeometryColumn(layer));
    for (size_t i = 0; i < s->count; i++)
        text_addf(sql, ", \"%s\" AS \"%s\"", s->names[i], s->shorts[i]);
    text_addf(sql, " FROM \"%s\"", OGR_L_GetName(layer));
}

static enum terramis_status write_shape(const struct layer_file *file,
                                        const char *path, const char *date,
                                        const char *table, const char *sql)
{
    char **a = NULL;
    struct text day = {0};
    text_addf(&day, "DBF_DATE_LAST_UPDATE=%s", date);
    const char *const arguments[] = {"-f",   "ESRI Shapefile",
                                     "-lco", "ENCODING=UTF-8",
                                     "-lco", "SHPT=POLYGON",
                                     "-lco", text_get(&day),
                                     "-nln", table,
                                     "-sql", sql,
                                     "-nlt", "MULTIPOLYGON"};
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        a = CSLAddString(a, arguments[i]);
    enum terramis_status status = text_status(&day);
    if (status == TERRAMIS_OK)
        status = translate(file, path, a);
    CSLDestroy(a);
    text_release(&day);
    return status;
}

static void add_dictionary(struct text *text, const char *table,
                           const struct short_names *s)
{
    for (size_t i = 0; i < s->count; i++)
        text_addf(text, "%s,%s,%s\r\n", table, s->shorts[i], s->names[i]);
}

/* Both layers into the folder `folder`, and into `text` their names. */
static enum terramis_status write_shapes(const struct layer_file *file,
                                         const char *folder, const char *date,
                                         struct text *text)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        const char *table = allowed_tables[layers[i]];
        OGRLayerH layer = GDALDatasetGetLayerByName(file->dataset, table);
        struct short_names names;
        struct text path = {0}, sql = {0};
        enum terramis_status status = shorten(&names, layer);
        if (status == TERRAMIS_OK) {
            text_addf(&path, "%s/%s.shp", folder, table);
            make_query(&sql, &names, layer);
            add_dictionary(text, table, &names);
            status =
                path.broken || sql.broken ? status_no_memory() : TERRAMIS_OK;
        }
        if (status == TERRAMIS_OK)
            status =
                write_shape(file, text_get(&path), date, table, text_get(&sql));
        release(&names);
        text_release(&path);
        text_release(&sql);
        TRY(status);
    }
    return TERRAMIS_OK;
}

static const char *const parts[] = {"parcels.shp", "parcels.shx", "parcels.dbf",
                                    "parcels.prj", "parcels.cpg", "sites.shp",
                                    "sites.shx",   "sites.dbf",   "sites.prj",
                                    "sites.cpg",   "fields.csv"};

enum {
    PART_COUNT = sizeof parts / sizeof parts[0],
    FIELDS = PART_COUNT - 1 /* the one that GDAL does not write */
};

static enum terramis_status pack(const char *folder, const char *path)
{
    struct archive_entry entries[PART_COUNT] = {{NULL, NULL}};
    char *paths[PART_COUNT] = {NULL};
    enum terramis_status status = TERRAMIS_OK;
    for (int i = 0; status == TERRAMIS_OK && i < PART_COUNT; i++) {
        status = publication_path(folder, parts[i], &paths[i]);
        if (status == TERRAMIS_OK && i != FIELDS)
            status = gdal_file_land(paths[i]);
        entries[i] = (struct archive_entry){paths[i], parts[i]};
    }
    if (status == TERRAMIS_OK)
        status = archive_write(path, entries, PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++) {
        if (paths[i])
            unlink(paths[i]);
        free(paths[i]);
    }
    return status;
}

static enum terramis_status save(const char *folder, const struct text *text)
{
    char *path = NULL;
    TRY(publication_path(folder, "fields.csv", &path));
    enum terramis_status status = file_save(path, text);
    free(path);
    return status;
}

enum terramis_status layer_file_shapes(const struct layer_file *file,
                                       struct publication *p)
{
    struct text fields = {0}, name = {0};
    char *folder = NULL, *path = NULL;
    enum terramis_status status;
    text_add(&fields, "layer,shapefile,field\r\n");
    text_addf(&name, "%s/shapefile.zip", file->territory->id);
    TRY_DONE(text_status(&name));
    TRY_DONE(publication_path(p->dir, text_get(&name), &path));
    TRY_DONE(publication_path(p->dir, ".shapes", &folder));
    if (mkdir(folder, 0777) != 0)
        TRY_DONE(status_set(TERRAMIS_OUTPUT, _("cannot make the folder %s"),
                            folder));
    TRY_DONE(write_shapes(file, folder, p->date, &fields));
    TRY_DONE(save(folder, &fields));
    TRY_DONE(pack(folder, path));
    rmdir(folder);
    TRY_DONE(publication_add(p, text_get(&name), file->territory));
done:
    text_release(&fields);
    text_release(&name);
    free(folder);
    free(path);
    return status;
}
