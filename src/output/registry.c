#include "base/mem.h"
#include "output/output.h"

#define OUTPUT(name) extern const struct output_op output_##name;
#include "output/outputs.def"
#undef OUTPUT

static const struct output_op *const outputs[] = {
#define OUTPUT(name) &output_##name,
#include "output/outputs.def"
#undef OUTPUT
};

static const struct operator* const operators[] = {
#define OUTPUT(name) &output_##name.op,
#include "output/outputs.def"
#undef OUTPUT
};

enum {
    OUTPUT_COUNT = sizeof outputs / sizeof outputs[0]
};

const struct registry output_registry = {N_("output"), operators, OUTPUT_COUNT};

bool output_wanted(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->outputs.count; i++)
        if (text_same(config->outputs.items[i], name))
            return true;
    return false;
}

bool output_draws(const struct config *config)
{
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (outputs[i]->draws && output_wanted(config, outputs[i]->op.name))
            return true;
    return false;
}

enum terramis_status output_path(const struct output_job *job,
                                 const struct territory_result *result,
                                 const char *name, char **path)
{
    struct text text = {0};
    text_addf(&text, "%s/", job->dir);
    if (result)
        text_addf(&text, "%s/", result->analysis.territory->config->id);
    text_add(&text, name);
    return text_take(&text, path);
}

size_t output_steps(const struct output_job *job,
                    const struct territory_result *result,
                    struct output_step *steps)
{
    size_t count = 0;
    for (size_t i = 0; i < OUTPUT_COUNT; i++) {
        const struct output_op *op = outputs[i];
        int parts = op->parts == 0 ? 1 : op->parts;
        if (!(result ? op->territory != NULL : op->project != NULL) ||
            !output_wanted(job->plan->config, op->op.name))
            continue;
        for (int part = 0; part < parts && count < OUTPUT_STEPS_MAX; part++)
            steps[count++] = (struct output_step){op, job, result, part};
    }
    return count;
}

enum terramis_status output_run_step(const struct output_step *step)
{
    struct plan plan = *step->job->plan; /* lent, but for the context */
    struct output_job job = *step->job;
    job.plan = &plan;
    job.part = step->part;
    TRY(geos_open(&plan.geos));
    enum terramis_status status = step->result
                                      ? step->op->territory(&job, step->result)
                                      : step->op->project(&job);
    geos_close(&plan.geos);
    return status;
}
