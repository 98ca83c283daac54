#include "layer/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/gdal.h"
#include "layer/csv.h"
#include "layer/fit.h"

enum {
    FIELDS_MAX = 10000
};

static void add_layer_names(struct text *text, GDALDatasetH dataset)
{
    int count = GDALDatasetGetLayerCount(dataset);
    for (int i = 0; i < count && i < 20; i++)
        text_addf(text, "%s%s", i ? ", " : "",
                  OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
}

static enum terramis_status no_such_layer(struct layer_table *t)
{
    struct text names = {0};
    const char *near = NULL;
    for (int i = 0; i < GDALDatasetGetLayerCount(t->dataset); i++)
        text_offer(t->source->layer,
                   OGR_L_GetName(GDALDatasetGetLayer(t->dataset, i)), &near);
    add_layer_names(&names, t->dataset);
    enum terramis_status status =
        near ? layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("the file has no such layer; did you mean "
                               "'%s'? It has: %s"),
                             near, text_get(&names))
             : layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("the file has no such layer. It has: %s"),
                             text_get(&names));
    text_release(&names);
    return status;
}

static enum terramis_status which_layer(struct layer_table *t)
{
    struct text names = {0};
    add_layer_names(&names, t->dataset);
    enum terramis_status status = layer_problem(
        t->config, t->source, TERRAMIS_PROJECT,
        _("the file has several layers. Say which with layer: (%s)"),
        text_get(&names));
    text_release(&names);
    return status;
}

/* The named layer (any case), or the only one that has geometry. */
static enum terramis_status choose_layer(struct layer_table *t)
{
    int count = GDALDatasetGetLayerCount(t->dataset), spatial = 0;
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(t->dataset, i);
        if (t->source->layer) {
            if (text_same(OGR_L_GetName(layer), t->source->layer))
                t->layer = layer;
        } else if (count == 1 || OGR_L_GetGeomType(layer) != wkbNone) {
            t->layer = layer;
            spatial++;
        }
    }
    if (t->source->layer && !t->layer)
        return no_such_layer(t);
    if (spatial > 1)
        return which_layer(t);
    if (!t->layer || OGR_L_GetGeomType(t->layer) == wkbNone)
        return layer_problem(t->config, t->source, TERRAMIS_INPUT,
                             _("has no geometry (a CSV needs a column WKT, and "
                               "its fields separated by , ; or tab)"));
    return TERRAMIS_OK;
}

/* Neither features nor fields: a service that found nothing says no more, and
 * what is not there has no need of its fields. */
static bool is_bare(const struct layer_table *t)
{
    return t->total == 0 &&
           OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(t->layer)) == 0;
}

/* Without the features that the profile leaves out, such as roads that are only
 * planned: `where` and more, in SQL. */
static enum terramis_status skip(struct layer_table *t)
{
    const struct profile *p = profile_of(&t->source->profile);
    int column = p && p->skip_field
                     ? fit_column(OGR_L_GetLayerDefn(t->layer), p->skip_field)
                     : -1;
    if (column < 0)
        return TERRAMIS_OK;
    const char *name = OGR_Fld_GetNameRef(
        OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(t->layer), column));
    struct text sql = {0};
    if (t->source->where)
        text_addf(&sql, "(%s) AND ", t->source->where);
    text_addf(&sql, "(\"%s\" IS NULL", name);
    if (strcmp(p->skip_values, "*") != 0) {
        text_addf(&sql, " OR \"%s\" NOT IN ('", name);
        for (const char *c = p->skip_values; *c; c++)
            text_add(&sql, *c == '|'    ? "','"
                           : *c == '\'' ? "''"
                                        : (const char[]){*c, '\0'});
        text_add(&sql, "')");
    }
    text_add(&sql, ")");
    long long before = (long long)OGR_L_GetFeatureCount(t->layer, 1);
    enum terramis_status status = text_status(&sql);
    if (status == TERRAMIS_OK &&
        OGR_L_SetAttributeFilter(t->layer, text_get(&sql)) != OGRERR_NONE)
        status = layer_problem(t->config, t->source, TERRAMIS_INPUT,
                               _("profile %s: cannot leave features out: %s"),
                               p->op.name, gdal_first_error());
    if (status == TERRAMIS_OK) {
        long long left = (long long)OGR_L_GetFeatureCount(t->layer, 1);
        t->skipped = before - left;
        t->least = gdal_least(t->dataset, left);
    }
    text_release(&sql);
    return status;
}

static enum terramis_status filter(struct layer_table *t)
{
    t->total = (long long)OGR_L_GetFeatureCount(t->layer, 1);
    t->least = gdal_least(t->dataset, t->total);
    if (is_bare(t))
        return TERRAMIS_OK;
    gdal_errors_clear();
    if (!t->source->where)
        return skip(t);
    if (OGR_L_SetAttributeFilter(t->layer, t->source->where) == OGRERR_NONE &&
        !*gdal_first_error()) {
        /* GeoPackage looks at the condition only when it is used */
        long long left = (long long)OGR_L_GetFeatureCount(t->layer, 1);
        t->least = gdal_least(t->dataset, left);
        if (!*gdal_first_error())
            return skip(t);
    }
    return layer_problem(
        t->config, t->source, TERRAMIS_PROJECT,
        _("where: \"%.300s\" is not understood: %s"), t->source->where,
        *gdal_first_error() ? gdal_first_error() : _("SQL error"));
}

/* A shapefile without its .dbf has shapes and no attributes: something was lost
 * when it was copied. */
static bool has_lost_dbf(const struct layer_table *t)
{
    const char *path = t->source->source.full;
    size_t n = strlen(path);
    bool lost = n > 4 && text_same(path + n - 4, ".shp");
    static const char *const endings[] = {"dbf", "DBF"};
    for (size_t i = 0; lost && i < 2; i++) {
        struct text other = {0};
        text_addf(&other, "%.*s%s", (int)n - 3, path, endings[i]);
        lost = access(text_get(&other), F_OK) != 0;
        text_release(&other);
    }
    return lost;
}

/* A layer with the fields of another profile, or with another geometry, has the
 * wrong one. Where no profile fits better, table_warn() says what is missing:
 * fields that are used are asked for by name anyway. */
static enum terramis_status check_profile(struct layer_table *t)
{
    const struct profile *p = profile_of(&t->source->profile);
    char missing[128];
    if (!p || is_bare(t))
        return TERRAMIS_OK;
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(t->layer);
    const struct profile *best = fit_best(definition, p);
    enum profile_kind kind = fit_kind(OGR_L_GetGeomType(t->layer));
    if (p->kind == PROFILE_RASTER)
        return layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("profile %s is for a raster, this is a vector "
                               "layer"),
                             p->op.name);
    if (p->kind != PROFILE_ANY && kind != PROFILE_ANY && p->kind != (int)kind)
        return layer_problem(
            t->config, t->source, TERRAMIS_PROJECT,
            _("profile %s is for a layer of %s, this one has %s.%s%s"),
            p->op.name, profile_kinds[p->kind], profile_kinds[kind],
            best ? _(" Its fields are those of profile ") : "",
            best ? best->op.name : "");
    fit_missing(p, definition, missing);
    if (!*missing)
        return TERRAMIS_OK;
    if (best)
        return layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("profile %s does not fit: there is no field %s. "
                               "Its fields are those of profile %s"),
                             p->op.name, missing, best->op.name);
    return TERRAMIS_OK;
}

void table_warn(const struct layer_table *t)
{
    const struct profile *p = profile_of(&t->source->profile);
    char missing[128] = "";
    if (has_lost_dbf(t))
        layer_warning(t->config, t->source,
                      _("there is no .dbf beside it: its shapes have no "
                        "attributes. Bring all files of the shapefile"));
    if (p && !is_bare(t))
        fit_missing(p, OGR_L_GetLayerDefn(t->layer), missing);
    if (*missing)
        layer_warning(t->config, t->source,
                      _("profile %s: there is no field %s"), p->op.name,
                      missing);
}

/* GDAL looks for each value's field among all of them. */
static enum terramis_status check_fields(const struct layer_table *t)
{
    int count = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(t->layer));
    if (count <= FIELDS_MAX)
        return TERRAMIS_OK;
    return layer_problem(t->config, t->source, TERRAMIS_INPUT,
                         _("has %d fields, more than the %d that are read. "
                           "Export it with those that are needed"),
                         count, FIELDS_MAX);
}

static bool says_synthetic(GDALMajorObjectH object)
{
    const char *mark = GDALGetMetadataItem(object, "SYNTHETIC", NULL);
    return text_same(mark, "YES");
}

enum terramis_status table_open(struct layer_table *table,
                                const struct config *config,
                                const struct layer_config *source)
{
    *table = (struct layer_table){.config = config, .source = source};
    if (gdal_open_vector(source->source.full, source->encoding,
                         &table->dataset) != TERRAMIS_OK)
        return layer_failed(config, source, TERRAMIS_INPUT);
    TRY(choose_layer(table));
    TRY(check_fields(table));
    table->synthetic =
        says_synthetic(table->dataset) || says_synthetic(table->layer);
    TRY(layer_crs(config, source, OGR_L_GetSpatialRef(table->layer),
                  &table->crs));
    TRY(check_profile(table));
    TRY(csv_check(table));
    return filter(table);
}

void table_close(struct layer_table *table)
{
    crs_release(&table->crs);
    if (table->dataset)
        GDALClose(table->dataset);
    *table = (struct layer_table){0};
}

static enum terramis_status no_such_field(struct layer_table *t,
                                          const char *name)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(t->layer);
    struct text names = {0};
    const char *near = NULL;
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++) {
        const char *field =
            OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
        text_offer(name, field, &near);
        if (i < 30)
            text_addf(&names, "%s%s", i ? ", " : "", field);
    }
    const char *known = *text_get(&names) ? text_get(&names) : _("(none)");
    enum terramis_status status =
        near ? layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("has no field '%s'; did you mean '%s'? It has: "
                               "%s"),
                             name, near, known)
             : layer_problem(t->config, t->source, TERRAMIS_PROJECT,
                             _("has no field '%s'. It has: %s"), name, known);
    text_release(&names);
    return status;
}

enum terramis_status table_columns(struct layer_table *table,
                                   const char *const *fields, size_t count,
                                   int **columns)
{
    TRY(mem_new(columns, count, sizeof **columns));
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(table->layer);
    for (size_t i = 0; i < count; i++) {
        bool optional = fields[i][0] == '?';
        if (fields[i][0] == '\0') { /* a rule without this field */
            (*columns)[i] = -1;
            continue;
        }
        (*columns)[i] = fit_column(definition, fields[i]);
        if ((*columns)[i] < 0 && !optional && !is_bare(table))
            return no_such_field(table, fields[i]);
    }
    return TERRAMIS_OK;
}
