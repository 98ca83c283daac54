/* Hub'Eau: water abstractions by department. A page with others to follow
 * comes with code 206 and names the `next` one. */
#include <string.h>

#include "fetch/address.h"
#include "fetch/pages.h"

enum {
    DEPARTMENT_DEGREES = 2 /* no department reaches further */
};

struct hubeau {
    const char *what;
    struct texts parameters;
    int page_size;
};

// clang-format off
static const struct param params[] = {
    {"what", PARAM_TEXT, offsetof(struct hubeau, what),
     .preset = "prelevements/referentiel/ouvrages",
     .help = N_("Path of the records to download.")},
    {"parameters", PARAM_TEXTS, offsetof(struct hubeau, parameters),
     .help = N_("More conditions, such as [code_usage_second_niveau=5] for "
             "drinking water.")},
    {"page_size", PARAM_INT, offsetof(struct hubeau, page_size),
     .preset = "1000", .min = 1, .max = PAGES_LIMIT,
     .help = N_("Records of a page.")},
    {.name = NULL}
};
// clang-format on

static enum terramis_status make_address(struct text *address,
                                         const struct fetch_job *job,
                                         const char *department)
{
    const struct hubeau *wanted = job->entry->service.params;
    text_release(address);
    text_addf(address, "%s/%s", job->address, wanted->what);
    address_add(address, "code_departement", department);
    for (size_t i = 0; i < wanted->parameters.count; i++) {
        const char *pair = wanted->parameters.items[i];
        const char *sign = strchr(pair, '=');
        char name[64];
        if (!sign || sign == pair || (size_t)(sign - pair) >= sizeof name)
            return service_problem(job, TERRAMIS_PROJECT,
                                   _("parameters: expected name=value, found "
                                     "%s"),
                                   pair);
        snprintf(name, sizeof name, "%.*s", (int)(sign - pair), pair);
        address_add(address, name, sign + 1);
    }
    address_add(address, "format", "geojson");
    address_addf(address, "size", "%d", wanted->page_size);
    return text_status(address);
}

/* Records without a geometry of their own may still have coordinates. */
static enum terramis_status take_page(struct fetch_job *job, const char *what,
                                      struct pages *pages,
                                      struct json_object *json)
{
    struct json_object *features = answer_array(json, "features");
    if (!features)
        features = answer_array(json, "data");
    if (!features)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the answer has no list of features. Look at "
                            "what: and at services: hubeau"),
                          what);
    TRY(pages_note(pages, what, answer_count(json, "count"),
                   (long long)json_object_array_length(features)));
    return collection_add(job->collection, what, features, NULL, "EPSG:4326");
}

/* The address of the next page, checked as a redirect is. */
static enum terramis_status next_page(const struct fetch_job *job,
                                      const char *what, const char *next,
                                      struct text *address)
{
    if (!next || !*next) {
        text_release(address);
        return TERRAMIS_OK;
    }
    TRY(address_may_follow(what, text_get(address), next,
                           &job->config->fetch.hosts));
    if (strcmp(text_get(address), next) == 0)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the page names itself as the next one. Try "
                            "again later"),
                          what);
    text_release(address);
    text_add(address, next);
    return text_status(address);
}

static enum terramis_status ask_department(struct fetch_job *job,
                                           const char *department)
{
    struct pages pages = {.repeated = job->collection->counts.repeated};
    struct text address = {0}, what = {0}, subject = {0};
    enum terramis_status status;
    text_addf(&subject, _("department %s"), department);
    TRY_DONE(make_address(&address, job, department));
    while (*text_get(&address)) {
        struct json_object *json = NULL;
        service_what(&what, job, text_get(&subject), pages.count + 1);
        TRY_DONE(answer_json(job->answers, text_get(&address), text_get(&what),
                             &json));
        status = take_page(job, text_get(&what), &pages, json);
        if (status == TERRAMIS_OK)
            status = next_page(job, text_get(&what), answer_text(json, "next"),
                               &address);
        json_object_put(json);
        if (status != TERRAMIS_OK)
            goto done;
        service_progress(job, pages.returned, pages.matched);
    }
    status = pages_check(&pages, text_get(&what), job->collection, NULL);
done:
    text_release(&address);
    text_release(&what);
    text_release(&subject);
    return status;
}

/* 76, but 971: overseas a department has three digits. */
static void department_of(const struct commune *commune, char department[4])
{
    bool overseas = strncmp(commune->code, "97", 2) == 0 ||
                    strncmp(commune->code, "98", 2) == 0;
    snprintf(department, 4, "%.*s", overseas ? 3 : 2, commune->code);
}

static enum terramis_status fetch(struct fetch_job *job)
{
    TRY(area_need_communes(job->area, job->config, job->entry));
    /* a page holds objects of the whole department */
    job->collection->lenient = true;
    job->collection->degrees =
        rect_grow(job->area->degrees, DEPARTMENT_DEGREES);
    for (size_t i = 0; i < job->area->commune_count; i++) {
        char department[4], other[4];
        bool asked = false;
        department_of(&job->area->communes[i], department);
        for (size_t j = 0; j < i && !asked; j++) {
            department_of(&job->area->communes[j], other);
            asked = strcmp(department, other) == 0;
        }
        if (asked)
            continue;
        collection_next_part(job->collection);
        TRY(ask_department(job, department));
    }
    return TERRAMIS_OK;
}

const struct fetch_service service_hubeau = {
    .op = {.name = "hubeau",
           .summary = N_("Hub'Eau (water abstractions), by the departments of "
                         "the communes"),
           .params = params,
           .params_size = sizeof(struct hubeau)},
    .fetch = fetch};
