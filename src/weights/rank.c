/* Weights from an order of importance alone. */
#include <string.h>

#include "weights/weights.h"

enum rank_method {
    RANK_SUM,
    RANK_RECIPROCAL,
    RANK_CENTROID
};

static const char *const methods[] = {"sum", "reciprocal", "centroid", NULL};

struct rank {
    struct texts order;
    int method;
};

static const struct param rank_params[] = {
    {.name = "order",
     .type = PARAM_TEXTS,
     .offset = offsetof(struct rank, order),
     .required = true,
     .help = N_("Ids of all factors, the most important first")},
    {.name = "method",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct rank, method),
     .preset = "centroid",
     .choices = methods,
     .help = N_("Rank sum, rank reciprocal, or rank order centroid (ROC)")},
    {.name = NULL}};

/* Weight of rank i (from 1) of n, to be scaled to sum 1. */
static double weight_of(int method, size_t i, size_t n)
{
    double sum = 0;
    if (method == RANK_SUM)
        return (double)(n + 1 - i);
    if (method == RANK_RECIPROCAL)
        return 1 / (double)i;
    for (size_t k = n; k >= i; k--) /* smallest first: less rounding */
        sum += 1 / (double)k;
    return sum;
}

static const struct weights_item *find(const struct weights_task *task,
                                       const char *id, const char **near)
{
    for (size_t i = 0; i < task->count; i++) {
        if (text_same(task->items[i].id, id))
            return &task->items[i];
        if (task->items[i].id)
            text_offer(id, task->items[i].id, near);
    }
    return NULL;
}

/* Checks the name at position `k` of the order. */
static void check_name(const struct weights_task *task, size_t k)
{
    const struct rank *rank = task->params;
    const char *id = rank->order.items[k], *near = NULL;
    struct place at = rank->order.at[k];
    if (!find(task, id, &near))
        problems_add(task->problems, at,
                     near ? _("order: no factor '%s'; did you mean '%s'?")
                          : _("order: no factor '%s'"),
                     id, near);
    for (size_t j = 0; j < k; j++)
        if (text_same(rank->order.items[j], id))
            problems_add(task->problems, at,
                         _("order: '%s' stands twice. Delete one of them"), id);
}

/* Position of a factor in the order, from 1; 0: it is not there. */
static size_t position(const struct rank *rank, const char *id)
{
    for (size_t k = 0; k < rank->order.count; k++)
        if (text_same(rank->order.items[k], id))
            return k + 1;
    return 0;
}

static enum terramis_status rank_solve(const struct weights_task *task)
{
    const struct rank *rank = task->params;
    double sum = 0;
    for (size_t k = 0; k < rank->order.count; k++)
        check_name(task, k);
    for (size_t i = 0; i < task->count; i++) {
        struct weights_item *item = &task->items[i];
        size_t k = item->id ? position(rank, item->id) : 0;
        if (k == 0 && item->id)
            problems_add(task->problems, task->at,
                         _("order: factor '%s' is missing"), item->id);
        item->weight = k ? weight_of(rank->method, k, task->count) : 0;
        sum += item->weight;
    }
    for (size_t i = 0; i < task->count; i++)
        task->items[i].weight /= sum;
    return TERRAMIS_OK;
}

const struct weighting_op weighting_rank = {
    .op = {.name = "rank",
           .summary = N_("From an order of importance alone."),
           .formula =
               "rank i of n: sum 2 (n + 1 - i) / (n (n + 1)); reciprocal "
               "(1 / i) / sum of 1 / k; centroid (1 / i + ... + 1 / n) "
               "/ n",
           .source = "Stillwell, Seaver & Edwards 1981; Barron & Barrett 1996",
           .params = rank_params,
           .params_size = sizeof(struct rank)},
    .solve = rank_solve};
