#include "run/batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/event.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/file.h"
#include "output/manifest.h"
#include "param/json.h"
#include "run/project.h"
#include "run/report.h"
#include "run/stage.h"

static bool is_taken(const struct batch *batch, size_t until, const char *name)
{
    for (size_t i = 0; i < until; i++)
        if (text_same(batch->entries[i].name, name))
            return true;
    return false;
}

/* The name of the project file without its suffix, and of the folder around
 * it ("" where the path does not say). */
struct name_parts {
    const char *stem, *folder;
    int stem_length, folder_length;
};

static struct name_parts take_apart(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    const char *dot = strrchr(stem, '.');
    const char *folder = slash ? slash : path;
    while (folder > path && folder[-1] != '/')
        folder--;
    return (struct name_parts){
        .stem = stem,
        .stem_length =
            (int)(dot && dot > stem ? dot - stem : (long)strlen(stem)),
        .folder = folder,
        .folder_length = slash ? (int)(slash - folder) : 0};
}

/* The `attempt`-th name to try. No name begins with a dot: "." and ".." are no
 * folders of our own, and hidden ones are not found. */
static void make_name(struct text *name, const struct name_parts *parts,
                      size_t attempt)
{
    bool longer =
        attempt > 0 && parts->folder_length > 0 && parts->folder[0] != '.';
    if (longer)
        text_addf(name, "%.*s-", parts->folder_length, parts->folder);
    text_addf(name, "%s%.*s", parts->stem[0] == '.' && !longer ? "_" : "",
              parts->stem_length, parts->stem);
    if (attempt > 1)
        text_addf(name, "-%zu", attempt);
}

enum terramis_status batch_name(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct batch_entry *entry = &batch->entries[i];
        struct name_parts parts = take_apart(entry->project);
        for (size_t attempt = 0; !entry->name; attempt++) {
            struct text name = {0};
            char *made;
            make_name(&name, &parts, attempt);
            TRY(text_take(&name, &made));
            if (is_taken(batch, i, made))
                free(made);
            else
                entry->name = made;
        }
    }
    return TERRAMIS_OK;
}

/* Folder and file of the batch. */
static enum terramis_status join(struct text *path, const struct batch *batch,
                                 const char *name)
{
    text_addf(path, "%s/%s", batch->out, name);
    return text_status(path);
}

static bool is_there(const struct batch *batch, const char *name)
{
    struct text path = {0};
    bool there = join(&path, batch, name) == TERRAMIS_OK &&
                 access(text_get(&path), F_OK) == 0;
    text_release(&path);
    return there;
}

/* A folder of results has one index: of a project, or of several. */
static enum terramis_status check_folder(const struct batch *batch,
                                         bool overwrite)
{
    if (is_there(batch, MANIFEST_NAME))
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: holds the results of a single project. Give "
                            "another folder with --out"),
                          batch->out);
    bool results = is_there(batch, BATCH_NAME);
    if (!results && !overwrite && is_there(batch, "index.html"))
        return status_set(TERRAMIS_OUTPUT,
                          _("%s/%s: was not written by terramis, and a new "
                            "result has its name. Move it elsewhere, or give "
                            "--overwrite to replace it"),
                          batch->out, "index.html");
    if (results && !overwrite)
        return status_set(TERRAMIS_OUTPUT,
                          _("%s: holds results already. Give --overwrite to "
                            "replace them, or another folder with --out"),
                          batch->out);
    return stage_make_folders(batch->out);
}

static enum terramis_status run_entry(const struct batch *batch, size_t i,
                                      const struct terramis_options *options,
                                      FILE *stream)
{
    struct batch_entry *entry = &batch->entries[i];
    struct terramis_options own = *options;
    struct text out = {0};
    TRY(join(&out, batch, entry->name));
    own.project = entry->project;
    own.out = text_get(&out);
    own.overwrite |=
        own.resume; /* the batch was not finished: check_folder() */
    log_whole((double)i / (double)batch->count,
              (double)(i + 1) / (double)batch->count);
    if (!options->json)
        fprintf(stream, "%s== %s ==\n", i > 0 ? "\n" : "", entry->project);
    entry->code = terramis_run(&own, stream);
    text_release(&out);
    if (entry->code == TERRAMIS_INTERRUPTED)
        return entry->code;
    if (entry->code == TERRAMIS_OK)
        return TERRAMIS_OK;
    log_line(LOG_WARNING, _("project %s failed: %s"), entry->project,
             status_message());
    return mem_copy_text(&entry->message, status_message());
}

static struct json_object *json_entry(const struct batch_entry *entry,
                                      bool *broken)
{
    struct json_object *map = json_object_new_object();
    json_put(map, "project", json_object_new_string(json_path(entry->project)),
             broken);
    json_put(map, "folder", json_object_new_string(entry->name), broken);
    json_put(map, "code", json_object_new_int((int)entry->code), broken);
    if (entry->message)
        json_put(map, "text", json_object_new_string(entry->message), broken);
    return map;
}

enum terramis_status batch_write_list(const struct batch *batch)
{
    bool broken = false;
    struct json_object *root = json_object_new_object();
    struct json_object *list = json_object_new_array();
    struct text path = {0};
    json_put(root, "program", json_object_new_string("terramis"), &broken);
    json_put(root, "version", json_object_new_string(TERRAMIS_VERSION),
             &broken);
    json_put(root, "date", json_object_new_string(batch->date), &broken);
    json_put(root, "projects", list, &broken);
    for (size_t i = 0; i < batch->count && !broken; i++)
        json_append(list, json_entry(&batch->entries[i], &broken), &broken);
    enum terramis_status status =
        broken ? status_no_memory() : join(&path, batch, BATCH_NAME);
    if (status == TERRAMIS_OK)
        status = file_save_json(text_get(&path), root);
    else
        json_object_put(root);
    text_release(&path);
    return status;
}

/* The code of the whole, by the codes of the projects. */
static enum terramis_status result_of(const struct batch *batch)
{
    const struct batch_entry *first = NULL;
    size_t failed = 0, without = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        failed += entry->code != TERRAMIS_OK;
        without +=
            entry->code != TERRAMIS_OK && entry->code != TERRAMIS_PARTIAL;
        if (!first && entry->code != TERRAMIS_OK)
            first = entry;
    }
    if (failed == 0)
        return TERRAMIS_OK;
    return status_set(without == batch->count ? first->code : TERRAMIS_PARTIAL,
                      _("%zu of %zu projects failed; %s/index.html says which, "
                        "and why"),
                      failed, batch->count, batch->out);
}

static enum terramis_status run_batch(struct batch *batch,
                                      const struct terramis_options *options,
                                      FILE *stream)
{
    TRY(batch_name(batch));
    TRY(check_folder(batch, options->overwrite));
    for (size_t i = 0; i < batch->count; i++)
        TRY(run_entry(batch, i, options, stream));
    TRY(batch_write_list(batch)); /* from here on the index is ours */
    TRY(batch_write_index(batch));
    return result_of(batch);
}

static enum terramis_status tell_end(const struct batch *batch,
                                     enum terramis_status code, FILE *stream)
{
    bool broken = false;
    struct json_object *event = report_event("batch", code, &broken);
    json_put(event, "out", json_object_new_string(batch->out), &broken);
    return report_print(event, broken, stream);
}

enum terramis_status terramis_run_batch(const struct terramis_options *options,
                                        const char *const *projects,
                                        size_t count, FILE *stream)
{
    struct batch batch = {.out = project_out(options), .count = count};
    enum terramis_status status =
        mem_new(&batch.entries, count, sizeof *batch.entries);
    bool opened = options->json && event_open(stream);
    run_date(batch.date);
    for (size_t i = 0; status == TERRAMIS_OK && i < count; i++)
        batch.entries[i].project = projects[i];
    if (status == TERRAMIS_OK)
        status = run_batch(&batch, options, stream);
    if (options->json) {
        enum terramis_status told = tell_end(&batch, status, stream);
        status = status == TERRAMIS_OK ? told : status;
    }
    log_whole(0, 1);
    if (opened)
        event_close();
    for (size_t i = 0; batch.entries && i < count; i++) {
        free(batch.entries[i].name);
        free(batch.entries[i].message);
    }
    free(batch.entries);
    return status_end(status);
}
