/* The cadastre by Etalab: a packed GeoJSON file for every commune. */
#include <string.h>

#include "fetch/service.h"

struct cadastre {
    int what;
};

static const char *const names[] = {"parcelles", "batiments",  "sections",
                                    "feuilles",  "lieux_dits", NULL};

// clang-format off
static const struct param params[] = {
    {"what", PARAM_CHOICE, offsetof(struct cadastre, what),
     .choices = names, .preset = "parcelles",
     .help = N_("Objects of the cadastre.")},
    {.name = NULL}
};
// clang-format on

static enum terramis_status ask_commune(struct fetch_job *job,
                                        const struct commune *commune)
{
    const struct cadastre *wanted = job->entry->service.params;
    const char *name = names[wanted->what], *code = commune->code;
    int digits = strncmp(code, "97", 2) == 0 ? 3 : 2;
    struct text address = {0}, what = {0}, subject = {0};
    struct json_object *json = NULL;
    enum terramis_status status;
    text_addf(&subject, _("%s, commune %s"), name, code);
    text_addf(&address, "%s/%.*s/%s/cadastre-%s-%s.json.gz", job->address,
              digits, code, code, code, name);
    service_what(&what, job, text_get(&subject), 0);
    TRY_DONE(text_status(&address));
    TRY_DONE(text_status(&what));
    TRY_DONE(
        answer_json(job->answers, text_get(&address), text_get(&what), &json));
    struct json_object *features = answer_array(json, "features");
    if (!features)
        status = status_set(TERRAMIS_INPUT,
                            _("%s: the file has no list of features. Look at "
                              "services: cadastre"),
                            text_get(&what));
    else /* buildings have no id */
        status = collection_add(job->collection, text_get(&what), features,
                                NULL, "EPSG:4326");
done:
    json_object_put(json);
    text_release(&address);
    text_release(&what);
    text_release(&subject);
    return status;
}

static enum terramis_status fetch(struct fetch_job *job)
{
    return service_each_commune(job, ask_commune);
}

const struct fetch_service service_cadastre = {
    .op = {.name = "cadastre",
           .summary = N_("Cadastre (Etalab), commune by commune"),
           .params = params,
           .params_size = sizeof(struct cadastre)},
    .fetch = fetch};
