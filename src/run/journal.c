#include "run/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "output/file.h"
#include "output/file_list.h"
#include "run/record.h"
#include "run/tree.h"

/* ---- writing */

enum terramis_status journal_keep(const struct journal *journal,
                                  const struct analysis *analysis)
{
    return record_sums(journal->stage->sums, analysis);
}

enum terramis_status journal_read(struct journal *journal)
{
    struct digest digest;
    TRY(record_key(journal));
    return digests_get(&journal->outputs, journal->stage->sums, &digest);
}

/* Its digest will be asked for. */
static enum terramis_status announce(struct journal *j, const char *path)
{
    struct text full = {0};
    enum terramis_status status = record_path(j, path, &full);
    if (status == TERRAMIS_OK)
        status = digests_add(&j->outputs, text_get(&full));
    text_release(&full);
    return status;
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
        free(list->items[i]);
        status = text_take(&path, &list->items[i]);
    }
    return status;
}

static enum terramis_status add_files(struct journal *j,
                                      struct json_object *files, const char *id)
{
    struct file_list list;
    struct text sums = {0};
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
        status = record_add(j, files, list.items[i]);
    if (status == TERRAMIS_OK)
        status = record_add(j, files, text_get(&sums));
    text_release(&sums);
    file_list_release(&list);
    return status;
}

static enum terramis_status
save_record(const struct journal *j, struct json_object *root, const char *id)
{
    struct text path = {0};
    text_addf(&path, "%s/%s.json", j->stage->journal, id);
    enum terramis_status status = text_status(&path);
    if (status == TERRAMIS_OK)
        status = record_save(text_get(&path), root);
    text_release(&path);
    return status;
}

static enum terramis_status move_sums(struct journal *j, const char *id)
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
    if (status == TERRAMIS_OK)
        status = digests_move(&j->outputs, j->stage->sums, text_get(&path));
    text_release(&path);
    return status;
}

enum terramis_status journal_put(struct journal *j, const char *id,
                                 const char *date)
{
    TRY(record_key(j));
    TRY(project_unchanged(j->project));
    if (status_memory_lost()) /* something may be missing */
        return status_no_memory();
    TRY(move_sums(j, id));
    TRY(tree_sync(j->stage->lock.folder, "new", j->stage->dir));
    struct json_object *root = NULL, *files;
    enum terramis_status status = record_new(j, date, &root, &files);
    if (status == TERRAMIS_OK)
        status = add_files(j, files, id);
    if (status == TERRAMIS_OK)
        status = save_record(j, root, id);
    json_object_put(root);
    TRY(status);
    return tree_sync(j->stage->lock.folder, "journal", j->stage->journal);
}

/* ---- reading */

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
        status = record_check(j, &record->items[i], same);
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
    const char *day = json_get_text(root, "date");
    bool same;
    *why = record_judge(j, root);
    if (!*why && *date && strcmp(day, date) != 0)
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
        status = record_key(j);
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
