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
            if (task->items[i].group == g && sum > 0) /* first to 0..1 */
                task->items[i].weight =
                    task->items[i].weight / sum * group->weight;
    }
    return fine;
}

/* Products of weights that are next to nothing would vanish, and the factor
 * with them, as if it had no data. */
static void refuse_specks(const struct weights_task *task)
{
    const double least = 1e-12; /* of all */
    for (size_t i = 0; i < task->count; i++)
        if (task->items[i].weight > 0 && task->items[i].weight < least)
            problems_add(task->problems, task->items[i].at,
                         _("weight: the factor's share of all weights is %.3g. "
                           "Give it 0 to leave it out, or more"),
                         task->items[i].weight);
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
    refuse_specks(task);
    return TERRAMIS_OK;
}

const struct weighting_op weighting_direct = {
    .op = {.name = "direct",
           .summary = N_("The weights given beside the factors."),
           .formula = "w / sum of all w",
           .source = "Malczewski 2000, Transactions in GIS 4(1)"},
    .direct = true,
    .solve = direct_solve};
