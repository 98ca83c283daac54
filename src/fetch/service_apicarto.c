/* API Carto of IGN: cadastre, gpu, nature, rpg. Pages by _start and _limit
 * where the module has them; gpu has none and stops at 5,000: there the
 * rectangle is quartered. */
#include <string.h>

#include "fetch/address.h"
#include "fetch/pages.h"

enum {
    SPLITS_MAX = 5 /* halvings of a rectangle that holds too much */
};

struct apicarto {
    const char *what;
    int year;
    const char *key;
    int page_size;
};

// clang-format off
static const struct param params[] = {
    {"what", PARAM_TEXT, offsetof(struct apicarto, what), .required = true,
     .help = N_("Module and source, such as nature/natura-habitat.")},
    {"year", PARAM_INT, offsetof(struct apicarto, year), .max = 2100,
     .help = N_("Year, for rpg.")},
    {"key", PARAM_TEXT, offsetof(struct apicarto, key),
     .help = N_("Field that tells objects apart; their id when not given.")},
    {"page_size", PARAM_INT, offsetof(struct apicarto, page_size),
     .preset = "500", .min = 1, .max = PAGES_LIMIT,
     .help = N_("Objects of a page.")},
    {.name = NULL}
};
// clang-format on

static bool has_pages(const struct apicarto *wanted)
{
    return strncmp(wanted->what, "gpu/", 4) != 0;
}

static void make_address(struct text *address, const struct fetch_job *job,
                         const struct rect *r, long long start)
{
    const struct apicarto *wanted = job->entry->service.params;
    text_release(address);
    text_addf(address, "%s/%s", job->address, wanted->what);
    address_addf(address, "geom",
                 "{\"type\":\"Polygon\",\"coordinates\":[[[%.5f,%.5f],[%.5f,"
                 "%.5f],[%.5f,%.5f],[%.5f,%.5f],[%.5f,%.5f]]]}",
                 r->xmin, r->ymin, r->xmax, r->ymin, r->xmax, r->ymax, r->xmin,
                 r->ymax, r->xmin, r->ymin);
    if (wanted->year)
        address_addf(address, "annee", "%d", wanted->year);
    if (!has_pages(wanted))
        return;
    address_addf(address, "_limit", "%d", wanted->page_size);
    address_addf(address, "_start", "%lld", start);
}

static enum terramis_status take_page(struct fetch_job *job, const char *what,
                                      struct pages *pages,
                                      struct json_object *json)
{
    const struct apicarto *wanted = job->entry->service.params;
    struct json_object *features = answer_array(json, "features");
    if (!features)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the answer has no list of features. Look at "
                            "what: and at services: apicarto"),
                          what);
    long long matched = answer_count(json, "totalFeatures");
    if (matched < 0)
        matched = answer_count(json, "numberMatched");
    char crs[64];
    bool named = answer_crs(json, crs);
    TRY(pages_note(pages, what, matched,
                   (long long)json_object_array_length(features)));
    return collection_add(job->collection, what, features, wanted->key,
                          named ? crs : NULL);
}

/* Asks for all pages of a rectangle. */
static enum terramis_status ask_pages(struct fetch_job *job,
                                      const struct rect *box,
                                      struct pages *pages, struct text *what)
{
    const struct apicarto *wanted = job->entry->service.params;
    struct text address = {0};
    enum terramis_status status;
    *pages = (struct pages){.repeated = job->collection->counts.repeated};
    do {
        struct json_object *json = NULL;
        make_address(&address, job, box, pages->returned);
        service_what(what, job, wanted->what, pages->count + 1);
        TRY_DONE(text_status(&address));
        TRY_DONE(text_status(what));
        TRY_DONE(answer_json(job->answers, text_get(&address), text_get(what),
                             &json));
        status = take_page(job, text_get(what), pages, json);
        json_object_put(json);
        if (status != TERRAMIS_OK)
            goto done;
        service_progress(job, pages->returned, pages->matched);
    } while (has_pages(wanted) && pages_go_on(pages, wanted->page_size));
done:
    text_release(&address);
    return status;
}

/* The quarters of a rectangle, where one answer cannot hold all of it. */
// NOLINTNEXTLINE(misc-no-recursion): SPLITS_MAX deep
static enum terramis_status ask_box(struct fetch_job *job, struct rect box,
                                    int splits)
{
    const struct apicarto *wanted = job->entry->service.params;
    struct pages pages;
    struct text what = {0};
    enum terramis_status status = ask_pages(job, &box, &pages, &what);
    bool cut =
        status == TERRAMIS_OK && !has_pages(wanted) &&
        (pages.returned >= PAGES_LIMIT || pages.returned < pages.matched);
    /* quarters overlap in what they hold: that must be seen */
    bool split =
        cut && splits < SPLITS_MAX && job->collection->counts.nameless == 0;
    if (status == TERRAMIS_OK && !split)
        status =
            pages_check(&pages, text_get(&what), job->collection, wanted->key);
    text_release(&what);
    if (!split)
        return status;
    double x = (box.xmin + box.xmax) / 2, y = (box.ymin + box.ymax) / 2;
    const struct rect quarters[] = {{box.xmin, box.ymin, x, y},
                                    {x, box.ymin, box.xmax, y},
                                    {box.xmin, y, x, box.ymax},
                                    {x, y, box.xmax, box.ymax}};
    for (size_t i = 0; i < 4 && status == TERRAMIS_OK; i++) {
        collection_next_part(job->collection);
        status = ask_box(job, quarters[i], splits + 1);
    }
    return status;
}

static enum terramis_status fetch(struct fetch_job *job)
{
    for (size_t i = 0; i < job->area->extent_count; i++) {
        collection_next_part(job->collection);
        TRY(ask_box(job, job->area->extents[i].degrees, 0));
    }
    return TERRAMIS_OK;
}

const struct fetch_service service_apicarto = {
    .op = {.name = "apicarto",
           .summary = N_("API Carto of IGN (cadastre, gpu, nature, rpg), in "
                         "the territory's rectangle"),
           .params = params,
           .params_size = sizeof(struct apicarto)},
    .fetch = fetch};
