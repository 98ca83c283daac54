/* WFS 2.0 (OGC 09-025r2) as the Geoplateforme answers it: GeoJSON, in pages,
 * sorted, in the project's CRS. */
#include <string.h>

#include "fetch/address.h"
#include "fetch/pages.h"

struct wfs {
    const char *typename;
    const char *key;
    const char *filter;
    const char *geometry;
    int page_size;
};

// clang-format off
static const struct param params[] = {
    {"typename", PARAM_TEXT, offsetof(struct wfs, typename), .required = true,
     .help = N_("Layer of the service, such as BDTOPO_V3:batiment.")},
    {"key", PARAM_TEXT, offsetof(struct wfs, key),
     .help = N_("Field that sorts the pages and tells objects apart, such as "
             "cleabs.")},
    {"filter", PARAM_TEXT, offsetof(struct wfs, filter),
     .help = N_("Objects to download, as a CQL condition on attributes.")},
    {"geometry", PARAM_TEXT, offsetof(struct wfs, geometry),
     .preset = "geometrie",
     .help = N_("Field of the geometry, for filter: only.")},
    {"page_size", PARAM_INT, offsetof(struct wfs, page_size),
     .preset = "1000", .min = 1, .max = PAGES_LIMIT,
     .help = N_("Objects of a page; the Geoplateforme gives 5,000 at most.")},
    {.name = NULL}
};
// clang-format on

/* Fields known to be different in every object [layers' documentation]. */
static const char *default_key(const char *typename)
{
    static const struct {
        const char *prefix, *key;
    } keys[] = {{"BDTOPO_V3:", "cleabs"},
                {"CADASTRALPARCELS.PARCELLAIRE_EXPRESS:", "idu"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strncmp(typename, keys[i].prefix, strlen(keys[i].prefix)) == 0)
            return keys[i].key;
    return NULL;
}

/* BBOX and CQL_FILTER exclude one another, so a filter takes the box in. */
static void add_where(struct text *address, const struct wfs *wfs,
                      const struct rect *box, const char *crs)
{
    if (wfs->filter)
        address_addf(address, "CQL_FILTER",
                     "BBOX(%s,%.0f,%.0f,%.0f,%.0f,'%s') AND (%s)",
                     wfs->geometry, floor(box->xmin), floor(box->ymin),
                     ceil(box->xmax), ceil(box->ymax), crs, wfs->filter);
    else
        address_addf(address, "BBOX", "%.0f,%.0f,%.0f,%.0f,%s",
                     floor(box->xmin), floor(box->ymin), ceil(box->xmax),
                     ceil(box->ymax), crs);
}

static void make_address(struct text *address, const struct fetch_job *job,
                         const struct rect *box, const char *key,
                         long long start)
{
    const struct wfs *wfs = job->entry->service.params;
    text_release(address);
    text_add(address, job->address);
    address_add(address, "SERVICE", "WFS");
    address_add(address, "VERSION", "2.0.0");
    address_add(address, "REQUEST", "GetFeature");
    address_add(address, "TYPENAMES", wfs->typename);
    address_add(address, "OUTPUTFORMAT", "application/json");
    address_add(address, "SRSNAME", job->area->crs);
    add_where(address, wfs, box, job->area->crs);
    address_addf(address, "COUNT", "%d", wfs->page_size);
    address_addf(address, "STARTINDEX", "%lld", start);
    if (key)
        address_add(address, "SORTBY", key);
}

static enum terramis_status take_page(struct fetch_job *job, const char *what,
                                      const char *key, struct pages *pages,
                                      struct json_object *json)
{
    char crs[64];
    struct json_object *features = answer_array(json, "features");
    if (!features)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the answer has no list of features. Look at "
                            "typename and at services: wfs"),
                          what);
    long long count = (long long)json_object_array_length(features);
    long long said = answer_count(json, "numberReturned");
    long long matched = answer_count(json, "numberMatched");
    if (matched < 0)
        matched = answer_count(json, "totalFeatures");
    if (said >= 0 && said != count)
        return status_set(TERRAMIS_INPUT,
                          _("%s: the page says it has %lld objects and has "
                            "%lld. Run again with --refresh"),
                          what, said, count);
    TRY(pages_note(pages, what, matched, count));
    bool named = answer_crs(json, crs);
    return collection_add(job->collection, what, features, key,
                          named ? crs : NULL);
}

static enum terramis_status ask_box(struct fetch_job *job,
                                    const struct rect *box)
{
    const struct wfs *wfs = job->entry->service.params;
    const char *key = wfs->key ? wfs->key : default_key(wfs->typename);
    struct pages pages = {.repeated = job->collection->counts.repeated};
    struct text address = {0}, what = {0};
    enum terramis_status status;
    do {
        struct json_object *json = NULL;
        make_address(&address, job, box, key, pages.returned);
        service_what(&what, job, wfs->typename, pages.count + 1);
        TRY_DONE(text_status(&address));
        TRY_DONE(text_status(&what));
        TRY_DONE(answer_json(job->answers, text_get(&address), text_get(&what),
                             &json));
        status = take_page(job, text_get(&what), key, &pages, json);
        json_object_put(json);
        if (status != TERRAMIS_OK)
            goto done;
        service_progress(job, pages.returned, pages.matched);
    } while (pages_go_on(&pages, wfs->page_size));
    status = pages_check(&pages, text_get(&what), job->collection, key);
done:
    text_release(&address);
    text_release(&what);
    return status;
}

static enum terramis_status fetch(struct fetch_job *job)
{
    for (size_t i = 0; i < job->area->extent_count; i++) {
        collection_next_part(job->collection);
        TRY(ask_box(job, &job->area->extents[i].metres));
    }
    return TERRAMIS_OK;
}

const struct fetch_service service_wfs = {
    .op = {.name = "wfs",
           .summary = N_("WFS of the Geoplateforme (BD TOPO, RPG, GPU, INPN, "
                         "...), in the territory's rectangle"),
           .params = params,
           .params_size = sizeof(struct wfs)},
    .fetch = fetch};
