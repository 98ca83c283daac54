#include "layer/inspect.h"

#include <cpl_conv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "geo/gdal.h"
#include "layer/fit.h"
#include "layer/inspect_text.h"

enum {
    SAME_PLACE = 3, /* points in one place that are no accident */
    TYPES = 32      /* kinds of geometry told apart */
};

/* What the pass over the features gathers. */
struct pass {
    struct layer_table table;
    OGRFeatureDefnH definition;
    struct text_tally *fields;
    int field_count, key;
    struct type {
        OGRwkbGeometryType type;
        long long count;
    } types[TYPES];
    int type_count;
    long long features, curves, collections;
    double (*points)[2];
    size_t point_count, point_room;
    char **keys;
    size_t key_count, key_room;
};

enum terramis_status inspection_add(struct inspection *inspection,
                                    const char *code, const char *format, ...)
{
    struct text text = {0};
    va_list args;
    va_start(args, format);
    text_addv(&text, format, args);
    va_end(args);
    enum terramis_status status = text_status(&text);
    char *copy = NULL;
    if (status == TERRAMIS_OK)
        status = mem_grow(&inspection->suspicions, &inspection->capacity,
                          inspection->count, sizeof *inspection->suspicions);
    if (status == TERRAMIS_OK)
        status = mem_copy_text(&copy, text_get(&text));
    if (status == TERRAMIS_OK)
        text_clean(copy);
    if (status == TERRAMIS_OK)
        inspection->suspicions[inspection->count++] =
            (struct suspicion){code, copy};
    text_release(&text);
    return status;
}

void inspection_release(struct inspection *inspection)
{
    for (size_t i = 0; i < inspection->count; i++)
        free(inspection->suspicions[i].text);
    free(inspection->suspicions);
    text_release(&inspection->found);
    text_release(&inspection->missing);
    text_release(&inspection->types);
    *inspection = (struct inspection){0};
}

static void add_type(struct pass *pass, OGRGeometryH geometry)
{
    OGRwkbGeometryType type = OGR_G_GetGeometryType(geometry);
    pass->curves += OGR_G_HasCurveGeometry(geometry, 1) != 0;
    pass->collections += wkbFlatten(type) == wkbGeometryCollection;
    for (int i = 0; i < pass->type_count; i++)
        if (pass->types[i].type == type) {
            pass->types[i].count++;
            return;
        }
    if (pass->type_count < TYPES)
        pass->types[pass->type_count++] = (struct type){type, 1};
}

/* The place of a point, or of a multipoint with one. */
static enum terramis_status add_point(struct pass *pass, OGRGeometryH geometry)
{
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbMultiPoint &&
        OGR_G_GetGeometryCount(geometry) == 1)
        geometry = OGR_G_GetGeometryRef(geometry, 0);
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) != wkbPoint ||
        OGR_G_IsEmpty(geometry))
        return TERRAMIS_OK;
    TRY(mem_grow(&pass->points, &pass->point_room, pass->point_count,
                 sizeof *pass->points));
    pass->points[pass->point_count][0] = OGR_G_GetX(geometry, 0);
    pass->points[pass->point_count++][1] = OGR_G_GetY(geometry, 0);
    return TERRAMIS_OK;
}

static enum terramis_status add_key(struct pass *pass, OGRFeatureH feature)
{
    if (pass->key < 0 || !OGR_F_IsFieldSetAndNotNull(feature, pass->key))
        return TERRAMIS_OK;
    TRY(mem_grow(&pass->keys, &pass->key_room, pass->key_count,
                 sizeof *pass->keys));
    TRY(mem_copy_text(&pass->keys[pass->key_count],
                      OGR_F_GetFieldAsString(feature, pass->key)));
    pass->key_count++;
    return TERRAMIS_OK;
}

static enum terramis_status add_feature(struct pass *pass, OGRFeatureH feature)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    pass->features++;
    for (int i = 0; i < pass->field_count; i++)
        if (OGR_F_IsFieldSetAndNotNull(feature, i))
            text_tally_add(&pass->fields[i],
                           OGR_F_GetFieldAsString(feature, i));
    TRY(add_key(pass, feature));
    if (!geometry)
        return TERRAMIS_OK;
    add_type(pass, geometry);
    return add_point(pass, geometry);
}

static enum terramis_status read_all(struct pass *pass)
{
    enum terramis_status status = TERRAMIS_OK;
    OGRFeatureH feature;
    gdal_errors_clear(); /* GDAL ends at an error as at the last feature */
    OGR_L_ResetReading(pass->table.layer);
    while (status == TERRAMIS_OK &&
           (feature = OGR_L_GetNextFeature(pass->table.layer)) != NULL) {
        status = add_feature(pass, feature);
        OGR_F_Destroy(feature);
        if (status == TERRAMIS_OK)
            status = status_go_on();
    }
    return status;
}

static int by_place(const void *a, const void *b)
{
    const double *p = a, *q = b;
    return p[0] != q[0] ? (p[0] < q[0] ? -1 : 1)
                        : (p[1] > q[1]) - (p[1] < q[1]);
}

/* Many points in one place: the middle of a commune, where nothing better is
 * known. */
static enum terramis_status judge_places(struct pass *pass,
                                         struct inspection *inspection)
{
    size_t places = 0, crowded = 0;
    if (pass->point_count)
        qsort(pass->points, pass->point_count, sizeof *pass->points, by_place);
    for (size_t i = 0, end; i < pass->point_count; i = end) {
        end = i + 1;
        while (end < pass->point_count &&
               by_place(pass->points[i], pass->points[end]) == 0)
            end++;
        if (end - i >= SAME_PLACE) {
            places++;
            crowded += end - i;
        }
    }
    if (places == 0)
        return TERRAMIS_OK;
    return inspection_add(inspection, "same-place",
                          _("%zu of %zu points stand in %zu places, three or "
                            "more in each: centres of communes, not the sites "
                            "themselves?"),
                          crowded, pass->point_count, places);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum terramis_status judge_keys(struct pass *pass,
                                       struct inspection *inspection)
{
    size_t twice = 0;
    const char *first = NULL;
    if (pass->key_count)
        qsort(pass->keys, pass->key_count, sizeof *pass->keys, by_text);
    for (size_t i = 1; i < pass->key_count; i++)
        if (strcmp(pass->keys[i], pass->keys[i - 1]) == 0 && twice++ == 0)
            first = pass->keys[i];
    if (!twice)
        return TERRAMIS_OK;
    const char *name =
        OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(pass->definition, pass->key));
    return inspection_add(inspection, "duplicate-ids",
                          _("field %s: %zu features repeat the id of another, "
                            "the first \"%s\": repeated pages, or parts of one "
                            "object"),
                          name, twice, first);
}

static int dimension(OGRwkbGeometryType type)
{
    switch (fit_kind(type)) {
    case PROFILE_POINTS:
        return 0;
    case PROFILE_LINES:
        return 1;
    case PROFILE_AREAS:
        return 2;
    default:
        return -1;
    }
}

static enum terramis_status judge_types(struct pass *pass,
                                        struct inspection *inspection)
{
    bool mixed = false, heights = false;
    for (int i = 0; i < pass->type_count; i++) {
        OGRwkbGeometryType type = pass->types[i].type;
        text_addf(&inspection->types, "%s%s %lld", i ? ", " : "",
                  OGRGeometryTypeToName(type), pass->types[i].count);
        mixed |= dimension(type) != dimension(pass->types[0].type);
        heights |= wkbHasZ(type) != 0;
    }
    if (heights)
        text_add(&inspection->types, _("; heights are not used"));
    if (pass->curves)
        text_addf(&inspection->types, _("; %lld with curves, as short lines"),
                  pass->curves);
    TRY(text_status(&inspection->types));
    if (pass->collections)
        TRY(inspection_add(inspection, "collections",
                           _("%lld geometry collections: where areas are "
                             "needed only their polygons are used"),
                           pass->collections));
    return mixed ? inspection_add(inspection, "mixed-geometry",
                                  _("points, lines and areas in one layer: %s"),
                                  text_get(&inspection->types))
                 : TERRAMIS_OK;
}

/* Services give so many features and say no more. */
static enum terramis_status judge_count(const struct pass *pass,
                                        struct inspection *inspection)
{
    static const long long pages[] = {500, 1000, 5000, 10000, 20000};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pass->table.total == pages[i])
            return inspection_add(
                inspection, "page-limit",
                _("exactly %lld features, the limit of a service's page: the "
                  "layer may be cut short. Download it again with paging "
                  "(terramis fetch)"),
                pages[i]);
    return TERRAMIS_OK;
}

struct fields {
    const struct pass *pass;
    struct inspection *inspection;
};

static void note_field(const char *field, int column, void *data)
{
    const struct fields *f = data;
    const char *name = field + (*field == '?');
    if (column < 0) {
        text_addf(&f->inspection->missing, "%s%s",
                  f->inspection->missing.length ? ", " : "", name);
        return;
    }
    long long empty = f->pass->features - f->pass->fields[column].values;
    text_addf(
        &f->inspection->found, "%s%s", f->inspection->found.length ? ", " : "",
        OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(f->pass->definition, column)));
    if (empty > 0)
        text_addf(&f->inspection->found, _(" (%lld empty)"), empty);
}

static enum terramis_status judge(struct pass *pass,
                                  const struct profile *profile,
                                  struct inspection *inspection)
{
    struct fields fields = {pass, inspection};
    if (profile)
        fit_fields(profile, pass->definition, note_field, &fields);
    TRY(text_status(&inspection->found));
    TRY(text_status(&inspection->missing));
    TRY(judge_count(pass, inspection));
    TRY(judge_types(pass, inspection));
    TRY(judge_places(pass, inspection));
    TRY(judge_keys(pass, inspection));
    for (int i = 0; i < pass->field_count; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(pass->definition, i);
        TRY(text_tally_judge(&pass->fields[i], OGR_Fld_GetNameRef(field),
                             OGR_Fld_GetType(field) == OFTString, inspection));
    }
    return TERRAMIS_OK;
}

enum terramis_status inspect_vector(struct inspection *inspection,
                                    const struct config *config,
                                    const struct layer_config *layer,
                                    const char *key)
{
    const struct profile *profile = profile_of(&layer->profile);
    struct pass pass = {.key = -1};
    *inspection = (struct inspection){0};
    enum terramis_status status = table_open(&pass.table, config, layer);
    if (status == TERRAMIS_OK) {
        pass.definition = OGR_L_GetLayerDefn(pass.table.layer);
        pass.field_count = OGR_FD_GetFieldCount(pass.definition);
        if (!key && profile)
            key = profile->key;
        pass.key = key ? fit_column(pass.definition, key) : -1;
        status = mem_new(&pass.fields, (size_t)pass.field_count + 1,
                         sizeof *pass.fields);
    }
    if (status == TERRAMIS_OK)
        status = read_all(&pass);
    if (status == TERRAMIS_OK &&
        (gdal_first_error()[0] || pass.features < pass.table.least))
        status = inspection_add(
            inspection, "unreadable", _("its features cannot all be read: %s"),
            gdal_first_error()[0] ? gdal_first_error() : strerror(EIO));
    if (status == TERRAMIS_OK)
        status = judge(&pass, profile, inspection);
    for (size_t i = 0; i < pass.key_count; i++)
        free(pass.keys[i]);
    free(pass.keys);
    free(pass.points);
    free(pass.fields);
    table_close(&pass.table);
    return status;
}
