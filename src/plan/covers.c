/* The layers of today's crops. */
#include "base/mem.h"
#include "plan/internal.h"

enum terramis_status plan_list_covers(struct plan *plan, size_t *count)
{
    const struct list *list = &plan->config->cover;
    const struct cover_config *configs = list->items;
    TRY(mem_new(&plan->covers, list->count, sizeof *plan->covers));
    for (size_t i = 0; i < list->count; i++)
        plan->covers[i].config = &configs[i];
    *count = plan->cover_count = list->count;
    return TERRAMIS_OK;
}

enum terramis_status plan_read_cover(struct plan *plan, size_t i,
                                     struct plan_layer *layer)
{
    struct cover_layer *cover = &plan->covers[i];
    const struct cover_config *config = cover->config;
    struct arena names = {0};
    const char *fields[2] = {0};
    struct vector_request request = plan_request(plan, &config->layer);
    request.areas = true;
    request.fields = fields;
    request.field_count = 2;
    enum terramis_status status = cover_fields(config, &names, fields);
    if (status == TERRAMIS_OK)
        status = vector_read(&cover->vector, &request);
    arena_release(&names);
    TRY(status);
    TRY(cover_check(plan->config, cover));
    *layer = (struct plan_layer){.role = N_("cover"),
                                 .config = &config->layer,
                                 .vector = &cover->vector};
    return TERRAMIS_OK;
}
