#include "run/finish.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/log.h"
#include "output/digest.h"
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
    const struct output_job *job;
    const struct territory_result *result;
    struct rasters *rasters;
    int raster;
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

/* So that the territory's record need not wait for the digest of a file. */
static enum terramis_status read_file(const struct output_job *job,
                                      const struct territory_result *result,
                                      const char *name)
{
    struct digest digest;
    char *path = NULL;
    if (!job->outputs)
        return TERRAMIS_OK;
    TRY(output_path(job, result, name, &path));
    enum terramis_status status = digests_get(job->outputs, path, &digest);
    free(path);
    return status;
}

static enum terramis_status finish_raster(void *data)
{
    const struct raster_step *step = data;
    struct log_time start = log_thread_time();
    TRY(rasters_finish(step->rasters, step->raster));
    TRY(read_file(step->job, step->result, raster_names[step->raster]));
    task_done(step->tally, raster_names[step->raster], start);
    return TERRAMIS_OK;
}

static enum terramis_status read_inputs(void *data)
{
    const struct parcels_step *step = data;
    struct log_time start = log_thread_time();
    TRY(journal_read(step->journal));
    task_done(step->tally, "digests", start);
    return TERRAMIS_OK;
}

static enum terramis_status run_output(void *data)
{
    const struct written_step *written = data;
    const struct output_step *step = &written->step;
    struct log_time start = log_thread_time();
    TRY(output_run_step(step));
    if (step->result && step->op->large)
        TRY(read_file(step->job, step->result, step->op->large));
    task_done(written->tally, step->op->op.name, start);
    return TERRAMIS_OK;
}

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

/* Tasks in the order in which they begin. */
struct task_list {
    struct task items[TASKS_MAX];
    size_t count;
};

_Static_assert(4 + RASTER_COUNT + OUTPUT_STEPS_MAX <= TASKS_MAX,
               "finish_territory() has room for its tasks");

/* Adds a task that waits for the set `after`; gives the set of it alone. */
static uint64_t add_task(struct task_list *list,
                         enum terramis_status (*run)(void *data), void *data,
                         uint64_t after)
{
    list->items[list->count] = (struct task){run, data, after};
    return UINT64_C(1) << list->count++;
}

/* The outputs that are early, or the others. */
static void add_outputs(struct task_list *list, struct written_step *outputs,
                        size_t count, bool early, uint64_t sites,
                        uint64_t drawn)
{
    for (size_t i = 0; i < count; i++) {
        const struct output_op *op = outputs[i].step.op;
        if (op->early == early)
            add_task(list, run_output, &outputs[i],
                     sites | (op->draws ? drawn : 0));
    }
}

static enum terramis_status run_tasks(const struct task_list *list,
                                      struct tally *tally, int threads)
{
    tally->total = list->count;
    log_progress(tally->what, 0, list->count);
    return tasks_run(list->items, list->count, threads);
}

/* Parcels and sites first, since most of the rest waits for them. */
enum terramis_status finish_territory(const struct output_job *job,
                                      struct territory_result *result,
                                      struct rasters *rasters,
                                      struct journal *journal, int threads)
{
    struct tally tally = {.what = _("writing")};
    struct task_list list = {.count = 0};
    struct parcels_step parcels = {&tally, result, journal, threads};
    struct raster_step files[RASTER_COUNT];
    struct written_step outputs[OUTPUT_STEPS_MAX];
    struct shade_step shade = {&tally, job->plan, result};
    size_t count = list_outputs(outputs, &tally, job, result);
    uint64_t finished = add_task(&list, finish_parcels, &parcels, 0);
    uint64_t sites = add_task(&list, build_sites, &parcels, finished);
    uint64_t drawn = add_task(&list, make_shade, &shade, 0);
    add_outputs(&list, outputs, count, true, sites, 0);
    for (int i = 0; i < RASTER_COUNT; i++) {
        files[i] = (struct raster_step){&tally, job, result, rasters, i};
        drawn |= add_task(&list, finish_raster, &files[i], 0);
    }
    add_task(&list, read_inputs, &parcels, finished);
    add_outputs(&list, outputs, count, false, sites, drawn);
    return run_tasks(&list, &tally, threads);
}

enum terramis_status finish_project(const struct output_job *job, int threads)
{
    struct tally tally = {.what = _("writing")};
    struct task_list list = {.count = 0};
    struct written_step outputs[OUTPUT_STEPS_MAX];
    size_t count = list_outputs(outputs, &tally, job, NULL);
    for (size_t i = 0; i < count; i++)
        add_task(&list, run_output, &outputs[i],
                 outputs[i].step.op->lists ? (UINT64_C(1) << i) - 1 : 0);
    return run_tasks(&list, &tally, threads);
}
