#include "weights/ahp.h"

static enum terramis_status new_set(const struct weights_task *task,
                                    struct ahp_set *set, const char *group)
{
    size_t most = task->count + task->group_count;
    *set = (struct ahp_set){
        .group = group,
        .ids = arena_alloc(task->arena, most, sizeof *set->ids),
        .item = arena_alloc(task->arena, most, sizeof *set->item),
        .below = arena_alloc(task->arena, most, sizeof *set->below)};
    return set->ids && set->item && set->below ? TERRAMIS_OK
                                               : status_no_memory();
}

static void add(struct ahp_set *set, const char *id, size_t item, size_t below)
{
    set->ids[set->count] = id;
    set->item[set->count] = item;
    set->below[set->count++] = below;
}

static bool has_factors(const struct weights_task *task, size_t group)
{
    for (size_t i = 0; i < task->count; i++)
        if (task->items[i].group == group)
            return true;
    return false;
}

enum terramis_status ahp_find_sets(const struct weights_task *task,
                                   struct ahp_sets *sets)
{
    size_t groups = task->group_count;
    sets->count = groups + 1;
    sets->items = arena_alloc(task->arena, sets->count, sizeof *sets->items);
    if (!sets->items)
        return status_no_memory();
    for (size_t g = 0; g < groups; g++)
        TRY(new_set(task, &sets->items[g], task->groups[g].id));
    struct ahp_set *top = &sets->items[groups];
    TRY(new_set(task, top, NULL));
    for (size_t g = 0; g < groups; g++)
        if (has_factors(task, g))
            add(top, task->groups[g].id, WEIGHTS_NO_GROUP, g);
    for (size_t i = 0; i < task->count; i++) {
        size_t g = task->items[i].group;
        add(g < groups ? &sets->items[g] : top, task->items[i].id, i,
            WEIGHTS_NO_GROUP);
    }
    for (size_t s = 0; s < sets->count; s++) {
        size_t n = sets->items[s].count;
        pairwise_init(&sets->items[s].matrix,
                      n < PAIRWISE_MAX ? n : PAIRWISE_MAX);
        if (n > PAIRWISE_MAX)
            problems_add(task->problems, task->at,
                         _("ahp: %zu elements are compared with one another; "
                           "%d at most. Put factors into groups (group:)"),
                         n, PAIRWISE_MAX);
    }
    return TERRAMIS_OK;
}
