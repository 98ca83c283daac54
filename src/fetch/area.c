#include "fetch/area.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "fetch/address.h"
#include "fetch/answer.h"
#include "fetch/coordinates.h"
#include "layer/vector.h"

enum {
    EDGE_POINTS = 32 /* on each side of a rectangle that is transformed */
};

/* ---- from degrees to the project's CRS and back */

static enum terramis_status transform(const struct rect *from, bool inverse,
                                      const char *crs, struct rect *to)
{
    struct crs degrees = {0}, metres = {0};
    struct crs_step *step = NULL;
    double points[4 * EDGE_POINTS][2];
    for (int i = 0; i < EDGE_POINTS; i++) {
        double t = (double)i / EDGE_POINTS;
        double x = from->xmin + t * (from->xmax - from->xmin);
        double y = from->ymin + t * (from->ymax - from->ymin);
        double edges[4][2] = {{x, from->ymin},
                              {from->xmin + from->xmax - x, from->ymax},
                              {from->xmin, from->ymin + from->ymax - y},
                              {from->xmax, y}};
        memcpy(points[4 * (size_t)i], edges, sizeof edges);
    }
    enum terramis_status status;
    TRY_DONE(crs_parse(&degrees, "EPSG:4326"));
    TRY_DONE(crs_parse(&metres, crs));
    TRY_DONE(crs_step_open(&step, &degrees, &metres));
    crs_step_points(step, &points[0][0], &points[0][1], (size_t)4 * EDGE_POINTS,
                    2, inverse);
    *to = rect_empty();
    for (int i = 0; i < 4 * EDGE_POINTS; i++)
        if (isfinite(points[i][0]) && isfinite(points[i][1]))
            *to = rect_union(*to, (struct rect){points[i][0], points[i][1],
                                                points[i][0], points[i][1]});
    if (rect_is_empty(*to))
        status = status_set(TERRAMIS_PROJECT,
                            _("fetch: the territory cannot be placed in %s. "
                              "Give the project a CRS for that land"),
                            crs);
done:
    crs_step_close(step);
    crs_release(&degrees);
    crs_release(&metres);
    return status;
}

/* ---- communes */

static enum terramis_status copy_text(struct area *area, const char *text,
                                      const char **copy)
{
    *copy = text ? arena_text(&area->arena, text) : NULL;
    return text && !*copy ? status_no_memory() : TERRAMIS_OK;
}

static enum terramis_status add_commune(struct area *area, const char *what,
                                        struct json_object *feature,
                                        const char *siren, struct rect *degrees)
{
    struct json_object *properties = NULL, *contour = NULL;
    if (!json_object_object_get_ex(feature, "properties", &properties))
        properties = feature; /* of a bare array */
    if (!json_object_object_get_ex(feature, "geometry", &contour))
        json_object_object_get_ex(feature, "contour", &contour);
    const char *code = answer_text(properties, "code");
    if (!code || !contour)
        return status_set(TERRAMIS_INPUT,
                          _("%s: a commune without code or contour. Look at "
                            "services: geoapi"),
                          what);
    coordinates_extend(degrees, contour);
    TRY(mem_grow(&area->communes, &area->commune_capacity, area->commune_count,
                 sizeof *area->communes));
    struct commune *commune = &area->communes[area->commune_count];
    *commune = (struct commune){.siren = siren};
    TRY(copy_text(area, code, &commune->code));
    TRY(copy_text(area, answer_text(properties, "nom"), &commune->name));
    commune->contour = json_object_get(contour);
    area->commune_count++;
    return TERRAMIS_OK;
}

/* The communes of an answer: a collection, one feature or a bare array. */
static enum terramis_status
ask_communes(struct area *area, struct answers *answers, const char *address,
             const char *what, const char *siren, struct rect *degrees)
{
    struct json_object *json;
    TRY(answer_json(answers, address, what, &json));
    bool bare = json_object_is_type(json, json_type_array);
    struct json_object *list = bare ? json : answer_array(json, "features");
    size_t count = list ? json_object_array_length(list) : 1;
    enum terramis_status status = TERRAMIS_OK;
    if (count == 0)
        status = status_set(TERRAMIS_INPUT,
                            _("%s: no commune is known for this code. Correct "
                              "it under fetch:"),
                            what);
    for (size_t i = 0; i < count && status == TERRAMIS_OK; i++)
        status = add_commune(area, what,
                             list ? json_object_array_get_idx(list, i) : json,
                             siren, degrees);
    json_object_put(json);
    return status;
}

static void add_wanted(struct text *address)
{
    address_add(address, "fields", "code,nom,contour");
    address_add(address, "format", "geojson");
    address_add(address, "geometry", "contour");
}

/* ---- extents */

static enum terramis_status add_extent(struct area *area, double margin,
                                       struct extent extent)
{
    if (rect_is_empty(extent.metres))
        TRY(transform(&extent.degrees, false, area->crs, &extent.metres));
    extent.metres = rect_grow(extent.metres, margin);
    TRY(transform(&extent.metres, true, area->crs, &extent.degrees));
    TRY(mem_grow(&area->extents, &area->extent_capacity, area->extent_count,
                 sizeof *area->extents));
    area->extents[area->extent_count++] = extent;
    area->metres = rect_union(area->metres, extent.metres);
    area->degrees = rect_union(area->degrees, extent.degrees);
    return TERRAMIS_OK;
}

static enum terramis_status add_siren(struct area *area,
                                      const struct config *config,
                                      struct answers *answers,
                                      const char *siren)
{
    const char *base = config->services.address[SERVICE_geoapi];
    struct text address = {0}, what = {0};
    struct extent extent = {
        .siren = siren, .metres = rect_empty(), .degrees = rect_empty()};
    struct json_object *json = NULL;
    enum terramis_status status;
    text_addf(&what, "geoapi, siren %s", siren);
    text_addf(&address, "%s/communes", base);
    address_add(&address, "codeEpci", siren);
    add_wanted(&address);
    TRY_DONE(text_status(&address));
    TRY_DONE(text_status(&what));
    TRY_DONE(ask_communes(area, answers, text_get(&address), text_get(&what),
                          siren, &extent.degrees));
    text_release(&address);
    text_addf(&address, "%s/epcis/%s", base, siren);
    address_add(&address, "fields", "nom");
    TRY_DONE(answer_json(answers, text_get(&address), text_get(&what), &json));
    TRY_DONE(copy_text(area, answer_text(json, "nom"), &extent.name));
    status = add_extent(area, config->fetch.margin, extent);
done:
    json_object_put(json);
    text_release(&address);
    text_release(&what);
    return status;
}

static enum terramis_status add_communes(struct area *area,
                                         const struct config *config,
                                         struct answers *answers)
{
    const struct texts *codes = &config->fetch.communes;
    struct extent extent = {.metres = rect_empty(), .degrees = rect_empty()};
    for (size_t i = 0; i < codes->count; i++) {
        struct text address = {0}, what = {0};
        text_addf(&what, _("geoapi, commune %s"), codes->items[i]);
        text_addf(&address, "%s/communes/%s",
                  config->services.address[SERVICE_geoapi], codes->items[i]);
        add_wanted(&address);
        enum terramis_status status = text_status(&address);
        if (status == TERRAMIS_OK)
            status = ask_communes(area, answers, text_get(&address),
                                  text_get(&what), NULL, &extent.degrees);
        text_release(&address);
        text_release(&what);
        TRY(status);
    }
    return add_extent(area, config->fetch.margin, extent);
}

/* Without any of the keys of `fetch:` the territories' own files. */
static enum terramis_status add_files(struct area *area,
                                      const struct config *config)
{
    const struct territory_config *items = config->territories.items;
    struct crs crs = {0};
    enum terramis_status status = crs_parse(&crs, area->crs);
    for (size_t i = 0; i < config->territories.count && status == TERRAMIS_OK;
         i++) {
        struct vector vector;
        struct vector_request request = {.config = config,
                                         .layer = &items[i].layer,
                                         .crs = &crs,
                                         .reach = INFINITY,
                                         .areas = true,
                                         .needed = true};
        status = vector_read(&vector, &request);
        if (status == TERRAMIS_OK)
            status = add_extent(area, config->fetch.margin,
                                (struct extent){.metres = vector.extent});
        vector_release(&vector);
    }
    crs_release(&crs);
    return status;
}

/* Are the files of the territories what is to be downloaded? */
static enum terramis_status check_files(const struct config *config)
{
    const struct territory_config *t = config->territories.items;
    const struct fetch_config *entries = config->fetch.layers.items;
    for (size_t i = 0; i < config->territories.count; i++)
        for (size_t j = 0; j < config->fetch.layers.count; j++)
            if (strcmp(t[i].layer.source.text, entries[j].to) == 0)
                return status_set(
                    TERRAMIS_PROJECT,
                    _("%s:%d:%d: the territories are in a file that is to be "
                      "downloaded. Say where they lie: fetch: siren: [...], "
                      "communes: [...] or bbox: [...]"),
                    config->path, entries[j].at.line, entries[j].at.column);
    return TERRAMIS_OK;
}

enum terramis_status area_open(struct area *area, const struct config *config,
                               struct cache *cache)
{
    const struct fetching_config *fetch = &config->fetch;
    struct answers answers = {.cache = cache,
                              .max_bytes = (int64_t)(fetch->max_size * 1e6)};
    *area = (struct area){.metres = rect_empty(), .degrees = rect_empty()};
    bool code = strncmp(config->crs, "EPSG:", 5) == 0;
    snprintf(area->crs, sizeof area->crs, "%s",
             code ? config->crs : "EPSG:2154");
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < fetch->siren.count && status == TERRAMIS_OK; i++)
        status = add_siren(area, config, &answers, fetch->siren.items[i]);
    if (status == TERRAMIS_OK && fetch->communes.count > 0)
        status = add_communes(area, config, &answers);
    if (status == TERRAMIS_OK && fetch->bbox.count == 4) {
        const double *b = fetch->bbox.items;
        struct rect box = {b[0], b[1], b[2], b[3]};
        status =
            add_extent(area, fetch->margin, (struct extent){.metres = box});
    }
    if (status == TERRAMIS_OK && area->extent_count == 0) {
        status = check_files(config);
        if (status == TERRAMIS_OK)
            status = add_files(area, config);
    }
    memcpy(area->date, answers.date, sizeof area->date);
    if (status == TERRAMIS_INPUT && !answers.unreachable)
        answer_forget(&answers);
    answers_release(&answers);
    return status;
}

void area_release(struct area *area)
{
    for (size_t i = 0; i < area->commune_count; i++)
        json_object_put(area->communes[i].contour);
    free(area->communes);
    free(area->extents);
    arena_release(&area->arena);
    *area = (struct area){0};
}

enum terramis_status area_need_communes(const struct area *area,
                                        const struct config *config,
                                        const struct fetch_config *entry)
{
    if (area->commune_count > 0)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("%s:%d:%d: the service %s is asked commune by commune. "
                        "Name them: fetch: siren: [...] or communes: [...]"),
                      config->path, entry->at.line, entry->at.column,
                      entry->service.op->name);
}
