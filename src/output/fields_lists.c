#include "output/fields_lists.h"

#include <stdio.h>

#include "parcel/sources.h"

/* Titles, or files that have none. */
struct vector_value sources_value(const struct field_row *row)
{
    static _Thread_local char text[4096];
    const struct plan *plan = row->analysis->plan;
    size_t used = 0;
    for (size_t i = 0; i < plan->marginal_count && used < sizeof text; i++) {
        const struct layer_config *layer = plan->evidence[i].layer;
        if (sources_has(row->parcel->sources, i))
            used += (size_t)snprintf(
                text + used, sizeof text - used, "%s%s", used ? ", " : "",
                layer->title ? layer->title : layer->source.text);
    }
    return used ? vector_text(text) : vector_null();
}

struct vector_value constraints_value(const struct field_row *row)
{
    static _Thread_local char text[4096];
    const struct plan *plan = row->analysis->plan;
    uint64_t mask = row->parcel->sums.constraints;
    size_t used = 0;
    for (size_t i = 0; i < plan->constraint_count && used < sizeof text; i++)
        if (mask >> i & 1)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                     used ? " " : "", plan->constraints[i].id);
    return used ? vector_text(text) : vector_null();
}
