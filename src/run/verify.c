/* terramis verify: an output folder against its manifest. */
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "output/file_list.h"
#include "output/manifest.h"
#include "output/manifest_read.h"
#include "param/json.h"

enum finding {
    CHANGED,
    MISSING,
    EXTRA,
    FINDINGS
};

/* What is found; the lists hold what is not as it should be. */
struct proof {
    const char *dir;
    const struct terramis_options *options;
    FILE *stream;
    struct manifest_list wanted;
    struct file_list found;
    double bytes; /* of the files that were read */
    size_t counts[FINDINGS];
    struct json_object *lists[FINDINGS];
    bool broken;
};

static const char *const finding_keys[FINDINGS] = {"changed", "missing",
                                                   "extra"};

/* One that is not as it should be. */
static void report(struct proof *p, enum finding finding, const char *path,
                   const char *what)
{
    p->counts[finding]++;
    if (p->options->json)
        json_append(p->lists[finding], json_object_new_string(path),
                    &p->broken);
    else
        fprintf(p->stream, "%s/%s: %s\n", p->dir, path, what);
}

static enum terramis_status
compare(struct proof *p, const struct manifest_file *file, const char *full)
{
    struct digest digest;
    TRY(digest_file(full, &digest));
    p->bytes += (double)digest.bytes;
    if (digest_same(&digest, &file->digest))
        return TERRAMIS_OK;
    report(p, CHANGED, file->path,
           digest.bytes == file->digest.bytes
               ? _("changed: other bytes than were written")
               : _("changed: another size than was written"));
    return TERRAMIS_OK;
}

static enum terramis_status check_file(struct proof *p,
                                       const struct manifest_file *file)
{
    struct text full = {0};
    TRY(status_go_on());
    if (!file_list_has(&p->found, file->path)) {
        report(p, MISSING, file->path, _("missing"));
        return TERRAMIS_OK;
    }
    if (!file_list_regular(p->dir, file->path)) {
        report(p, CHANGED, file->path, _("changed: no regular file any more"));
        return TERRAMIS_OK;
    }
    text_addf(&full, "%s/%s", p->dir, file->path);
    enum terramis_status status = text_status(&full);
    if (status == TERRAMIS_OK)
        status = compare(p, file, text_get(&full));
    text_release(&full);
    return status;
}

static enum terramis_status check_all(struct proof *p)
{
    TRY(manifest_read(p->dir, &p->wanted));
    TRY(file_list_read(p->dir, &p->found));
    for (size_t i = 0; i < p->wanted.count; i++)
        TRY(check_file(p, &p->wanted.items[i]));
    for (size_t i = 0; i < p->found.count; i++) {
        const char *path = p->found.items[i];
        if (strcmp(path, MANIFEST_NAME) == 0 || manifest_find(&p->wanted, path))
            continue;
        report(p, EXTRA, path, _("not in the manifest"));
    }
    return TERRAMIS_OK;
}

static bool is_fine(const struct proof *p)
{
    return p->counts[CHANGED] + p->counts[MISSING] + p->counts[EXTRA] == 0;
}

static enum terramis_status print(struct proof *p)
{
    bool fine = is_fine(p);
    if (!p->options->json) {
        if (fine && !p->options->quiet)
            fprintf(p->stream,
                    _("%s: %zu files, %.1f MB, all as in the manifest\n"),
                    p->dir, p->wanted.count, p->bytes / 1e6);
        return TERRAMIS_OK;
    }
    struct json_object *root = json_object_new_object();
    json_put(root, "folder", json_object_new_string(p->dir), &p->broken);
    json_put(root, "verified", json_object_new_boolean(fine), &p->broken);
    json_put(root, "files", json_object_new_int64((int64_t)p->wanted.count),
             &p->broken);
    json_put(root, "bytes", json_number(p->bytes), &p->broken);
    for (int i = 0; i < FINDINGS; i++)
        json_put(root, finding_keys[i], json_object_get(p->lists[i]),
                 &p->broken);
    if (!p->broken)
        return json_print(root, p->stream);
    json_object_put(root);
    return status_no_memory();
}

enum terramis_status terramis_verify(const struct terramis_options *options,
                                     const char *dir, FILE *stream)
{
    struct proof p = {.dir = dir, .options = options, .stream = stream};
    log_setup(options->quiet, options->verbose);
    status_clear();
    for (int i = 0; i < FINDINGS; i++)
        p.lists[i] = json_object_new_array();
    enum terramis_status status = check_all(&p);
    if (status == TERRAMIS_OK)
        status = print(&p);
    if (status == TERRAMIS_OK && !is_fine(&p))
        status = status_set(TERRAMIS_OUTPUT,
                            _("%s: not as its manifest says: %zu files "
                              "changed, %zu missing, %zu not in it"),
                            dir, p.counts[CHANGED], p.counts[MISSING],
                            p.counts[EXTRA]);
    for (int i = 0; i < FINDINGS; i++)
        json_object_put(p.lists[i]);
    file_list_release(&p.found);
    manifest_list_release(&p.wanted);
    return status_end(status);
}
