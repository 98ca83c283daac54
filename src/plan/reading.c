/* The layers of a project, read beside one another: while one thread waits for
 * the file of one of them, others convert what they have of another. */
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/pool.h"
#include "plan/internal.h"

/* The kinds in the order of reports and messages. */
static const struct kind {
    plan_list *list;
    plan_read *read;
} kinds[] = {
    {plan_list_parcels, plan_read_parcels},
    {plan_list_places, plan_read_places},
    {plan_list_marginal, plan_read_marginal},
    {plan_list_constraints, plan_read_constraint},
    {plan_list_covers, plan_read_cover},
    {plan_list_factors, plan_read_factor},
};

/* A layer; what there is to say of it waits for those before it. */
struct step {
    plan_read *read;
    size_t i; /* of its kind */
    struct log_lines lines;
    struct plan_layer layer;
    bool failed;
};

struct reading {
    struct plan *plan;
    struct step *steps;
    size_t count, room;
};

struct vector_request plan_request(const struct plan *plan,
                                   const struct layer_config *layer)
{
    return (struct vector_request){.config = plan->config,
                                   .layer = layer,
                                   .crs = &plan->crs,
                                   .area = plan->area,
                                   .threads = plan->threads};
}

static enum terramis_status list_layers(struct reading *reading)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t count = 0;
        TRY(kinds[k].list(reading->plan, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(mem_grow(&reading->steps, &reading->room, reading->count,
                         sizeof *reading->steps));
            reading->steps[reading->count++] =
                (struct step){.read = kinds[k].read, .i = i};
        }
    }
    return TERRAMIS_OK;
}

static enum terramis_status read_layer(void *data, void *worker, size_t number,
                                       void *result)
{
    const struct reading *reading = data;
    struct step *step = &reading->steps[number];
    (void)worker;
    (void)result;
    log_keep(&step->lines);
    enum terramis_status status =
        step->read(reading->plan, step->i, &step->layer);
    log_keep(NULL);
    step->failed = status != TERRAMIS_OK;
    return status;
}

/* Of a reading that failed, what was said up to there. */
static enum terramis_status note_layers(const struct reading *reading)
{
    enum terramis_status status = TERRAMIS_OK;
    bool failed = false;
    for (size_t i = 0; i < reading->count; i++) {
        struct step *step = &reading->steps[i];
        if (failed)
            log_drop(&step->lines);
        else
            log_print(&step->lines);
        failed = failed || step->failed;
        if (!failed && status == TERRAMIS_OK && step->layer.role)
            status = plan_note(reading->plan, step->layer);
    }
    return status;
}

enum terramis_status plan_read_layers(struct plan *plan)
{
    struct reading reading = {.plan = plan};
    enum terramis_status status = list_layers(&reading);
    if (status == TERRAMIS_OK)
        status = pool_run(&(struct pool_job){.tiles = reading.count,
                                             .threads = plan->threads,
                                             .slots = reading.count,
                                             .result_size = 1,
                                             .data = &reading,
                                             .work = read_layer});
    enum terramis_status noted = note_layers(&reading);
    free(reading.steps);
    return status != TERRAMIS_OK ? status : noted;
}
