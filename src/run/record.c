#include "run/record.h"

#include <errno.h>
#include <string.h>

#include "geo/gdal.h"
#include "output/file.h"
#include "output/file_list.h"

/* The program's own bytes: more than its version says. */
#define PROGRAM "/proc/self/exe"

/* One that cannot be read any more has changed or gone; if it has not, it is
 * read here all the same, not written. */
static enum terramis_status list_inputs(struct journal *j, struct text *text)
{
    struct project *project = j->project;
    enum terramis_status status =
        digests_fill(&project->inputs, project->plan.threads);
    if (status == TERRAMIS_OUTPUT) {
        TRY(project_unchanged(project));
        return TERRAMIS_INPUT;
    }
    TRY(status);
    return digests_print(&project->inputs, text);
}

static enum terramis_status describe(struct journal *j, struct text *text)
{
    const struct project *project = j->project;
    const char *const libraries[] = {gdal_version(), crs_version(),
                                     geos_version()};
    struct digest program;
    bool broken = false;
    TRY(digest_file(PROGRAM, &program));
    text_addf(text, "terramis %s %s\n", TERRAMIS_VERSION, program.sha256);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        text_addf(text, "%s\n", libraries[i]);
    text_addf(text, "resolution %.17g\nterritory %s\n",
              project->plan.resolution,
              j->options->territory ? j->options->territory : "");
    struct json_object *settings =
        json_settings(config_rows, &project->config, &broken);
    if (broken || !settings)
        return status_no_memory();
    text_add(text, json_object_to_json_string(settings));
    json_object_put(settings);
    text_add(text, "\n");
    return list_inputs(j, text);
}

enum terramis_status record_key(struct journal *j)
{
    struct text text = {0};
    if (j->keyed)
        return TERRAMIS_OK;
    enum terramis_status status = describe(j, &text);
    if (status == TERRAMIS_OK)
        status = digest_bytes(text_get(&text), text.length, &j->key);
    text_release(&text);
    j->keyed = status == TERRAMIS_OK;
    return status;
}

enum terramis_status record_path(const struct journal *j, const char *path,
                                 struct text *full)
{
    text_addf(full, "%s/%s", j->stage->home, path);
    return text_status(full);
}

/* ---- writing */

enum terramis_status record_sums(const char *full,
                                 const struct analysis *analysis)
{
    struct file file;
    TRY(file_create(&file, full));
    errno = 0;
    analysis_keep(analysis, file.stream);
    if (ferror(file.stream))
        file.problem = errno ? errno : EIO;
    return file_commit(&file);
}

enum terramis_status record_new(const struct journal *j, const char *date,
                                struct json_object **root,
                                struct json_object **files)
{
    bool broken = false;
    *root = json_object_new_object();
    if (!*root)
        return status_no_memory();
    json_put(*root, "key", json_object_new_string(j->key.sha256), &broken);
    json_put(*root, "date", json_object_new_string(date), &broken);
    *files = json_object_new_array();
    json_put(*root, "outputs", *files, &broken);
    return broken ? status_no_memory() : TERRAMIS_OK;
}

enum terramis_status record_add(struct journal *j, struct json_object *files,
                                const char *path)
{
    struct text full = {0};
    struct digest digest;
    bool broken = false;
    enum terramis_status status = record_path(j, path, &full);
    if (status == TERRAMIS_OK)
        status = digests_get(&j->outputs, text_get(&full), &digest);
    text_release(&full);
    TRY(status);
    struct json_object *map = json_object_new_object();
    json_put(map, "path", json_object_new_string(path), &broken);
    json_put(map, "bytes", json_object_new_int64(digest.bytes), &broken);
    json_put(map, "sha256", json_object_new_string(digest.sha256), &broken);
    json_append(files, map, &broken);
    return broken ? status_no_memory() : TERRAMIS_OK;
}

/* The digest of what the record says. */
static enum terramis_status seal_of(struct json_object *root,
                                    struct digest *seal)
{
    const char *text =
        json_object_to_json_string_ext(root, JSON_C_TO_STRING_PLAIN);
    return text ? digest_bytes(text, strlen(text), seal) : status_no_memory();
}

enum terramis_status record_save(const char *full, struct json_object *root)
{
    struct digest seal;
    bool broken = false;
    TRY(seal_of(root, &seal));
    json_put(root, "seal", json_object_new_string(seal.sha256), &broken);
    return broken ? status_no_memory()
                  : file_save_json(full, json_object_get(root));
}

/* ---- reading */

/* Takes the seal off. */
static bool is_sealed(struct json_object *root)
{
    struct digest found = {0}, wanted;
    const char *seal = json_get_text(root, "seal");
    if (!seal)
        return false;
    snprintf(found.sha256, sizeof found.sha256, "%s", seal);
    json_object_object_del(root, "seal");
    return seal_of(root, &wanted) == TERRAMIS_OK &&
           strcmp(found.sha256, wanted.sha256) == 0;
}

const char *record_judge(const struct journal *j, struct json_object *root)
{
    const char *key = json_get_text(root, "key");
    const char *day = json_get_text(root, "date");
    if (!key || !day || strlen(day) != 10 || !is_sealed(root))
        return _("its record is damaged");
    if (strcmp(key, j->key.sha256) != 0)
        return _("project, inputs or program have changed");
    return NULL;
}

enum terramis_status record_check(struct journal *j,
                                  const struct manifest_file *file, bool *same)
{
    struct text full = {0};
    struct digest digest;
    *same = file_list_regular(j->stage->home, file->path);
    if (!*same)
        return TERRAMIS_OK;
    enum terramis_status status = record_path(j, file->path, &full);
    if (status == TERRAMIS_OK)
        status = digests_get(&j->outputs, text_get(&full), &digest);
    text_release(&full);
    *same = status == TERRAMIS_OK && digest_same(&digest, &file->digest);
    return status == TERRAMIS_OUTPUT ? TERRAMIS_OK : status; /* unreadable */
}
