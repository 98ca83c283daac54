/* The weights that stand beside the factors. Those of a group share its
 * weight where it has one; else a group weighs what its factors do. */
#include "weights/weights.h"

static double sum_of(const struct weights_task *task, size_t group)
{
    double sum = 0;
    for (size_t i = 0; i < task->count; i++)
        sum += task->items[i].group == group ? task->items[i].weight : 0;
    return sum;
}

/* All factors have a weight or none, which is 1 for each. */
static bool complete(const struct weights_task *task)
{
    size_t given = 0;
    for (size_t i = 0; i < task->count; i++)
        given += task->items[i].given;
    for (size_t i = 0; i < task->count; i++) {
        if (given == 0)
            task->items[i].weight = 1;
        else if (!task->items[i].given)
            problems_add(
                task->problems, task->items[i].at,
                _("weight: this factor has none, others have. Give all "
                  "factors a weight, or none"));
    }
    return given == 0 || given == task->count;
}

/* The factors of groups that have a weight get their share of it. */
static bool share_groups(const struct weights_task *task)
{
    bool fine = true;
    for (size_t g = 0; g < task->group_count; g++) {
        const struct weights_group *group = &task->groups[g];
        double sum = sum_of(task, g);
        if (group->weight != group->weight)
            continue;
        if (sum == 0 && group->weight > 0) {
            problems_add(task->problems, group->at,
                         _("weight: group %s has one, but its factors' "
                           "weights are all 0"),
                         group->id);
            fine = false;
        }
        for (size_t i = 0; i < task->count; i++)
            if (task->items[i].group == g && sum > 0)
                task->items[i].weight *= group->weight / sum;
    }
    return fine;
}

static enum terramis_status direct_solve(const struct weights_task *task)
{
    double sum = 0;
    if (!complete(task) || !share_groups(task))
        return TERRAMIS_OK;
    for (size_t i = 0; i < task->count; i++)
        sum += task->items[i].weight;
    if (sum == 0)
        problems_add(task->problems, task->at,
                     _("weight: the factors' weights are all 0. Give one of "
                       "them more"));
    for (size_t i = 0; i < task->count; i++)
        task->items[i].weight /= sum;
    return TERRAMIS_OK;
}

const struct weighting_op weighting_direct = {
    .op = {.name = "direct",
           .summary = N_("The weights given beside the factors."),
           .formula = "w / sum of all w",
           .source = "Malczewski 2000, Transactions in GIS 4(1)"},
    .direct = true,
    .solve = direct_solve};
