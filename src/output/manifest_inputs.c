#include <string.h>
#include <sys/stat.h>

#include "output/companions.h"
#include "output/manifest_build.h"

static void put_vector(struct manifest *m, struct json_object *map,
                       const struct vector *vector)
{
    const struct vector_report *r = &vector->report;
    const struct {
        const char *key;
        long long count;
    } rows[] = {{"in_layer", r->total},
                {"read", r->read},
                {"used", r->used},
                {"repaired", r->repaired},
                {"refused", r->refused},
                {"outside", r->outside},
                {"without_geometry", r->without_geometry}};
    manifest_put_text(m, map, "crs", vector->crs);
    manifest_put_text(m, map, "operation", vector->operation);
    if (vector->accuracy >= 0)
        manifest_put_number(m, map, "accuracy_m", vector->accuracy);
    struct json_object *features = json_object_new_object();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        manifest_put_number(m, features, rows[i].key, (double)rows[i].count);
    if (r->repaired > 0) /* square decimetres; below lies rounding */
        manifest_put_number(m, features, "repair_moved_m2",
                            rint(r->repair_change * 100) / 100);
    json_put(map, "features", features, &m->broken);
}

static void put_raster(struct manifest *m, struct json_object *map,
                       const struct raster *raster)
{
    const struct crs *crs = &raster->crs;
    manifest_put_text(m, map, "crs", crs->id && *crs->id ? crs->id : crs->name);
    manifest_put_text(m, map, "operation", raster->operation);
    if (raster->accuracy >= 0)
        manifest_put_number(m, map, "accuracy_m", raster->accuracy);
    manifest_put_number(m, map, "columns", raster->width);
    manifest_put_number(m, map, "rows", raster->height);
    manifest_put_number(m, map, "nodata", raster->nodata);
}

static void put_rights(struct manifest *m, struct json_object *map,
                       const struct rights_of_way *rights)
{
    struct json_object *lines = json_object_new_object();
    manifest_put_number(m, lines, "used", (double)rights->used);
    manifest_put_number(m, lines, "tunnels_and_bridges",
                        (double)rights->tunnels_and_bridges);
    manifest_put_number(m, lines, "fictitious", (double)rights->fictitious);
    manifest_put_number(m, lines, "without_corridor", (double)rights->unknown);
    json_put(map, "lines", lines, &m->broken);
}

/* Adds the file `full`, if there is one, to `list` as `name`. */
static enum terramis_status add_companion(struct manifest *m,
                                          struct json_object *list,
                                          const char *full, const char *name)
{
    struct stat info;
    struct digest digest;
    if (stat(full, &info) != 0 || !S_ISREG(info.st_mode))
        return TERRAMIS_OK;
    TRY(digests_get(m->inputs, full, &digest));
    struct json_object *file = json_object_new_object();
    manifest_put_text(m, file, "source", name);
    manifest_put_digest(m, file, &digest);
    json_append(list, file, &m->broken);
    return TERRAMIS_OK;
}

static enum terramis_status put_companions(struct manifest *m,
                                           struct json_object *map,
                                           const struct path *source)
{
    struct json_object *list = json_object_new_array();
    enum terramis_status status = TERRAMIS_OK;
    const char *name = json_path(source->text);
    for (size_t i = 0; status == TERRAMIS_OK; i++) {
        struct text full = {0}, shown = {0};
        bool more = companion_path(source->full, i, &full) &&
                    companion_path(name, i, &shown);
        m->broken |= full.broken || shown.broken;
        if (more)
            status = add_companion(m, list, text_get(&full), text_get(&shown));
        text_release(&full);
        text_release(&shown);
        if (!more)
            break;
    }
    if (json_object_array_length(list) > 0)
        json_put(map, "companions", list, &m->broken);
    else
        json_object_put(list);
    return status;
}

static enum terramis_status put_input(struct manifest *m,
                                      struct json_object *map,
                                      const struct plan_layer *layer)
{
    const struct layer_config *config = layer->config;
    struct digest digest;
    TRY(digests_get(m->inputs, config->source.full, &digest));
    manifest_put_text(m, map, "role", layer->role);
    manifest_put_text(m, map, "id", layer->id);
    manifest_put_text(m, map, "title", layer_title(config));
    manifest_put_text(m, map, "source", json_path(config->source.text));
    manifest_put_text(m, map, "layer",
                      layer->vector && layer->vector->layer
                          ? layer->vector->layer
                          : config->layer);
    manifest_put_text(m, map, "where", config->where);
    manifest_put_text(m, map, "licence", layer_licence(config));
    manifest_put_text(m, map, "date", config->date);
    manifest_put_digest(m, map, &digest);
    TRY(put_companions(m, map, &config->source));
    if (layer->vector)
        put_vector(m, map, layer->vector);
    if (layer->raster)
        put_raster(m, map, layer->raster);
    if (layer->rights)
        put_rights(m, map, layer->rights);
    bool synthetic = (layer->vector && layer->vector->synthetic) ||
                     (layer->raster && layer->raster->synthetic);
    if (synthetic)
        json_put(map, "synthetic", json_object_new_boolean(1), &m->broken);
    return TERRAMIS_OK;
}

enum terramis_status manifest_put_inputs(struct manifest *m,
                                         struct json_object *root)
{
    const struct plan *plan = m->job->plan;
    struct json_object *list = json_object_new_array();
    json_put(root, "inputs", list, &m->broken);
    for (size_t i = 0; i < plan->layer_count && !m->broken; i++) {
        struct json_object *map = json_object_new_object();
        json_append(list, map, &m->broken);
        if (!m->broken)
            TRY(put_input(m, map, &plan->layers[i]));
    }
    return TERRAMIS_OK;
}
