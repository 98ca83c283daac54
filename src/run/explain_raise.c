#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run/explain.h"

enum {
    HALVINGS = 40
};

/* Points that a score of floats may be off. */
#define ROUNDED 2e-5

/* The parcel's memberships and what its score takes more into account. */
struct search {
    const struct explained *e;
    struct combination combination;
    double *weight;
    float *x;
    const float **rows;
    double offset; /* score - that of the mean memberships */
};

static double score_of(const struct search *s)
{
    float score;
    combination_run(&s->combination, s->rows, s->weight, 1, &score);
    return (double)score + s->offset;
}

/* Is the class at least `wanted` where factor f has that membership? */
static bool reaches(const struct search *s, size_t f, double membership,
                    enum suitability_class wanted)
{
    const struct config *config = s->e->config;
    float before = s->x[f];
    int limiting = 0;
    s->x[f] = (float)membership;
    enum suitability_class class =
        class_capped(config, class_of(&config->classes, score_of(s) + ROUNDED),
                     s->x, 1, &limiting);
    s->x[f] = before;
    return class != CLASS_NONE && class <= wanted;
}

/* A value of the factor near `from` whose membership is at least `wanted`:
 * steps that grow both ways, then halved. */
static double find_value(const struct factor_config *factor, double from,
                         double wanted)
{
    const struct membership_op *op = membership_of(&factor->membership);
    struct membership_bound bound;
    double found = NAN, step = fmax(fabs(from), 1) * 1e-4;
    if (op->classes || isnan(from) ||
        membership_bind(&bound, &factor->membership, NULL) != TERRAMIS_OK)
        return NAN;
    for (double far = 0; isnan(found) && far < 1e7; step *= 1.02) {
        double last = far;
        far += step;
        for (int sign = 1; isnan(found) && sign >= -1; sign -= 2) {
            double low = last, high = far;
            float in = (float)(from + sign * far), out;
            op->run(&bound, &in, 1, &out);
            if (!((double)out >= wanted))
                continue;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                in = (float)(from + sign * middle);
                op->run(&bound, &in, 1, &out);
                *((double)out >= wanted ? &high : &low) = middle;
            }
            found = from + sign * high;
        }
    }
    membership_release(&bound);
    return found;
}

static struct explained_raise raise_of(const struct search *s, size_t f,
                                       enum suitability_class wanted)
{
    const struct explained_factor *factor = &s->e->factors[f];
    double low = factor->membership, high = 1;
    if (isnan(low) || !reaches(s, f, 1, wanted))
        return (struct explained_raise){false, NAN, NAN};
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        *(reaches(s, f, middle, wanted) ? &high : &low) = middle;
    }
    high = fmin(1, ceil(high * 1e4 - 0.01) / 1e4);
    return (struct explained_raise){
        true, high, find_value(factor->config, factor->value, high)};
}

static enum terramis_status open_search(struct search *s,
                                        const struct explained *e)
{
    *s = (struct search){.e = e};
    TRY(combination_open(&s->combination, e->config));
    TRY(mem_new(&s->weight, e->count, sizeof *s->weight));
    TRY(mem_new(&s->x, e->count, sizeof *s->x));
    TRY(mem_new(&s->rows, e->count, sizeof(const float *)));
    for (size_t f = 0; f < e->count; f++) {
        s->weight[f] = e->factors[f].config->weight;
        s->x[f] = (float)e->factors[f].membership;
        s->rows[f] = &s->x[f];
    }
    s->offset = e->numbers[EXPLAIN_SCORE] - score_of(s);
    return TERRAMIS_OK;
}

enum suitability_class explain_next(const struct explained *e)
{
    const char *class = e->texts[EXPLAIN_CLASS];
    for (int c = CLASS_S2; class && c <= CLASS_N2; c++)
        if (strcmp(class_name((enum suitability_class)c), class) == 0)
            return (enum suitability_class)(c - 1);
    return CLASS_NONE;
}

enum terramis_status explain_raises(const struct explained *e,
                                    struct explained_raise *raises)
{
    struct search s;
    enum suitability_class wanted = explain_next(e);
    for (size_t f = 0; f < e->count; f++)
        raises[f] = (struct explained_raise){false, NAN, NAN};
    if (wanted == CLASS_NONE)
        return TERRAMIS_OK;
    enum terramis_status status = open_search(&s, e);
    for (size_t f = 0; status == TERRAMIS_OK && f < e->count; f++)
        raises[f] = raise_of(&s, f, wanted);
    combination_release(&s.combination);
    free(s.weight);
    free(s.x);
    free(s.rows);
    return status;
}
