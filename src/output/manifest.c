#include "output/manifest.h"

#include <cairo.h>
#include <sqlite3.h>
#include <string.h>

#include "geo/gdal.h"
#include "output/file.h"
#include "output/manifest_build.h"
#include "output/png.h"

void manifest_put_text(struct manifest *m, struct json_object *map,
                       const char *key, const char *text)
{
    if (text)
        json_put(map, key, json_object_new_string(text), &m->broken);
}

void manifest_put_number(struct manifest *m, struct json_object *map,
                         const char *key, double number)
{
    if (!isnan(number))
        json_put(map, key, json_number(number), &m->broken);
}

void manifest_put_digest(struct manifest *m, struct json_object *map,
                         const struct digest *digest)
{
    manifest_put_number(m, map, "bytes", (double)digest->bytes);
    manifest_put_text(m, map, "sha256", digest->sha256);
}

/* Hectares to the square metre. */
static void put_ha(struct manifest *m, struct json_object *map, const char *key,
                   int64_t sum)
{
    manifest_put_number(m, map, key, rint(zonal_ha(sum) * 1e4) / 1e4);
}

static void put_libraries(struct manifest *m, struct json_object *root)
{
    const char *const versions[][2] = {
        {"gdal", gdal_version()},         {"proj", crs_version()},
        {"geos", geos_version()},         {"libpng", page_png_version()},
        {"sqlite", sqlite3_libversion()}, {"cairo", cairo_version_string()}};
    struct json_object *map = json_object_new_object();
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        manifest_put_text(m, map, versions[i][0], versions[i][1]);
    json_put(root, "libraries", map, &m->broken);
}

static enum terramis_status put_project(struct manifest *m,
                                        struct json_object *root)
{
    const struct plan *plan = m->job->plan;
    struct json_object *map = json_object_new_object();
    struct digest digest;
    json_put(root, "project", map, &m->broken);
    TRY(digests_get(m->inputs, plan->config->path, &digest));
    /* not the way to it, which depends on where the run was started */
    const char *slash = strrchr(plan->config->path, '/');
    manifest_put_text(m, map, "path", slash ? slash + 1 : plan->config->path);
    manifest_put_digest(m, map, &digest);
    map = json_object_new_object();
    if (*plan->crs.id)
        manifest_put_text(m, map, "id", plan->crs.id);
    manifest_put_text(m, map, "name", plan->crs.name);
    json_put(root, "crs", map, &m->broken);
    manifest_put_number(m, root, "resolution_m", plan->resolution);
    json_put(root, "synthetic", json_object_new_boolean(plan->synthetic),
             &m->broken);
    json_put(root, "parameters",
             json_settings(config_rows, plan->config, &m->broken), &m->broken);
    map = json_object_new_object();
    for (size_t f = 0; f < plan->factor_count; f++)
        manifest_put_number(m, map, plan->factors[f].config->id,
                            plan->factors[f].weight);
    json_put(root, "weights", map, &m->broken);
    return TERRAMIS_OK;
}

static void put_land(struct manifest *m, struct json_object *map,
                     const struct analysis *a)
{
    const struct land_sums *land = &a->land;
    const struct plan *plan = m->job->plan;
    put_ha(m, map, "area_ha", land->territory);
    put_ha(m, map, "marginal_ha", land->marginal);
    struct json_object *parts = json_object_new_object();
    for (int k = 0; k < KIND_COUNT; k++)
        put_ha(m, parts, marginal_kind_names[k], land->kind[k]);
    json_put(map, "marginal_by_kind_ha", parts, &m->broken);
    parts = json_object_new_object();
    for (size_t i = 0; i < a->overlay.constraint_count; i++)
        put_ha(m, parts,
               i < plan->constraint_count ? plan->constraints[i].id
                                          : CONSTRAINT_KEPT_FREE,
               land->excluded[i]);
    json_put(map, "excluded_ha", parts, &m->broken);
    put_ha(m, map, "plantable_ha", land->plantable);
    parts = json_object_new_object();
    for (int c = CLASS_S1; c <= CLASS_N2; c++)
        put_ha(m, parts, class_name((enum suitability_class)c), land->class[c]);
    put_ha(m, parts, "without_data", land->class[CLASS_NONE]);
    json_put(map, "plantable_by_class_ha", parts, &m->broken);
}

static void put_results(struct manifest *m, struct json_object *map,
                        const struct territory_result *result)
{
    const struct parcels *parcels = &result->analysis.parcels;
    size_t ranked = 0;
    for (size_t i = 0; i < parcels->count; i++)
        ranked += parcels->items[i].rank > 0;
    put_land(m, map, &result->analysis);
    manifest_put_number(m, map, "parcels", (double)parcels->count);
    manifest_put_number(m, map, "ranked", (double)ranked);
    struct overlap_sum shared = parcels_overlap(parcels);
    manifest_put_number(m, map, "overlapping_parcels", (double)shared.parcels);
    manifest_put_number(m, map, "repeated_parcels", (double)shared.repeats);
    manifest_put_number(m, map, "double_ha", rint(shared.area) / 1e4);
    manifest_put_number(m, map, "sites", (double)result->sites.count);
}

static void put_territories(struct manifest *m, struct json_object *root)
{
    const struct output_job *job = m->job;
    struct json_object *list = json_object_new_array();
    json_put(root, "territories", list, &m->broken);
    for (size_t i = 0; i < job->count && !m->broken; i++) {
        const struct territory_result *result = &job->results[i];
        struct json_object *map = json_object_new_object();
        const struct territory *territory = result->analysis.territory;
        if (territory) {
            manifest_put_text(m, map, "id", territory->config->id);
            manifest_put_text(m, map, "name", territory->config->name);
        }
        manifest_put_text(m, map, "status", result->done ? "done" : "failed");
        if (result->done)
            put_results(m, map, result);
        json_append(list, map, &m->broken);
    }
}

static enum terramis_status build(struct manifest *m, struct json_object *root)
{
    manifest_put_text(m, root, "program", "terramis");
    manifest_put_text(m, root, "version", TERRAMIS_VERSION);
    manifest_put_text(m, root, "date", m->job->date);
    put_libraries(m, root);
    TRY(put_project(m, root));
    TRY(manifest_put_inputs(m, root));
    put_territories(m, root);
    TRY(manifest_put_outputs(m, root));
    return m->broken ? status_no_memory() : TERRAMIS_OK;
}

static enum terramis_status save(struct json_object *root, const char *dir)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", dir, MANIFEST_NAME);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = file_save_json(text_get(&path), json_object_get(root));
    text_release(&path);
    return status;
}

enum terramis_status manifest_write(const struct output_job *job)
{
    struct digests inputs = {0}, outputs = {0};
    struct manifest m = {.job = job,
                         .inputs = job->inputs ? job->inputs : &inputs,
                         .outputs = job->outputs ? job->outputs : &outputs};
    struct json_object *root = json_object_new_object();
    if (!root)
        return status_no_memory();
    enum terramis_status status = build(&m, root);
    if (status == TERRAMIS_OK)
        status = save(root, job->dir);
    json_object_put(root);
    digests_release(&inputs);
    digests_release(&outputs);
    return status;
}
