/* Judgements and matrices of the project file into the sets that they
 * compare. */
#include <math.h>
#include <string.h>

#include "param/phrase.h"
#include "weights/ahp.h"

/* Rounding of a reciprocal to two digits (0.13 for 1/8) is no contradiction;
 * 0.3 for 1/3 is. */
#define RECIPROCAL_TOLERANCE 0.05

#define VALUE_MAX 1000.0

/* A pair of elements of one set. */
struct pair {
    struct ahp_set *set;
    size_t i, j;
};

/* "3", "0.5" or "1/3", above 0. */
static bool parse_value(const char *text, double *value)
{
    char part[32];
    double below = 1;
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : strlen(text);
    if (length >= sizeof part)
        return false;
    memcpy(part, text, length);
    part[length] = '\0';
    if (!text_to_real(part, value) ||
        (slash && !text_to_real(slash + 1, &below)))
        return false;
    *value /= below;
    return *value >= 1 / VALUE_MAX && *value <= VALUE_MAX;
}

static bool read_value(const struct weights_task *task, struct place at,
                       const char *text, double *value)
{
    if (parse_value(text, value))
        return true;
    problems_add(task->problems, at,
                 _("value: expected a number above 0, such as 3 or 1/3 "
                   "(Saaty's scale: 1/9 to 9), found %s"),
                 phrase_quote(text).text);
    return false;
}

/* The set and position of `id`; NULL: noted. */
static struct ahp_set *find(const struct weights_task *task,
                            struct ahp_sets *sets, struct place at,
                            const char *id, size_t *position)
{
    const char *near = NULL;
    for (size_t s = 0; s < sets->count; s++)
        for (size_t i = 0; i < sets->items[s].count; i++) {
            const char *known = sets->items[s].ids[i];
            *position = i;
            if (text_same(known, id))
                return &sets->items[s];
            if (known)
                text_offer(id, known, &near);
        }
    problems_add(task->problems, at,
                 near ? _("ahp: no factor or group '%s'; did you mean '%s'?")
                      : _("ahp: no factor or group '%s'"),
                 id, near);
    return NULL;
}

static const char *place_of(const struct ahp_set *set)
{
    return set->group ? set->group : _("the top");
}

static bool find_pair(const struct weights_task *task, struct ahp_sets *sets,
                      struct place at, const char *a, const char *b,
                      struct pair *pair)
{
    pair->set = find(task, sets, at, a, &pair->i);
    struct ahp_set *other = find(task, sets, at, b, &pair->j);
    if (!pair->set || !other)
        return false;
    if (pair->set != other)
        problems_add(task->problems, at,
                     _("ahp: %s (in %s) is not compared with %s (in %s). "
                       "Compare factors of one group, and groups with groups"),
                     a, place_of(pair->set), b, place_of(other));
    else if (pair->i == pair->j)
        problems_add(task->problems, at, _("ahp: %s is compared with itself"),
                     a);
    return pair->set == other && pair->i != pair->j;
}

/* Notes that a pair is judged twice, the same or not. */
static void complain_twice(const struct weights_task *task, struct place at,
                           const struct pair *pair, double value)
{
    const struct ahp_set *set = pair->set;
    size_t i = pair->i, j = pair->j;
    struct place before = i < j ? set->at[i][j] : set->at[j][i];
    double old = set->matrix.a[i][j];
    if (fabs(log(value / old)) < 1e-9)
        problems_add(task->problems, at,
                     _("ahp: %s and %s are judged twice (also in line %d). "
                       "Delete one of them"),
                     set->ids[i], set->ids[j], before.line);
    else
        problems_add(task->problems, at,
                     _("ahp: %s / %s is %.4g here, but %.4g in line %d. Keep "
                       "one of them"),
                     set->ids[i], set->ids[j], value, old, before.line);
}

static void judge(const struct weights_task *task, struct place at,
                  const struct pair *pair, double value)
{
    struct ahp_set *set = pair->set;
    size_t low = pair->i < pair->j ? pair->i : pair->j;
    size_t high = pair->i < pair->j ? pair->j : pair->i;
    if (high >= PAIRWISE_MAX) /* noted: too many elements */
        return;
    if (set->made[low][high]) {
        complain_twice(task, at, pair, value);
        return;
    }
    set->made[low][high] = true;
    set->at[low][high] = at;
    pairwise_set(&set->matrix, pair->i, pair->j, value);
}

static void read_judgement(const struct weights_task *task,
                           struct ahp_sets *sets, const struct ahp_judgement *j)
{
    struct pair pair;
    double value;
    if (j->a && j->b && j->value && read_value(task, j->at, j->value, &value) &&
        find_pair(task, sets, j->at, j->a, j->b, &pair))
        judge(task, j->at, &pair, value);
}

/* A cell of a matrix, by position; false where nothing stands or it is noted.
 */
static bool read_cell(const struct weights_task *task,
                      const struct ahp_matrix *m, size_t cell, double *value)
{
    const char *text = m->values.items[cell];
    bool missing = strcmp(text, "_") == 0 || strcmp(text, "?") == 0;
    return !missing && read_value(task, m->values.at[cell], text, value);
}

/* Cells (i, j) and (j, i) must be reciprocal; the one above 1, which people
 * write without rounding, counts. */
static void read_pair(const struct weights_task *task, struct ahp_sets *sets,
                      const struct ahp_matrix *m, size_t i, size_t j)
{
    size_t n = m->of.count, upper = i * n + j, lower = j * n + i;
    const char *a = m->of.items[i], *b = m->of.items[j];
    struct pair pair;
    double up, down;
    bool has_up = read_cell(task, m, upper, &up);
    bool has_down = read_cell(task, m, lower, &down);
    if (has_up && has_down && fabs(log(up * down)) > RECIPROCAL_TOLERANCE) {
        problems_add(task->problems, m->values.at[lower],
                     _("values: %s / %s is %s, but %s / %s is %s. Make one the "
                       "reciprocal of the other, or write _ for it"),
                     a, b, m->values.items[upper], b, a,
                     m->values.items[lower]);
        return;
    }
    if (!(has_up || has_down) ||
        !find_pair(task, sets, m->of.at[i], a, b, &pair))
        return;
    double value = !has_down || (has_up && up >= 1) ? up : 1 / down;
    judge(task, m->values.at[has_up ? upper : lower], &pair, value);
}

static void read_matrix(const struct weights_task *task, struct ahp_sets *sets,
                        const struct ahp_matrix *m)
{
    size_t n = m->of.count;
    if (n * n != m->values.count) {
        problems_add(task->problems, m->at,
                     _("values: %zu elements need %zu numbers, row by row (_ "
                       "where a judgement is missing); found %zu"),
                     n, n * n, m->values.count);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double one;
        if (read_cell(task, m, i * n + i, &one) && one != 1)
            problems_add(task->problems, m->values.at[i * n + i],
                         _("values: %s / %s must be 1, not %s"), m->of.items[i],
                         m->of.items[i], m->values.items[i * n + i]);
        for (size_t j = i + 1; j < n; j++)
            read_pair(task, sets, m, i, j);
    }
}

void ahp_read(const struct weights_task *task, struct ahp_sets *sets)
{
    const struct ahp *ahp = task->params;
    const struct ahp_judgement *judgements = ahp->judgements.items;
    const struct ahp_matrix *matrices = ahp->matrices.items;
    for (size_t i = 0; i < ahp->judgements.count; i++)
        read_judgement(task, sets, &judgements[i]);
    for (size_t i = 0; i < ahp->matrices.count; i++)
        read_matrix(task, sets, &matrices[i]);
}
