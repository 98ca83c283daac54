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

enum terramis_status output_path(const struct output_job *job,
                                 const struct territory_result *result,
                                 const char *name, char **path)
{
    struct text text = {0};
    text_addf(&text, "%s/%s/%s", job->dir,
              result->analysis.territory->config->id, name);
    *path = text.data; /* handed over */
    return text_status(&text);
}

enum terramis_status output_territory(const struct output_job *job,
                                      const struct territory_result *result)
{
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (outputs[i]->territory &&
            output_wanted(job->plan->config, outputs[i]->op.name))
            TRY(outputs[i]->territory(job, result));
    return TERRAMIS_OK;
}

enum terramis_status output_project(const struct output_job *job)
{
    for (size_t i = 0; i < OUTPUT_COUNT; i++)
        if (outputs[i]->project &&
            output_wanted(job->plan->config, outputs[i]->op.name))
            TRY(outputs[i]->project(job));
    return TERRAMIS_OK;
}
