#include "fetch/collection.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "fetch/coordinates.h"

static void put(struct collection *c, const char *text)
{
    size_t length = strlen(text);
    file_write(&c->file, text, length);
    c->bytes += (int64_t)length;
}

enum terramis_status collection_begin(struct collection *c, const char *path)
{
    c->counts = (struct collection_counts){0};
    c->bytes = 0;
    c->crs[0] = '\0';
    c->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    c->part = 1;
    return file_create(&c->file, path);
}

void collection_next_part(struct collection *c)
{
    c->part++;
}

/* ---- coordinates */

/* NULL where there is none, or one without a position. */
static struct json_object *geometry_of(struct json_object *feature)
{
    struct json_object *geometry = NULL;
    json_object_object_get_ex(feature, "geometry", &geometry);
    return coordinates_are_none(geometry) ? NULL : geometry;
}

static struct rect turned(struct rect r)
{
    return (struct rect){r.ymin, r.xmin, r.ymax, r.xmax};
}

static enum terramis_status elsewhere(const struct collection *c,
                                      const char *what, struct rect found,
                                      struct rect area)
{
    if (c->lenient) {
        log_line(LOG_WARNING,
                 _("%s: the objects lie elsewhere than their code says (%.6g "
                   "%.6g to %.6g %.6g)"),
                 what, found.xmin, found.ymin, found.xmax, found.ymax);
        return TERRAMIS_OK;
    }
    return status_set(TERRAMIS_INPUT,
                      _("%s: the objects lie elsewhere (%.6g %.6g to %.6g "
                        "%.6g) than was asked for (%.6g %.6g to %.6g %.6g). "
                        "Look at the layer's name and at services:"),
                      what, found.xmin, found.ymin, found.xmax, found.ymax,
                      area.xmin, area.ymin, area.xmax, area.ymax);
}

/* Are the features of this answer where they belong? */
static enum terramis_status check_axes(struct collection *c, const char *what,
                                       struct json_object *features,
                                       struct rect area)
{
    size_t n = json_object_array_length(features), right = 0, wrong = 0,
           placed = 0;
    struct rect all = rect_empty();
    for (size_t i = 0; i < n; i++) {
        struct rect extent = rect_empty();
        coordinates_extend(&extent,
                           geometry_of(json_object_array_get_idx(features, i)));
        placed += !rect_is_empty(extent);
        right += rect_meets(extent, area);
        wrong += rect_meets(turned(extent), area);
        all = rect_union(all, extent);
    }
    if (placed == 0 || right > 0)
        return TERRAMIS_OK;
    if (wrong == 0)
        return elsewhere(c, what, all, area);
    for (size_t i = 0; i < n; i++)
        coordinates_turn(geometry_of(json_object_array_get_idx(features, i)));
    c->counts.turned += (long long)placed;
    log_line(LOG_WARNING,
             _("%s: the service gives x and y exchanged (latitude first); "
               "turned round"),
             what);
    return TERRAMIS_OK;
}

/* An answer that names no CRS is in degrees if it can be. */
static const char *guess_crs(const struct collection *c,
                             struct json_object *features)
{
    struct rect all = rect_empty();
    for (size_t i = 0; i < json_object_array_length(features); i++)
        coordinates_extend(&all,
                           geometry_of(json_object_array_get_idx(features, i)));
    if (rect_is_empty(all) && c->crs[0])
        return c->crs;
    bool degrees = rect_is_empty(all) || (all.xmin >= -180 && all.xmax <= 180 &&
                                          all.ymin >= -180 && all.ymax <= 180);
    return degrees || !c->wanted ? "EPSG:4326" : c->wanted;
}

static enum terramis_status check_crs(struct collection *c, const char *what,
                                      const char *crs)
{
    if (!c->crs[0]) {
        snprintf(c->crs, sizeof c->crs, "%s", crs);
    } else if (strcmp(c->crs, crs) != 0) {
        return status_set(TERRAMIS_INPUT,
                          _("%s: answers in %s and in %s; the service changes "
                            "its coordinate system on the way"),
                          what, c->crs, crs);
    }
    return TERRAMIS_OK;
}

/* ---- identity */

/* The text that tells a feature apart, or NULL. */
static const char *id_of(struct json_object *feature, const char *key)
{
    struct json_object *properties = NULL, *id = NULL;
    json_object_object_get_ex(feature, "properties", &properties);
    if (key)
        json_object_object_get_ex(properties, key, &id);
    else if (!json_object_object_get_ex(feature, "id", &id))
        json_object_object_get_ex(properties, "id", &id);
    return id ? json_object_get_string(id) : NULL;
}

/* Notes the feature; false if it is in the file already. */
static bool note(struct collection *c, const char *id)
{
    int before =
        id ? GPOINTER_TO_INT(g_hash_table_lookup((GHashTable *)c->ids, id)) : 0;
    if (id)
        g_hash_table_insert((GHashTable *)c->ids, g_strdup(id),
                            GINT_TO_POINTER(c->part));
    c->counts.nameless += id == NULL;
    c->counts.repeated += before == c->part;
    c->counts.again += before != 0 && before != c->part;
    return before == 0;
}

/* ---- writing */

static void begin_text(struct collection *c)
{
    put(c, "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
           "\"properties\":{\"name\":\"");
    /* longitude first, as all GeoJSON; EPSG's own order is the other */
    if (strcmp(c->crs, "EPSG:4326") == 0) {
        put(c, "urn:ogc:def:crs:OGC:1.3:CRS84");
    } else {
        put(c, "urn:ogc:def:crs:EPSG::");
        put(c, c->crs + strlen("EPSG:"));
    }
    put(c, "\"}},\"features\":[\n");
}

static enum terramis_status write_one(struct collection *c,
                                      struct json_object *feature)
{
    struct json_object *properties = NULL;
    json_object_object_get_ex(feature, "properties", &properties);
    const char *texts[] = {
        c->counts.written ? ",\n" : "", "{\"type\":\"Feature\",\"properties\":",
        properties
            ? json_object_to_json_string_ext(properties, JSON_C_TO_STRING_PLAIN)
            : "{}"};
    for (size_t i = 0; i < 3; i++)
        if (!texts[i])
            return status_no_memory();
        else
            put(c, texts[i]);
    struct json_object *geometry = geometry_of(feature);
    const char *shape =
        geometry
            ? json_object_to_json_string_ext(geometry, JSON_C_TO_STRING_PLAIN)
            : "null";
    if (!shape)
        return status_no_memory();
    put(c, ",\"geometry\":");
    put(c, shape);
    put(c, "}");
    c->counts.written++;
    c->counts.without_geometry += geometry == NULL;
    return TERRAMIS_OK;
}

static enum terramis_status add_one(struct collection *c, const char *what,
                                    struct json_object *feature,
                                    const char *key)
{
    if (!json_object_is_type(feature, json_type_object))
        return status_set(TERRAMIS_INPUT,
                          _("%s: among the objects is something else"), what);
    const char *id = id_of(feature, key);
    if (key && !id)
        return status_set(TERRAMIS_INPUT,
                          _("%s: an object has no field '%s' to tell it apart. "
                            "Give key: the name of one that has a value in "
                            "every object"),
                          what, key);
    if (!coordinates_are_sane(geometry_of(feature)))
        return status_set(TERRAMIS_INPUT,
                          _("%s: an object has coordinates that are none (not "
                            "finite, or beyond all places). Try again later"),
                          what);
    return note(c, id) ? write_one(c, feature) : TERRAMIS_OK;
}

enum terramis_status collection_add(struct collection *c, const char *what,
                                    struct json_object *features,
                                    const char *key, const char *crs)
{
    size_t count = json_object_array_length(features);
    if (count == 0)
        return TERRAMIS_OK;
    if (!crs)
        crs = guess_crs(c, features);
    bool first = !c->crs[0];
    TRY(check_crs(c, what, crs));
    if (first)
        begin_text(c);
    bool degrees = strcmp(crs, "EPSG:4326") == 0;
    struct rect area = degrees ? c->degrees : c->area;
    bool known = degrees || (c->wanted && strcmp(crs, c->wanted) == 0);
    if (known && !rect_is_empty(area))
        TRY(check_axes(c, what, features, area));
    for (size_t i = 0; i < count; i++)
        TRY(add_one(c, what, json_object_array_get_idx(features, i), key));
    /* a service that always has one more page must come to an end */
    if (c->max_bytes > 0 && c->bytes > c->max_bytes)
        return status_set(TERRAMIS_INPUT,
                          _("%s: with this answer the layer is larger than "
                            "%.6g MB. If that is right, raise fetch: max_size"),
                          what, (double)c->max_bytes / 1e6);
    return TERRAMIS_OK;
}

static void release(struct collection *c)
{
    if (c->ids)
        g_hash_table_destroy((GHashTable *)c->ids);
    c->ids = NULL;
}

enum terramis_status collection_end(struct collection *c)
{
    if (!c->crs[0]) {
        snprintf(c->crs, sizeof c->crs, "%s",
                 c->wanted ? c->wanted : "EPSG:4326");
        begin_text(c);
    }
    put(c, "\n]}\n");
    release(c);
    return file_commit(&c->file);
}

void collection_cancel(struct collection *c)
{
    release(c);
    file_discard(&c->file);
}
