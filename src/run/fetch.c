/* terramis fetch: downloads the layers of a project. */
#include <json-c/json.h>

#include "fetch/fetch.h"
#include "param/json.h"
#include "run/project.h"

static void print_text(FILE *stream, const struct fetch_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        const struct fetched *l = &result->layers[i];
        if (l->features >= 0 && l->written)
            fprintf(stream,
                    _("%s: layer %s, %lld objects, %lld without "
                      "geometry\n"),
                    l->entry->to, l->entry->layer, l->features,
                    l->without_geometry);
        else if (l->written)
            fprintf(stream, _("%s: raster\n"), l->entry->to);
        else
            fprintf(stream, _("%s: layer %s, up to date\n"), l->entry->to,
                    l->entry->layer);
        fprintf(stream, _("    service %s, date %s, licence %s\n"),
                l->entry->service.op->name, l->date,
                l->licence ? l->licence : _("not given"));
    }
    fprintf(stream, _("%lld answers downloaded, %lld from the cache\n"),
            (long long)result->use.asked, (long long)result->use.kept);
}

static json_object *json_layer(const struct fetched *l, bool *broken)
{
    json_object *o = json_object_new_object();
    json_put(o, "to", json_object_new_string(l->entry->to), broken);
    json_put(o, "layer", json_object_new_string(l->entry->layer), broken);
    json_put(o, "service", json_object_new_string(l->entry->service.op->name),
             broken);
    json_put(o, "date", json_object_new_string(l->date), broken);
    if (l->licence)
        json_put(o, "licence", json_object_new_string(l->licence), broken);
    json_put(o, "sha256", json_object_new_string(l->sha256), broken);
    json_put(o, "written", json_object_new_boolean(l->written), broken);
    if (l->written && l->features >= 0) {
        json_put(o, "features", json_object_new_int64(l->features), broken);
        json_put(o, "without_geometry",
                 json_object_new_int64(l->without_geometry), broken);
    }
    return o;
}

static enum terramis_status print_json(FILE *stream,
                                       const struct fetch_result *result)
{
    bool broken = false;
    json_object *root = json_object_new_object();
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < result->count; i++)
        json_append(list, json_layer(&result->layers[i], &broken), &broken);
    json_put(root, "layers", list, &broken);
    json_put(root, "downloaded", json_object_new_int64(result->use.asked),
             &broken);
    json_put(root, "from_cache", json_object_new_int64(result->use.kept),
             &broken);
    if (!broken)
        return json_print(root, stream);
    json_object_put(root);
    return status_no_memory();
}

enum terramis_status terramis_fetch(const struct terramis_options *options,
                                    FILE *stream)
{
    struct project project;
    struct fetch_result result = {0};
    char date[16];
    run_date(date);
    enum terramis_status status = project_open_unfetched(&project, options);
    struct fetch_options wanted = {.offline = options->offline,
                                   .refresh = options->refresh,
                                   .overwrite = options->overwrite,
                                   .date = date};
    if (status == TERRAMIS_OK)
        status = fetch_project(&project.config, &wanted, &result);
    if (status == TERRAMIS_OK && options->json)
        status = print_json(stream, &result);
    else if (status == TERRAMIS_OK && !options->quiet)
        print_text(stream, &result);
    fetch_result_release(&result);
    project_release(&project);
    return status_end(status);
}
