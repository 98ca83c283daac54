/* geo.api.gouv.fr: the communes of the territories, and the territories as
 * their union. area.c has asked for them already. */
#include <stdlib.h>
#include <string.h>

#include "fetch/service.h"
#include "geo/geojson.h"
#include "param/json.h"

enum geoapi_what {
    EPCI,
    COMMUNES
};

struct geoapi {
    int what;
};

static const char *const names[] = {"epci", "communes", NULL};

// clang-format off
static const struct param params[] = {
    {"what", PARAM_CHOICE, offsetof(struct geoapi, what),
     .choices = names, .preset = "epci",
     .help = N_("Outlines: of the EPCI under siren:, or of their communes.")},
    {.name = NULL}
};
// clang-format on

static struct json_object *text_or_null(const char *text)
{
    return text ? json_object_new_string(text) : NULL;
}

/* A feature of three texts and a geometry, which it takes over. */
static enum terramis_status add(struct fetch_job *job, const char *what,
                                const char *const pairs[3][2],
                                struct json_object *geometry)
{
    bool broken = false;
    struct json_object *list = json_object_new_array();
    struct json_object *feature = json_object_new_object();
    struct json_object *properties = json_object_new_object();
    for (size_t i = 0; i < 3 && pairs[i][0]; i++)
        json_object_object_add(properties, pairs[i][0],
                               text_or_null(pairs[i][1]));
    json_put(feature, "properties", properties, &broken);
    json_put(feature, "geometry", geometry, &broken);
    json_append(list, feature, &broken);
    enum terramis_status status =
        broken ? status_no_memory()
               : collection_add(job->collection, what, list, pairs[0][0],
                                "EPSG:4326");
    json_object_put(list);
    return status;
}

static enum terramis_status add_communes(struct fetch_job *job,
                                         const char *what)
{
    for (size_t i = 0; i < job->area->commune_count; i++) {
        const struct commune *c = &job->area->communes[i];
        const char *const pairs[3][2] = {
            {"code", c->code}, {"nom", c->name}, {"siren", c->siren}};
        TRY(add(job, what, pairs, json_object_get(c->contour)));
    }
    return TERRAMIS_OK;
}

/* The union of the communes of one EPCI. */
static enum terramis_status unite(struct geos *geos, const struct area *area,
                                  const char *siren,
                                  struct json_object **geometry)
{
    const char **contours = NULL;
    char *whole = NULL;
    size_t count = 0;
    TRY(mem_new(&contours, area->commune_count + 1, sizeof *contours));
    for (size_t i = 0; i < area->commune_count; i++)
        if (area->communes[i].siren == siren)
            contours[count++] =
                json_object_to_json_string(area->communes[i].contour);
    enum terramis_status status = geojson_union(geos, contours, count, &whole);
    free(contours);
    TRY(status);
    *geometry = json_tokener_parse(whole);
    geojson_free(geos, whole);
    return *geometry ? TERRAMIS_OK : status_no_memory();
}

static enum terramis_status add_epci(struct fetch_job *job, const char *what)
{
    struct geos geos;
    TRY(geos_open(&geos));
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < job->area->extent_count && status == TERRAMIS_OK;
         i++) {
        const struct extent *e = &job->area->extents[i];
        struct json_object *geometry;
        const char *const pairs[3][2] = {{"siren", e->siren}, {"nom", e->name}};
        if (!e->siren)
            continue;
        status = unite(&geos, job->area, e->siren, &geometry);
        if (status == TERRAMIS_OK)
            status = add(job, what, pairs, geometry);
    }
    geos_close(&geos);
    return status;
}

static enum terramis_status fetch(struct fetch_job *job)
{
    const struct geoapi *wanted = job->entry->service.params;
    struct text what = {0};
    TRY(area_need_communes(job->area, job->config, job->entry));
    if (wanted->what == EPCI && job->config->fetch.siren.count == 0)
        return service_problem(job, TERRAMIS_PROJECT,
                               _("what: epci needs fetch: siren: [...]"));
    service_what(&what, job, names[wanted->what], 0);
    enum terramis_status status = text_status(&what);
    if (status == TERRAMIS_OK)
        status = wanted->what == EPCI ? add_epci(job, text_get(&what))
                                      : add_communes(job, text_get(&what));
    text_release(&what);
    return status;
}

const struct fetch_service service_geoapi = {
    .op = {.name = "geoapi",
           .summary = N_("geo.api.gouv.fr: outlines of the territories (EPCI) "
                         "and of their communes"),
           .params = params,
           .params_size = sizeof(struct geoapi)},
    .fetch = fetch};
