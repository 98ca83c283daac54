#include "run/finish.h"

#include <stdatomic.h>

#include "base/log.h"
#include "run/record.h"
#include "tile/tasks.h"
#include "uncertainty/uncertainty.h"

/* How many of the tasks are done. */
struct tally {
    const char *what;
    size_t total;
    atomic_size_t done;
};

/* A raster to finish. */
struct raster_step {
    struct tally *tally;
    struct rasters *rasters;
    int raster;
};

/* Numbers of the tasks: parcels and sites first, since most of the rest waits
 * for them; the outputs come last. */
enum {
    TASK_PARCELS,
    TASK_SITES,
    TASK_SHADE,
    TASK_RASTERS,
    TASK_INPUTS = TASK_RASTERS + RASTER_COUNT,
    TASK_OUTPUTS
};

struct shade_step {
    struct tally *tally;
    const struct plan *plan;
    struct territory_result *result;
};

/* Parcels, then sites. */
struct parcels_step {
    struct tally *tally;
    struct territory_result *result;
    struct journal *journal;
    int threads;
};

struct written_step {
    struct tally *tally;
    struct output_step step;
};

/* Says (verbose) how long a task took, and how far things are. */
static void task_done(struct tally *tally, const char *what,
                      struct log_time start)
{
    log_step(what, &start, log_thread_time());
    log_progress(tally->what, atomic_fetch_add(&tally->done, 1) + 1,
                 tally->total);
}

/* The sums are kept first: they become areas. */
static enum terramis_status finish_parcels(void *data)
{
    const struct parcels_step *step = data;
    struct analysis *analysis = &step->result->analysis;
    struct log_time start = log_thread_time();
    TRY(journal_keep(step->journal, analysis));
    TRY(analysis_finish(analysis));
    TRY(uncertainty_run(analysis, step->threads));
    task_done(step->tally, "parcels", start);
    return TERRAMIS_OK;
}

static enum terramis_status build_sites(void *data)
{
    const struct parcels_step *step = data;
    struct log_time start = log_thread_time();
    TRY(sites_build(&step->result->sites, &step->result->analysis.parcels,
                    step->threads));
    task_done(step->tally, "sites", start);
    return TERRAMIS_OK;
}

/* As fine as the largest sheet shows it. */
static enum terramis_status make_shade(void *data)
{
    const struct shade_step *step = data;
    const double sheet_cells = 1150;
    struct rect e = step->result->analysis.territory->extent;
    struct log_time start = log_thread_time();
    if (output_draws(step->plan->config))
        TRY(shade_make(&step->result->shade, step->plan, e,
                       fmax(e.xmax - e.xmin, e.ymax - e.ymin) / sheet_cells));
    task_done(step->tally, "shade", start);
    return TERRAMIS_OK;
}

static enum terramis_status finish_raster(void *data)
{
    const struct raster_step *step = data;
    struct log_time start = log_thread_time();
    TRY(rasters_finish(step->rasters, step->raster));
    task_done(step->tally, raster_names[step->raster], start);
    return TERRAMIS_OK;
}

/* So that the record of the territory need not wait for it. */
static enum terramis_status read_inputs(void *data)
{
    const struct parcels_step *step = data;
    struct log_time start = log_thread_time();
    TRY(record_key(step->journal));
    task_done(step->tally, "digests", start);
    return TERRAMIS_OK;
}

static enum terramis_status run_output(void *data)
{
    const struct written_step *written = data;
    struct log_time start = log_thread_time();
    TRY(output_run_step(&written->step));
    task_done(written->tally, written->step.op->op.name, start);
    return TERRAMIS_OK;
}

static const uint64_t after_parcels = UINT64_C(1) << TASK_PARCELS;
static const uint64_t after_sites = UINT64_C(1) << TASK_SITES;
static const uint64_t after_drawn =
    ((UINT64_C(1) << RASTER_COUNT) - 1) << TASK_RASTERS | UINT64_C(1)
                                                              << TASK_SHADE;

static size_t list_outputs(struct written_step *written, struct tally *tally,
                           const struct output_job *job,
                           const struct territory_result *result)
{
    struct output_step steps[OUTPUT_STEPS_MAX];
    size_t count = output_steps(job, result, steps);
    for (size_t i = 0; i < count; i++)
        written[i] = (struct written_step){tally, steps[i]};
    return count;
}

static enum terramis_status run_tasks(const struct task *tasks, size_t count,
                                      struct tally *tally, int threads)
{
    tally->total = count;
    log_progress(tally->what, 0, count);
    return tasks_run(tasks, count, threads);
}

enum terramis_status finish_territory(const struct output_job *job,
                                      struct territory_result *result,
                                      struct rasters *rasters,
                                      struct journal *journal, int threads)
{
    struct tally tally = {.what = _("writing")};
    struct task tasks[TASK_OUTPUTS + OUTPUT_STEPS_MAX];
    struct parcels_step parcels = {&tally, result, journal, threads};
    struct raster_step files[RASTER_COUNT];
    struct written_step outputs[OUTPUT_STEPS_MAX];
    struct shade_step shade = {&tally, job->plan, result};
    tasks[TASK_SHADE] = (struct task){make_shade, &shade, 0};
    tasks[TASK_PARCELS] = (struct task){finish_parcels, &parcels, 0};
    tasks[TASK_SITES] = (struct task){build_sites, &parcels, after_parcels};
    tasks[TASK_INPUTS] = (struct task){read_inputs, &parcels, 0};
    for (int i = 0; i < RASTER_COUNT; i++) {
        files[i] = (struct raster_step){&tally, rasters, i};
        tasks[TASK_RASTERS + i] = (struct task){finish_raster, &files[i], 0};
    }
    size_t count = list_outputs(outputs, &tally, job, result);
    for (size_t i = 0; i < count; i++)
        tasks[TASK_OUTPUTS + i] = (struct task){
            run_output, &outputs[i],
            after_sites | (outputs[i].step.op->draws ? after_drawn : 0)};
    return run_tasks(tasks, TASK_OUTPUTS + count, &tally, threads);
}

enum terramis_status finish_project(const struct output_job *job, int threads)
{
    struct tally tally = {.what = _("writing")};
    struct task tasks[OUTPUT_STEPS_MAX];
    struct written_step outputs[OUTPUT_STEPS_MAX];
    size_t count = list_outputs(outputs, &tally, job, NULL);
    for (size_t i = 0; i < count; i++)
        tasks[i] = (struct task){
            run_output, &outputs[i],
            outputs[i].step.op->lists ? (UINT64_C(1) << i) - 1 : 0};
    return run_tasks(tasks, count, &tally, threads);
}
