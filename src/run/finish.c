#include "run/finish.h"

#include "base/log.h"
#include "tile/tasks.h"

/* A raster to finish. */
struct raster_step {
    struct rasters *rasters;
    int raster;
};

/* Numbers of the tasks: sites first, since most of the rest waits for them;
 * the outputs come last. */
enum {
    TASK_SITES,
    TASK_RASTERS,
    TASK_OUTPUTS = TASK_RASTERS + RASTER_COUNT
};

struct sites_step {
    struct territory_result *result;
    int threads;
};

static enum terramis_status build_sites(void *data)
{
    const struct sites_step *step = data;
    struct log_time start = log_thread_time();
    TRY(sites_build(&step->result->sites, &step->result->analysis.parcels,
                    step->threads));
    log_step("sites", &start, log_thread_time());
    return TERRAMIS_OK;
}

static enum terramis_status finish_raster(void *data)
{
    const struct raster_step *step = data;
    struct log_time start = log_thread_time();
    TRY(rasters_finish(step->rasters, step->raster));
    log_step(raster_names[step->raster], &start, log_thread_time());
    return TERRAMIS_OK;
}

static enum terramis_status run_output(void *data)
{
    const struct output_step *step = data;
    struct log_time start = log_thread_time();
    TRY(output_run_step(step));
    log_step(step->op->op.name, &start, log_thread_time());
    return TERRAMIS_OK;
}

static const uint64_t after_sites = UINT64_C(1) << TASK_SITES;
static const uint64_t after_rasters = ((UINT64_C(1) << RASTER_COUNT) - 1)
                                      << TASK_RASTERS;

enum terramis_status finish_territory(const struct output_job *job,
                                      struct territory_result *result,
                                      struct rasters *rasters, int threads)
{
    struct task tasks[TASK_OUTPUTS + OUTPUT_STEPS_MAX];
    struct sites_step sites = {result, threads};
    struct raster_step files[RASTER_COUNT];
    struct output_step outputs[OUTPUT_STEPS_MAX];
    tasks[TASK_SITES] = (struct task){build_sites, &sites, 0};
    for (int i = 0; i < RASTER_COUNT; i++) {
        files[i] = (struct raster_step){rasters, i};
        tasks[TASK_RASTERS + i] = (struct task){finish_raster, &files[i], 0};
    }
    size_t count = output_steps(job, result, outputs);
    for (size_t i = 0; i < count; i++)
        tasks[TASK_OUTPUTS + i] = (struct task){
            run_output, &outputs[i],
            after_sites | (outputs[i].op->draws ? after_rasters : 0)};
    return tasks_run(tasks, TASK_OUTPUTS + count, threads);
}

enum terramis_status finish_project(const struct output_job *job, int threads)
{
    struct task tasks[OUTPUT_STEPS_MAX];
    struct output_step outputs[OUTPUT_STEPS_MAX];
    size_t count = output_steps(job, NULL, outputs);
    for (size_t i = 0; i < count; i++)
        tasks[i] =
            (struct task){run_output, &outputs[i],
                          outputs[i].op->lists ? (UINT64_C(1) << i) - 1 : 0};
    return tasks_run(tasks, count, threads);
}
