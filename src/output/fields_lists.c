#include "output/fields_lists.h"

#include <string.h>

#include "parcel/sources.h"

enum {
    LIST_MAX = 4096
};

/* A list being made in LIST_MAX bytes; what is too long is cut. */
struct names {
    char *text;
    size_t used;
};

static void add(struct names *list, const char *text)
{
    size_t room = LIST_MAX - 1 - list->used, size = strnlen(text, room);
    memcpy(list->text + list->used, text, size);
    list->used += size;
}

static void add_name(struct names *list, const char *between, const char *name)
{
    if (list->used)
        add(list, between);
    add(list, name);
}

static struct vector_value list_value(struct names *list)
{
    list->text[list->used] = '\0';
    return list->used ? vector_text(list->text) : vector_null();
}

/* Titles, or files that have none. */
struct vector_value sources_value(const struct field_row *row)
{
    static _Thread_local char text[LIST_MAX];
    const struct plan *plan = row->analysis->plan;
    struct names list = {text, 0};
    for (size_t i = 0; i < plan->marginal_count; i++) {
        const struct layer_config *layer = plan->evidence[i].layer;
        if (sources_has(row->parcel->sources, i))
            add_name(&list, ", ",
                     layer->title ? layer->title : layer->source.text);
    }
    return list_value(&list);
}

struct vector_value constraints_value(const struct field_row *row)
{
    static _Thread_local char text[LIST_MAX];
    const struct plan *plan = row->analysis->plan;
    uint64_t mask = row->parcel->sums.constraints;
    struct names list = {text, 0};
    for (size_t i = 0; i < plan->constraint_count; i++)
        if (mask >> i & 1)
            add_name(&list, " ", plan->constraints[i].id);
    return list_value(&list);
}
