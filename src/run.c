/* One analysis from project file to published results: the table of contents
 * of Terramis. Read it first. */
#include <stdlib.h>

#include "base/event.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "output/manifest.h"
#include "run/checkpoint.h"
#include "run/estimate.h"
#include "run/finish.h"
#include "run/journal.h"
#include "run/project.h"
#include "run/report.h"
#include "run/stage.h"
#include "uncertainty/uncertainty.h"

/* Where steps end, as shares of the time a run takes, roughly. */
#define SHARE_READ 0.1
#define SHARE_TERRITORIES 0.95
#define SHARE_TILES 0.6 /* of a territory's */

/* A run in progress. */
struct run {
    const struct terramis_options *options;
    struct project project;
    struct stage stage;
    struct journal journal;
    struct territory_result *results;
    size_t wanted; /* how many there will be */
    size_t count;
    size_t failed;
    size_t finished; /* in the journal */
    size_t kept;     /* tiles of the territory at hand, in the journal */
    enum terramis_status first_failure;
    bool published;
    int threads, tile;
    char date[16]; /**< "": that of the run that is gone on with */
};

static struct output_job job_of(struct run *run)
{
    return (struct output_job){.plan = &run->project.plan,
                               .results = run->results,
                               .count = run->count,
                               .dir = run->stage.dir,
                               .date = run->date,
                               .inputs = &run->project.inputs,
                               .outputs = &run->journal.outputs};
}

/* Progress from here on is a share of the territory at hand, the last that was
 * begun. */
static void territory_part(const struct run *run, double from, double to)
{
    double width = (SHARE_TERRITORIES - SHARE_READ) / (double)run->wanted;
    double start = SHARE_READ + width * (double)(run->count - 1);
    log_part(start + width * from, start + width * to);
}

/* Where the tiles of a territory go. */
struct tiles_sink {
    struct rasters rasters;
    struct checkpoint *checkpoint;
};

static enum terramis_status take_tiles(void *data, struct analysis *analysis,
                                       size_t *first)
{
    struct tiles_sink *sink = data;
    return checkpoint_begin(sink->checkpoint, &sink->rasters, analysis, first);
}

static enum terramis_status write_tile(void *data,
                                       const struct analysis *analysis,
                                       size_t tile,
                                       const struct tile_result *result)
{
    struct tiles_sink *sink = data;
    TRY(rasters_write(&sink->rasters, result));
    return checkpoint_tile(sink->checkpoint, analysis, tile, result->blank);
}

/* Tiles to rasters and sums; then parcels, sites, files, maps. */
static enum terramis_status analyse(struct run *run,
                                    const struct territory *territory,
                                    struct territory_result *result,
                                    struct checkpoint *checkpoint,
                                    const char *dir)
{
    struct plan *plan = &run->project.plan;
    struct output_job job = job_of(run);
    struct tiles_sink to = {.checkpoint = checkpoint};
    struct grid grid;
    struct log_time clock = log_time();
    territory_part(run, 0, SHARE_TILES);
    TRY(analysis_grid(plan, territory, &grid));
    enum terramis_status status = rasters_open(&to.rasters, plan, &grid, dir);
    struct analysis_sink sink = {
        .write = write_tile, .data = &to, .begin = take_tiles};
    if (status == TERRAMIS_OK)
        status = analysis_run(&result->analysis, plan, territory, run->threads,
                              run->tile, sink);
    if (status == TERRAMIS_INTERRUPTED)
        checkpoint_last(checkpoint, &result->analysis);
    log_step(_("tiles"), &clock, log_time());
    territory_part(run, SHARE_TILES, 1);
    if (status == TERRAMIS_OK)
        status = finish_territory(&job, result, &to.rasters, &run->journal,
                                  run->threads);
    log_step(_("parcels, overviews, compression, sites and outputs"), &clock,
             log_time());
    rasters_cancel(&to.rasters);
    return status;
}

/* What an interrupted run finished: its files stay, its results follow from
 * the sums. *taken: it did. */
static enum terramis_status take_over(struct run *run,
                                      const struct territory *territory,
                                      struct territory_result *result,
                                      bool *taken)
{
    FILE *sums = NULL;
    *taken = false;
    if (!run->options->resume)
        return TERRAMIS_OK;
    TRY(journal_take(&run->journal, territory->config->id, run->date, &sums));
    if (!sums)
        return TERRAMIS_OK;
    enum terramis_status status =
        analysis_resume(&result->analysis, &run->project.plan, territory,
                        run->threads, run->tile, sums, taken);
    fclose(sums);
    if (!*taken)
        analysis_release(&result->analysis);
    if (status == TERRAMIS_OK && *taken)
        status = uncertainty_run(&result->analysis, run->threads);
    if (status == TERRAMIS_OK && *taken)
        status = sites_build(&result->sites, &result->analysis.parcels,
                             run->threads);
    result->done = status == TERRAMIS_OK && *taken;
    return status;
}

static enum terramis_status compute(struct run *run,
                                    const struct territory *territory,
                                    struct territory_result *result,
                                    struct checkpoint *checkpoint)
{
    const char *id = territory->config->id;
    struct text dir = {0};
    TRY(checkpoint_open(checkpoint, &run->journal, id, run->tile, run->date));
    if (!*run->date)
        run_date(run->date);
    TRY(stage_folder(&run->stage, id));
    text_addf(&dir, "%s/%s", run->stage.dir, id);
    enum terramis_status status = text_status(&dir);
    if (status == TERRAMIS_OK)
        status = analyse(run, territory, result, checkpoint, text_get(&dir));
    text_release(&dir);
    if (status == TERRAMIS_OK)
        status = journal_put(&run->journal, id, run->date);
    if (status == TERRAMIS_OK)
        checkpoint_drop(checkpoint);
    return status;
}

static enum terramis_status run_territory(struct run *run,
                                          const struct territory *territory,
                                          struct territory_result *result)
{
    bool taken;
    TRY(take_over(run, territory, result, &taken));
    struct checkpoint checkpoint = {.tiles = 0};
    enum terramis_status status = TERRAMIS_OK;
    if (!taken)
        status = compute(run, territory, result, &checkpoint);
    run->kept = checkpoint.tiles;
    checkpoint_release(&checkpoint);
    result->done = status == TERRAMIS_OK;
    run->finished += result->done;
    return status;
}

static void tell_territory(const struct territory *territory, const char *state,
                           const char *text)
{
    event_texts("territory", "id", territory->config->id, "name",
                territory->config->name, "state", state, "text", text);
}

/* Territories do not depend on one another: when one fails for its data, the
 * others go on. */
static enum terramis_status run_territories(struct run *run)
{
    struct plan *plan = &run->project.plan;
    TRY(mem_new(&run->results, plan->territory_count, sizeof *run->results));
    for (size_t i = 0; i < plan->territory_count; i++)
        run->wanted += project_wants(&run->project, run->options, i);
    for (size_t i = 0; i < plan->territory_count; i++) {
        const struct territory *territory = &plan->territories[i];
        if (!project_wants(&run->project, run->options, i))
            continue;
        struct territory_result *result = &run->results[run->count++];
        double start = log_clock();
        tell_territory(territory, "begun", NULL);
        enum terramis_status status = run_territory(run, territory, result);
        if (status == TERRAMIS_OK) {
            log_line(LOG_NOTE, "%s: %.1f s", territory->config->name,
                     log_clock() - start);
            tell_territory(territory, "done", NULL);
            continue;
        }
        tell_territory(territory, "failed", status_message());
        bool only = plan->territory_count == 1 || run->options->territory;
        if (status != TERRAMIS_INPUT || only)
            return status; /* no other territory to go on with */
        log_line(LOG_WARNING, _("territory %s failed: %s"),
                 territory->config->id, status_message());
        if (run->failed++ == 0)
            run->first_failure = status;
        result->analysis.territory = territory;
        TRY(stage_remove(&run->stage, territory->config->id));
    }
    return TERRAMIS_OK;
}

/* Of an interrupted run's stage only territories are of use that are wanted
 * now. */
static enum terramis_status sweep_stage(struct run *run)
{
    const struct config *config = &run->project.config;
    const struct territory_config *territories = config->territories.items;
    const char **ids;
    TRY(mem_new(&ids, config->territories.count, sizeof *ids));
    size_t count = 0;
    const char *only = run->options->territory;
    for (size_t i = 0; i < config->territories.count; i++)
        if (!only || text_same(territories[i].id, only))
            ids[count++] = territories[i].id;
    enum terramis_status status = stage_sweep(&run->stage, ids, count);
    free(ids);
    return status;
}

static enum terramis_status publish(struct run *run)
{
    struct output_job job = job_of(run);
    log_part(SHARE_TERRITORIES, 1);
    TRY(finish_project(&job, run->threads));
    if (!output_wanted(&run->project.config, "cog"))
        TRY(rasters_remove(&job));
    TRY(manifest_write(&job));
    if (status_memory_lost())
        return status_no_memory();
    TRY(project_unchanged(&run->project));
    TRY(stage_publish(&run->stage));
    run->published = true;
    return TERRAMIS_OK;
}

static enum terramis_status run_all(struct run *run, FILE *stream)
{
    const struct terramis_options *options = run->options;
    const char *out = project_out(options);
    struct log_time clock = log_time();
    if (!options->quiet)
        event_progress(0, _("reading"));
    TRY(project_open(&run->project, options, false));
    TRY(stage_open(&run->stage, out, options->overwrite, options->resume));
    TRY(sweep_stage(run));
    TRY(project_layers(&run->project, options));
    TRY(estimate_check(options, &run->project.plan));
    mem_give_back();
    log_step(_("reading"), &clock, log_time());
    TRY(run_territories(run));
    if (run->failed == run->count)
        return run->first_failure; /* its message is the last one */
    TRY(publish(run));
    struct output_job job = job_of(run);
    if (!options->json)
        report_run(&job, stream);
    if (run->failed > 0)
        return status_set(TERRAMIS_PARTIAL,
                          _("%zu of %zu territories failed; the results in %s "
                            "are those of the others"),
                          run->failed, run->count, out);
    return TERRAMIS_OK;
}

static void release(struct run *run, bool interrupted)
{
    for (size_t i = 0; i < run->count; i++) {
        analysis_release(&run->results[i].analysis);
        sites_release(&run->results[i].sites);
        shade_release(&run->results[i].shade);
    }
    free(run->results);
    journal_release(&run->journal);
    stage_close(&run->stage, interrupted);
    project_release(&run->project);
}

/* The last event, whatever came before. */
static enum terramis_status tell_done(struct run *run,
                                      enum terramis_status status, FILE *stream)
{
    struct output_job job = job_of(run);
    enum terramis_status told =
        report_done(run->options, status, run->published ? &job : NULL, stream);
    return status == TERRAMIS_OK ? told : status;
}

static enum terramis_status run_timed(struct run *run, FILE *stream)
{
    double start = log_clock();
    TRY(run_all(run, stream));
    log_line(LOG_NOTE, _("done in %.1f s, at most %.0f MB of memory"),
             log_clock() - start, mem_peak() / 1048576);
    return TERRAMIS_OK;
}

enum terramis_status terramis_run(const struct terramis_options *options,
                                  FILE *stream)
{
    struct run run = {.options = options,
                      .stage = {.lock = LOCK_NONE},
                      .threads = options->threads > 0 ? options->threads
                                                      : pool_processors(),
                      .tile = options->tile > 0 ? options->tile : TILE_SIZE};
    run.journal = (struct journal){
        .stage = &run.stage, .project = &run.project, .options = options};
    mem_share_heaps(run.threads);
    bool opened = options->json && event_open(stream);
    event_texts("start", "program", "terramis", "version", TERRAMIS_VERSION,
                "project", project_path(options), "out", project_out(options));
    if (!options->resume || getenv("SOURCE_DATE_EPOCH"))
        run_date(run.date);
    enum terramis_status status = status_end(run_timed(&run, stream));
    if (status == TERRAMIS_INTERRUPTED && run.kept > 0)
        status_set(status,
                   _("interrupted; %zu territories are finished and kept, and "
                     "%zu tiles of the next one: go on with --resume"),
                   run.finished, run.kept);
    else if (status == TERRAMIS_INTERRUPTED && run.finished > 0)
        status_set(status,
                   _("interrupted; %zu territories are finished and kept: go "
                     "on with --resume"),
                   run.finished);
    if (options->json)
        status = tell_done(&run, status, stream);
    release(&run, status == TERRAMIS_INTERRUPTED);
    if (opened)
        event_close();
    return status_end(status);
}
