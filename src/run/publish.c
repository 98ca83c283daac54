/* A finished run as a folder for an open-data portal. */
#include <sys/stat.h>

#include "base/event.h"
#include "base/log.h"
#include "geo/gdal.h"
#include "publish/publication.h"
#include "run/report.h"
#include "run/stage.h"

static enum terramis_status (*const steps[])(struct publication *) = {
    publish_data, publish_dictionary, publish_stac,    publish_readme,
    publish_iso,  publish_dcat,       publish_package, publish_list};

enum {
    STEP_COUNT = sizeof steps / sizeof steps[0]
};

/* Into the run's own folder: its files would be replaced. */
static enum terramis_status check_apart(const char *run, const char *out)
{
    struct stat a, b;
    if (stat(run, &a) == 0 && stat(out, &b) == 0 && a.st_dev == b.st_dev &&
        a.st_ino == b.st_ino)
        return status_set(TERRAMIS_USAGE,
                          _("--out %s: is the folder of the run. Give another "
                            "one"),
                          out);
    return TERRAMIS_OK;
}

static enum terramis_status publish(struct publication *p, struct stage *stage,
                                    const struct terramis_options *options,
                                    const char *run, const char *out)
{
    TRY(check_apart(run, out));
    TRY(publication_open(p, run));
    TRY(stage_open(stage, out, options->overwrite, false));
    p->dir = stage->dir;
    for (int i = 0; i < STEP_COUNT; i++) {
        log_progress(_("writing"), (size_t)i, STEP_COUNT);
        TRY(status_go_on());
        TRY(steps[i](p));
    }
    log_progress(_("writing"), STEP_COUNT, STEP_COUNT);
    if (status_memory_lost()) /* something may be missing */
        return status_no_memory();
    return stage_publish(stage);
}

static void report(const struct publication *p, const char *out, FILE *stream)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < p->file_count; i++)
        bytes += p->files[i].digest.bytes;
    fprintf(stream, _("%s: %zu files, %.1f MB; licence: %s\n"), out,
            p->file_count, (double)bytes / 1e6, p->licence->title);
    fprintf(stream, _("for a portal: %s/%s.zip\n"), out, p->name);
}

static enum terramis_status tell_done(enum terramis_status code,
                                      const char *out, FILE *stream)
{
    bool broken = false;
    struct json_object *event = report_event("done", code, &broken);
    json_put(event, "out", json_object_new_string(out), &broken);
    return report_print(event, broken, stream);
}

enum terramis_status terramis_publish(const struct terramis_options *options,
                                      const char *run, FILE *stream)
{
    const char *out = options->out ? options->out : "publication";
    struct publication p = {.run = run};
    struct stage stage = {.lock = LOCK_NONE};
    bool opened = options->json && event_open(stream);
    log_setup(options->quiet, options->verbose);
    status_clear();
    gdal_setup();
    event_texts("start", "program", "terramis", "version", TERRAMIS_VERSION,
                "run", run, "out", out);
    enum terramis_status status =
        status_end(publish(&p, &stage, options, run, out));
    if (options->json) {
        enum terramis_status told = tell_done(status, out, stream);
        status = status == TERRAMIS_OK ? told : status;
    } else if (status == TERRAMIS_OK && p.licence) { /* all have one */
        report(&p, out, stream);
    }
    if (opened)
        event_close();
    stage_close(&stage, false);
    publication_close(&p);
    return status_end(status);
}
