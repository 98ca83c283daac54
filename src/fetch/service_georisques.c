/* Georisques API v1, commune by commune. Records that are only known to lie
 * in a commune have a null geometry there; they are kept, without one, and
 * `localisation` says so. */
#include <string.h>

#include "fetch/address.h"
#include "fetch/pages.h"

enum georisques_what {
    CASIAS,
    INSTRUCTIONS,
    SIS,
    SUP,
    INSTALLATIONS
};

struct georisques {
    int what;
    int page_size;
};

static const char *const names[] = {
    "casias",          "instructions",           "conclusions_sis",
    "conclusions_sup", "installations_classees", NULL};

/* Paths, and the keys under which /ssp groups the same: the API's readers
 * found both. */
static const struct {
    const char *path, *group, *other;
} sources[] = {
    [CASIAS] = {"ssp/casias", "casias", "basias"},
    [INSTRUCTIONS] = {"ssp/instructions", "instructions", "basol"},
    [SIS] = {"ssp/conclusions_sis", "conclusions_sis", "sis"},
    [SUP] = {"ssp/conclusions_sup", "conclusions_sup", "sup"},
    [INSTALLATIONS] = {"installations_classees", "installations_classees",
                       "installations"},
};

// clang-format off
static const struct param params[] = {
    {"what", PARAM_CHOICE, offsetof(struct georisques, what),
     .choices = names, .required = true,
     .help = N_("Records to download.")},
    {"page_size", PARAM_INT, offsetof(struct georisques, page_size),
     .preset = "100", .min = 1, .max = PAGES_LIMIT,
     .help = N_("Records of a page.")},
    {.name = NULL}
};
// clang-format on

/* A geometry from the record's own or from longitude and latitude. */
static struct json_object *take_geometry(struct json_object *record)
{
    struct json_object *geometry = NULL, *x = NULL, *y = NULL;
    if (json_object_object_get_ex(record, "geom", &geometry)) {
        json_object_get(geometry);
        json_object_object_del(record, "geom");
    }
    json_object_object_get_ex(record, "longitude", &x);
    json_object_object_get_ex(record, "latitude", &y);
    if (geometry || !json_object_is_type(x, json_type_double) ||
        !json_object_is_type(y, json_type_double))
        return geometry;
    struct json_object *position = json_object_new_array();
    json_object_array_add(position, json_object_get(x));
    json_object_array_add(position, json_object_get(y));
    geometry = json_object_new_object();
    json_object_object_add(geometry, "type", json_object_new_string("Point"));
    json_object_object_add(geometry, "coordinates", position);
    return geometry;
}

/* The record as a feature; takes a reference of its own. */
static struct json_object *feature_of(struct json_object *record)
{
    struct json_object *feature = json_object_new_object();
    struct json_object *geometry = take_geometry(record);
    json_object_object_add(
        record, "localisation",
        json_object_new_string(geometry ? "objet" : "commune"));
    json_object_object_add(feature, "type", json_object_new_string("Feature"));
    json_object_object_add(feature, "properties", json_object_get(record));
    json_object_object_add(feature, "geometry", geometry);
    return feature;
}

/* The part of the answer that holds the list: the whole, or a group of it. */
static struct json_object *list_holder(struct json_object *json, int what)
{
    struct json_object *group = NULL;
    if (answer_array(json, "data"))
        return json;
    if (json_object_object_get_ex(json, sources[what].group, &group) ||
        json_object_object_get_ex(json, sources[what].other, &group))
        return group;
    return NULL;
}

static enum terramis_status take_page(struct fetch_job *job, const char *what,
                                      struct pages *pages,
                                      struct json_object *json)
{
    const struct georisques *wanted = job->entry->service.params;
    struct json_object *holder = list_holder(json, wanted->what);
    struct json_object *list = answer_array(holder, "data");
    const char *message = answer_text(json, "message");
    if (!list)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the answer has no list 'data'%s%s. Look at "
                            "services: georisques"),
                          what, message ? ": " : "", message ? message : "");
    size_t count = json_object_array_length(list);
    struct json_object *features = json_object_new_array();
    for (size_t i = 0; i < count; i++) {
        struct json_object *record = json_object_array_get_idx(list, i);
        if (json_object_is_type(record, json_type_object))
            json_object_array_add(features, feature_of(record));
    }
    enum terramis_status status = pages_note(
        pages, what, answer_count(holder, "results"), (long long)count);
    if (status == TERRAMIS_OK)
        status =
            collection_add(job->collection, what, features, NULL, "EPSG:4326");
    json_object_put(features);
    return status;
}

static enum terramis_status ask_commune(struct fetch_job *job,
                                        const struct commune *commune)
{
    const struct georisques *wanted = job->entry->service.params;
    struct pages pages = {.repeated = job->collection->counts.repeated};
    struct text address = {0}, what = {0}, subject = {0};
    enum terramis_status status;
    text_addf(&subject, _("%s, commune %s"), names[wanted->what],
              commune->code);
    do {
        struct json_object *json = NULL;
        text_release(&address);
        text_addf(&address, "%s/%s", job->address, sources[wanted->what].path);
        address_add(&address, "code_insee", commune->code);
        address_addf(&address, "page", "%d", pages.count + 1);
        address_addf(&address, "page_size", "%d", wanted->page_size);
        service_what(&what, job, text_get(&subject), pages.count + 1);
        TRY_DONE(text_status(&address));
        TRY_DONE(text_status(&what));
        TRY_DONE(answer_json(job->answers, text_get(&address), text_get(&what),
                             &json));
        status = take_page(job, text_get(&what), &pages, json);
        json_object_put(json);
        if (status != TERRAMIS_OK)
            goto done;
    } while (pages_go_on(&pages, wanted->page_size));
    status = pages_check(&pages, text_get(&what), job->collection, NULL);
done:
    text_release(&address);
    text_release(&what);
    text_release(&subject);
    return status;
}

static enum terramis_status fetch(struct fetch_job *job)
{
    job->collection->lenient = true;
    return service_each_commune(job, ask_commune);
}

const struct fetch_service service_georisques = {
    .op = {.name = "georisques",
           .summary = N_("Georisques (former industrial sites, polluted "
                         "soils), commune by commune"),
           .params = params,
           .params_size = sizeof(struct georisques)},
    .fetch = fetch};
