/* One analysis from project file to published results: the table of contents
 * of Terramis. Read it first. */
#include <stdlib.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "base/log.h"
#include "output/manifest.h"
#include "run/finish.h"
#include "run/project.h"
#include "run/report.h"
#include "run/stage.h"
#include "base/pool.h"
#include "uncertainty/uncertainty.h"

/* A run in progress. */
struct run {
    const struct terramis_options *options;
    struct project project;
    struct stage stage;
    struct territory_result *results;
    size_t count;
    size_t failed;
    enum terramis_status first_failure;
    int threads, tile;
    char date[16];
};

static struct output_job job_of(struct run *run)
{
    return (struct output_job){.plan = &run->project.plan,
                               .results = run->results,
                               .count = run->count,
                               .dir = run->stage.dir,
                               .date = run->date};
}

/* Tiles to rasters and parcels; then sites, files, maps. */
static enum terramis_status analyse(struct run *run,
                                    const struct territory *territory,
                                    struct territory_result *result,
                                    const char *dir)
{
    struct plan *plan = &run->project.plan;
    struct output_job job = job_of(run);
    struct rasters rasters = {.files = {NULL}};
    struct grid grid;
    struct log_time clock = log_time();
    TRY(analysis_grid(plan, territory, &grid));
    enum terramis_status status = rasters_open(&rasters, plan, &grid, dir);
    struct analysis_sink sink = {rasters_write, &rasters};
    if (status == TERRAMIS_OK)
        status = analysis_run(&result->analysis, plan, territory, run->threads,
                              run->tile, sink);
    log_step(_("tiles"), &clock, log_time());
    if (status == TERRAMIS_OK)
        status = uncertainty_run(&result->analysis, run->threads);
    if (plan->config->uncertainty.on)
        log_step(_("uncertainty"), &clock, log_time());
    if (status == TERRAMIS_OK)
        status = finish_territory(&job, result, &rasters, run->threads);
    log_step(_("overviews, compression, sites and outputs"), &clock,
             log_time());
    rasters_cancel(&rasters);
    return status;
}

static enum terramis_status run_territory(struct run *run,
                                          const struct territory *territory,
                                          struct territory_result *result)
{
    struct text dir = {0};
    TRY(stage_folder(&run->stage, territory->config->id));
    text_addf(&dir, "%s/%s", run->stage.dir, territory->config->id);
    enum terramis_status status = text_status(&dir);
    if (status == TERRAMIS_OK)
        status = analyse(run, territory, result, text_get(&dir));
    text_release(&dir);
    result->done = status == TERRAMIS_OK;
    return status;
}

/* Territories do not depend on one another: when one fails for its data, the
 * others go on. */
static enum terramis_status run_territories(struct run *run)
{
    struct plan *plan = &run->project.plan;
    TRY(mem_new(&run->results, plan->territory_count, sizeof *run->results));
    for (size_t i = 0; i < plan->territory_count; i++) {
        const struct territory *territory = &plan->territories[i];
        if (!project_wants(&run->project, run->options, i))
            continue;
        struct territory_result *result = &run->results[run->count++];
        double start = log_clock();
        enum terramis_status status = run_territory(run, territory, result);
        if (status == TERRAMIS_OK) {
            log_line(LOG_NOTE, "%s: %.1f s", territory->config->name,
                     log_clock() - start);
            continue;
        }
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

static enum terramis_status publish(struct run *run)
{
    struct output_job job = job_of(run);
    TRY(finish_project(&job, run->threads));
    if (!output_wanted(&run->project.config, "cog"))
        TRY(rasters_remove(&job));
    TRY(manifest_write(&job));
    return stage_publish(&run->stage);
}

static enum terramis_status run_all(struct run *run, FILE *stream)
{
    const struct terramis_options *options = run->options;
    const char *out = options->out ? options->out : "out";
    struct log_time clock = log_time();
    if (options->resume)
        return status_set(TERRAMIS_USAGE,
                          _("--resume: this version cannot go on with an "
                            "interrupted run. Run again with --overwrite"));
    TRY(project_open(&run->project, options, true));
    log_step(_("reading"), &clock, log_time());
    TRY(stage_open(&run->stage, out, options->overwrite));
    TRY(run_territories(run));
    if (run->failed == run->count)
        return run->first_failure; /* its message is the last one */
    TRY(publish(run));
    struct output_job job = job_of(run);
    TRY(report_run(&job, options->json, stream));
    if (run->failed > 0)
        return status_set(TERRAMIS_PARTIAL,
                          _("%zu of %zu territories failed; the results in %s "
                            "are those of the others"),
                          run->failed, run->count, out);
    return TERRAMIS_OK;
}

static void release(struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        analysis_release(&run->results[i].analysis);
        sites_release(&run->results[i].sites);
    }
    free(run->results);
    stage_close(&run->stage);
    project_release(&run->project);
}

enum terramis_status terramis_run(const struct terramis_options *options,
                                  FILE *stream)
{
    struct run run = {.options = options,
                      .threads = options->threads > 0 ? options->threads
                                                      : pool_processors(),
                      .tile = options->tile > 0 ? options->tile : TILE_SIZE};
    double start = log_clock();
    run_date(run.date);
    enum terramis_status status = run_all(&run, stream);
    release(&run);
    struct rusage usage;
    if (status == TERRAMIS_OK && getrusage(RUSAGE_SELF, &usage) == 0)
        log_line(LOG_NOTE, _("done in %.1f s, at most %.0f MB of memory"),
                 log_clock() - start, (double)usage.ru_maxrss / 1024);
    return status;
}
