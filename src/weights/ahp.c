/* Weights from pairwise judgements: the analytic hierarchy process (Saaty
 * 1980). Factors are compared inside their group, groups (and factors without
 * one) at the top; a factor weighs its share of its group. */
#include <math.h>
#include <string.h>

#include "weights/ahp.h"

enum {
    WORST_SHOWN = 3
};

static const struct param judgement_rows[] = {
    {.name = "",
     .type = PARAM_PLACE,
     .offset = offsetof(struct ahp_judgement, at)},
    {.name = "a",
     .type = PARAM_TEXT,
     .offset = offsetof(struct ahp_judgement, a),
     .required = true,
     .help = N_("Id of a factor or group")},
    {.name = "b",
     .type = PARAM_TEXT,
     .offset = offsetof(struct ahp_judgement, b),
     .required = true,
     .help = N_("Id of another one of the same group")},
    {.name = "value",
     .type = PARAM_TEXT,
     .offset = offsetof(struct ahp_judgement, value),
     .required = true,
     .help = N_("How many times more important a is than b: 1 equal, 3 "
                "moderately, 5 strongly, 7 very strongly, 9 extremely; 1/3 "
                "... the other way round")},
    {.name = NULL}};

static const struct param matrix_rows[] = {
    {.name = "",
     .type = PARAM_PLACE,
     .offset = offsetof(struct ahp_matrix, at)},
    {.name = "of",
     .type = PARAM_TEXTS,
     .offset = offsetof(struct ahp_matrix, of),
     .required = true,
     .help = N_("Ids of the factors or groups, in the order of the rows")},
    {.name = "values",
     .type = PARAM_TEXTS,
     .offset = offsetof(struct ahp_matrix, values),
     .required = true,
     .help = N_("The judgements row by row, such as 1, 3, 1/3, 1; _ where one "
                "is missing")},
    {.name = NULL}};

static const struct param ahp_params[] = {
    {.name = "judgements",
     .type = PARAM_LIST,
     .offset = offsetof(struct ahp, judgements),
     .rows = judgement_rows,
     .size = sizeof(struct ahp_judgement),
     .help = N_("Pairs compared, {a: ..., b: ..., value: 3}; those that are "
                "missing are completed")},
    {.name = "matrices",
     .type = PARAM_LIST,
     .offset = offsetof(struct ahp, matrices),
     .rows = matrix_rows,
     .size = sizeof(struct ahp_matrix),
     .help = N_("The same as whole matrices, one per group and one for the "
                "top")},
    {.name = "random_index",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct ahp, random_index),
     .preset = "saaty-1980",
     .choices = random_index_names,
     .help = N_("Table of the random index in the consistency ratio")},
    {.name = "max_cr",
     .type = PARAM_REAL,
     .offset = offsetof(struct ahp, max_cr),
     .preset = "0.1",
     .max = 10,
     .help = N_("Highest consistency ratio that is accepted")},
    {.name = NULL}};

struct phrase weights_ratio(double ratio)
{
    struct phrase phrase;
    double under = round(1 / ratio);
    bool whole = ratio < 1 && fabs(ratio * under - 1) < 1e-9;
    snprintf(phrase.text, sizeof phrase.text, whole ? "1/%.0f" : "%.4g",
             whole ? under : ratio);
    return phrase;
}

/* Is there a chain of judgements between all elements? */
static bool check_linked(const struct weights_task *task,
                         const struct ahp_set *set)
{
    size_t apart;
    if (set->count < 2 || pairwise_connected(&set->matrix, &apart))
        return true;
    problems_add(task->problems, task->at,
                 _("ahp: no chain of judgements links %s and %s. Add one "
                   "between them"),
                 set->ids[0], set->ids[apart]);
    return false;
}

static struct weights_judgement *new_judgements(const struct weights_task *task,
                                                size_t count)
{
    return arena_alloc(task->arena, count + 1,
                       sizeof(struct weights_judgement));
}

/* What people did not judge, as completed. */
static enum terramis_status report_completed(const struct weights_task *task,
                                             const struct ahp_set *set,
                                             struct weights_set *report)
{
    size_t n = set->count;
    report->completed = new_judgements(task, n * n / 2);
    if (!report->completed)
        return status_no_memory();
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (!set->made[i][j])
                report->completed[report->completed_count++] =
                    (struct weights_judgement){.a = set->ids[i],
                                               .b = set->ids[j],
                                               .value = set->matrix.a[i][j]};
    return TERRAMIS_OK;
}

/* The judgements that hurt most, and the complaint where that is too much. */
static enum terramis_status report_worst(const struct weights_task *task,
                                         const struct ahp_set *set,
                                         struct weights_set *report)
{
    const struct ahp *ahp = task->params;
    struct pairwise_advice advice[WORST_SHOWN];
    struct pairwise matrix = set->matrix;
    bool made[PAIRWISE_MAX][PAIRWISE_MAX];
    memcpy(made, set->made, sizeof made);
    size_t count = pairwise_advise(&matrix, made, advice, WORST_SHOWN);
    report->worst = new_judgements(task, count);
    if (!report->worst)
        return status_no_memory();
    report->worst_count = count;
    for (size_t k = 0; k < count; k++)
        report->worst[k] = (struct weights_judgement){
            .a = set->ids[advice[k].i],
            .b = set->ids[advice[k].j],
            .value = set->matrix.a[advice[k].i][advice[k].j],
            .better = advice[k].better,
            .cr = advice[k].ci / report->ri};
    if (report->cr <= ahp->max_cr || count == 0)
        return TERRAMIS_OK;
    const struct weights_judgement *worst = &report->worst[0];
    size_t i = advice[0].i, j = advice[0].j;
    problems_add(task->problems, i < j ? set->at[i][j] : set->at[j][i],
                 _("ahp: the judgements contradict one another: CR %.3f, %.2f "
                   "at most. %s / %s = %s hurts most; %s would fit the others "
                   "better (CR %.3f)"),
                 report->cr, ahp->max_cr, worst->a, worst->b,
                 weights_ratio(worst->value).text,
                 weights_ratio(worst->better).text, worst->cr);
    return TERRAMIS_OK;
}

static enum terramis_status solve_set(const struct weights_task *task,
                                      struct ahp_set *set,
                                      struct weights_set *report)
{
    const struct ahp *ahp = task->params;
    size_t n = set->count;
    double weight[PAIRWISE_MAX];
    *report =
        (struct weights_set){.group = set->group, .count = n, .ids = set->ids};
    report->weight = arena_alloc(task->arena, n, sizeof(double));
    if (!report->weight)
        return status_no_memory();
    pairwise_complete(&set->matrix);
    report->lambda_max = pairwise_weights(&set->matrix, weight);
    memcpy(report->weight, weight, n * sizeof(double));
    report->ci = pairwise_ci(report->lambda_max, n);
    report->ri = random_index((enum random_index)ahp->random_index, n);
    report->cr = report->ri > 0 ? report->ci / report->ri : 0;
    TRY(report_completed(task, set, report));
    return report_worst(task, set, report);
}

/* A factor weighs its share of its group, which weighs its share of all. */
static void spread(const struct weights_task *task, const struct ahp_sets *sets)
{
    const struct weights_set *reports = task->report->sets;
    const struct ahp_set *top = &sets->items[sets->count - 1];
    for (size_t k = 0; k < top->count; k++) {
        double share = reports[sets->count - 1].weight[k];
        size_t g = top->below[k];
        if (g == WEIGHTS_NO_GROUP)
            task->items[top->item[k]].weight = share;
        for (size_t i = 0; g != WEIGHTS_NO_GROUP && i < sets->items[g].count;
             i++)
            task->items[sets->items[g].item[i]].weight =
                share * reports[g].weight[i];
    }
}

static enum terramis_status ahp_solve(const struct weights_task *task)
{
    const struct ahp *ahp = task->params;
    struct weights_report *report = task->report;
    struct ahp_sets sets;
    size_t before = task->problems->found;
    TRY(ahp_find_sets(task, &sets));
    ahp_read(task, &sets);
    if (task->problems->found > before)
        return TERRAMIS_OK;
    for (size_t s = 0; s < sets.count; s++)
        if (!check_linked(task, &sets.items[s]))
            return TERRAMIS_OK;
    report->random_index = random_index_names[ahp->random_index];
    report->max_cr = ahp->max_cr;
    report->sets = arena_alloc(task->arena, sets.count, sizeof *report->sets);
    if (!report->sets)
        return status_no_memory();
    report->count = sets.count;
    for (size_t s = 0; s < sets.count; s++)
        if (sets.items[s].count > 0)
            TRY(solve_set(task, &sets.items[s], &report->sets[s]));
    spread(task, &sets);
    return TERRAMIS_OK;
}

const struct weighting_op weighting_ahp = {
    .op = {.name = "ahp",
           .summary = N_("From pairwise judgements, checked for consistency "
                         "(analytic hierarchy process)."),
           .formula = "A w = lambda_max w; CI = (lambda_max - n) / (n - 1); CR "
                      "= CI / RI(n)",
           .source = "Saaty 1980; missing judgements: Bozoki, Fulop & Ronyai "
                     "2010, Mathl Comput. Modelling 52",
           .params = ahp_params,
           .params_size = sizeof(struct ahp)},
    .solve = ahp_solve};
