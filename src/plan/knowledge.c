/* What the marginal layers and those of today's crops say about parcels. */
#include "base/mem.h"
#include "plan/internal.h"

static enum terramis_status read_cover(struct plan *plan,
                                       const struct cover_config *config)
{
    struct cover_layer *cover = &plan->covers[plan->cover_count++];
    const char *fields[2];
    cover->config = config;
    TRY(cover_fields(config, &plan->memory, fields));
    struct vector_request request = {.config = plan->config,
                                     .layer = &config->layer,
                                     .crs = &plan->crs,
                                     .area = plan->area,
                                     .areas = true,
                                     .fields = fields,
                                     .field_count = 2,
                                     .threads = plan->threads};
    TRY(vector_read(&cover->vector, &request));
    TRY(cover_check(plan->config, cover));
    return plan_note(plan, (struct plan_layer){.role = N_("cover"),
                                               .config = &config->layer,
                                               .vector = &cover->vector});
}

enum terramis_status plan_read_knowledge(struct plan *plan)
{
    const struct list *list = &plan->config->cover;
    const struct cover_config *covers = list->items;
    TRY(mem_new(&plan->evidence, plan->marginal_count, sizeof *plan->evidence));
    for (size_t i = 0; i < plan->marginal_count; i++) {
        const struct marginal_layer *m = &plan->marginal[i];
        plan->evidence[i] =
            evidence_of(m->config, m->kind,
                        m->is_network ? &m->rights.corridor : &m->vector);
        evidence_check(&plan->evidence[i]);
    }
    TRY(mem_new(&plan->covers, list->count, sizeof *plan->covers));
    for (size_t i = 0; i < list->count; i++)
        TRY(read_cover(plan, &covers[i]));
    return TERRAMIS_OK;
}
