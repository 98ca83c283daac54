#include "run/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "geo/gdal.h"
#include "output/file.h"
#include "output/file_list.h"
#include "output/manifest_read.h"
#include "param/json.h"
#include "run/tree.h"

/* The program's own bytes: more than its version says. */
#define PROGRAM "/proc/self/exe"

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
    TRY(digests_fill(&j->project->inputs, project->plan.threads));
    return digests_print(&j->project->inputs, text);
}

static enum terramis_status make_key(struct journal *j)
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

/* ---- writing */

enum terramis_status journal_keep(const struct journal *journal,
                                  const struct analysis *analysis)
{
    struct file file;
    TRY(file_create(&file, journal->stage->sums));
    analysis_keep(analysis, file.stream);
    if (ferror(file.stream))
        file.problem = errno ? errno : EIO;
    return file_commit(&file);
}

/* The path of a file below the hidden folder. */
static enum terramis_status full_path(const struct journal *j, const char *path,
                                      struct text *full)
{
    text_addf(full, "%s/%s", j->stage->home, path);
    return text_status(full);
}

/* Its digest will be asked for. */
static enum terramis_status announce(struct journal *j, const char *path)
{
    struct text full = {0};
    enum terramis_status status = full_path(j, path, &full);
    if (status == TERRAMIS_OK)
        status = digests_add(&j->outputs, text_get(&full));
    text_release(&full);
    return status;
}

/* Adds stage->home/path to the record. */
static enum terramis_status add_file(struct journal *j,
                                     struct json_object *list, const char *path,
                                     bool *broken)
{
    struct text full = {0};
    struct digest digest;
    enum terramis_status status = full_path(j, path, &full);
    if (status == TERRAMIS_OK)
        status = digests_get(&j->outputs, text_get(&full), &digest);
    text_release(&full);
    TRY(status);
    struct json_object *map = json_object_new_object();
    json_put(map, "path", json_object_new_string(path), broken);
    json_put(map, "bytes", json_object_new_int64(digest.bytes), broken);
    json_put(map, "sha256", json_object_new_string(digest.sha256), broken);
    json_append(list, map, broken);
    return TERRAMIS_OK;
}

/* The files of territory `id`, as paths below the hidden folder. */
static enum terramis_status list_files(const struct journal *j, const char *id,
                                       struct file_list *list)
{
    struct text dir = {0};
    text_addf(&dir, "%s/%s", j->stage->dir, id);
    *list = (struct file_list){0};
    enum terramis_status status = text_status(&dir);
    if (status == TERRAMIS_OK)
        status = file_list_read(text_get(&dir), list);
    text_release(&dir);
    for (size_t i = 0; i < list->count && status == TERRAMIS_OK; i++) {
        struct text path = {0};
        text_addf(&path, "new/%s/%s", id, list->items[i]);
        status = text_status(&path);
        if (status == TERRAMIS_OK) {
            free(list->items[i]);
            list->items[i] = path.data; /* handed over */
        }
    }
    return status;
}

static enum terramis_status add_files(struct journal *j,
                                      struct json_object *root, const char *id)
{
    struct file_list list;
    struct text sums = {0};
    bool broken = false;
    struct json_object *files = json_object_new_array();
    json_put(root, "outputs", files, &broken);
    enum terramis_status status = list_files(j, id, &list);
    text_addf(&sums, "journal/%s.sums", id);
    if (status == TERRAMIS_OK)
        status = text_status(&sums);
    if (status == TERRAMIS_OK)
        status = announce(j, text_get(&sums));
    for (size_t i = 0; i < list.count && status == TERRAMIS_OK; i++)
        status = announce(j, list.items[i]);
    if (status == TERRAMIS_OK)
        status = digests_fill(&j->outputs, j->project->plan.threads);
    for (size_t i = 0; i < list.count && status == TERRAMIS_OK; i++)
        status = add_file(j, files, list.items[i], &broken);
    if (status == TERRAMIS_OK)
        status = add_file(j, files, text_get(&sums), &broken);
    text_release(&sums);
    file_list_release(&list);
    return status == TERRAMIS_OK && broken ? status_no_memory() : status;
}

static enum terramis_status fill_record(struct journal *j,
                                        struct json_object *root,
                                        const char *id, const char *date)
{
    bool broken = false;
    json_put(root, "key", json_object_new_string(j->key.sha256), &broken);
    json_put(root, "date", json_object_new_string(date), &broken);
    TRY(add_files(j, root, id));
    return broken ? status_no_memory() : TERRAMIS_OK;
}

static enum terramis_status
save_record(const struct journal *j, struct json_object *root, const char *id)
{
    struct text path = {0};
    text_addf(&path, "%s/%s.json", j->stage->journal, id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = file_save_json(text_get(&path), json_object_get(root));
    text_release(&path);
    return status;
}

static enum terramis_status move_sums(const struct journal *j, const char *id)
{
    struct text path = {0};
    const char *journal = j->stage->journal;
    text_addf(&path, "%s/%s.sums", journal, id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK &&
        ((mkdir(journal, 0777) != 0 && errno != EEXIST) ||
         rename(j->stage->sums, text_get(&path)) != 0))
        status = status_set(TERRAMIS_OUTPUT, _("cannot write %s: %s"), journal,
                            strerror(errno));
    text_release(&path);
    return status;
}

enum terramis_status journal_put(struct journal *j, const char *id,
                                 const char *date)
{
    TRY(make_key(j));
    TRY(project_unchanged(j->project));
    if (status_memory_lost()) /* something may be missing */
        return status_no_memory();
    TRY(move_sums(j, id));
    TRY(tree_sync(j->stage->lock.folder, "new", j->stage->dir));
    struct json_object *root = json_object_new_object();
    if (!root)
        return status_no_memory();
    enum terramis_status status = fill_record(j, root, id, date);
    if (status == TERRAMIS_OK)
        status = save_record(j, root, id);
    json_object_put(root);
    TRY(status);
    return tree_sync(j->stage->lock.folder, "journal", j->stage->journal);
}

/* ---- reading */

/* Is the file as recorded? */
static enum terramis_status
check_file(struct journal *j, const struct manifest_file *file, bool *same)
{
    struct text full = {0};
    struct digest digest;
    *same = file_list_regular(j->stage->home, file->path);
    if (!*same)
        return TERRAMIS_OK;
    enum terramis_status status = full_path(j, file->path, &full);
    if (status == TERRAMIS_OK)
        status = digests_get(&j->outputs, text_get(&full), &digest);
    text_release(&full);
    *same = status == TERRAMIS_OK && digest_same(&digest, &file->digest);
    return status;
}

/* Are all files recorded, and as recorded? */
static enum terramis_status check_files(struct journal *j, const char *id,
                                        const struct manifest_list *record,
                                        bool *same)
{
    struct file_list found;
    struct text sums = {0};
    enum terramis_status status = list_files(j, id, &found);
    text_addf(&sums, "journal/%s.sums", id);
    *same = status == TERRAMIS_OK && found.count + 1 == record->count &&
            manifest_find(record, text_get(&sums));
    for (size_t i = 0; i < found.count && *same; i++)
        *same = manifest_find(record, found.items[i]) != NULL;
    for (size_t i = 0; i < record->count && *same; i++)
        status = check_file(j, &record->items[i], same);
    text_release(&sums);
    file_list_release(&found);
    return status == TERRAMIS_OUTPUT ? TERRAMIS_OK : status; /* unreadable */
}

/* Why a record does not count; NULL: it does. */
static enum terramis_status judge(struct journal *j, const char *id,
                                  const struct manifest_list *record,
                                  struct json_object *root, char date[16],
                                  const char **why)
{
    const char *key = json_get_text(root, "key");
    const char *day = json_get_text(root, "date");
    bool same;
    *why = NULL;
    if (!key || !day || strlen(day) != 10) {
        *why = _("its record is damaged");
        return TERRAMIS_OK;
    }
    if (strcmp(key, j->key.sha256) != 0)
        *why = _("project, inputs or program have changed");
    else if (*date && strcmp(day, date) != 0)
        *why = _("the others have another date");
    if (*why)
        return TERRAMIS_OK;
    TRY(check_files(j, id, record, &same));
    if (!same)
        *why = _("its files are not as they were written");
    else
        memcpy(date, day, 11);
    return TERRAMIS_OK;
}

static enum terramis_status open_sums(const struct journal *j, const char *id,
                                      FILE **sums)
{
    struct text path = {0};
    text_addf(&path, "%s/%s.sums", j->stage->journal, id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        *sums = fopen(text_get(&path), "rb");
    text_release(&path);
    return status;
}

static enum terramis_status take(struct journal *j, const char *id,
                                 const char *path, char date[16], FILE **sums)
{
    struct manifest_list record;
    struct json_object *root = NULL;
    const char *why = _("its record is damaged");
    enum terramis_status status = manifest_read_file(path, &record, &root);
    if (status == TERRAMIS_OK)
        status = judge(j, id, &record, root, date, &why);
    else if (status == TERRAMIS_INPUT)
        status = TERRAMIS_OK;
    if (status == TERRAMIS_OK && !why)
        status = open_sums(j, id, sums);
    if (status == TERRAMIS_OK && *sums)
        log_line(LOG_NOTE, _("territory %s: finished by the interrupted run"),
                 id);
    else if (status == TERRAMIS_OK)
        log_line(LOG_NOTE, _("territory %s: computed again, %s"), id,
                 why ? why : strerror(errno));
    json_object_put(root);
    manifest_list_release(&record);
    return status;
}

enum terramis_status journal_take(struct journal *j, const char *id,
                                  char date[16], FILE **sums)
{
    struct text path = {0};
    struct stat info;
    *sums = NULL;
    text_addf(&path, "%s/%s.json", j->stage->journal, id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK && stat(text_get(&path), &info) == 0) {
        status = make_key(j);
        if (status == TERRAMIS_OK)
            status = take(j, id, text_get(&path), date, sums);
        if (status == TERRAMIS_OK)
            status_clear();
    }
    text_release(&path);
    return status;
}

void journal_release(struct journal *journal)
{
    digests_release(&journal->outputs);
    *journal = (struct journal){0};
}
