#include "parcel/raise.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    HALVINGS = 24
};

/* Points that a score of floats may be off. */
#define ROUNDED 2e-5

static double score_of(const struct raises *r)
{
    float score;
    combination_run(&r->combination, r->rows, r->weight, 1, &score);
    return (double)score + r->offset;
}

/* Is the class at least `wanted` where factor f has that membership? */
static bool reaches(const struct raises *r, size_t f, double membership,
                    enum suitability_class wanted)
{
    const struct config *config = r->config;
    float before = r->x[f];
    int limiting = 0;
    r->x[f] = (float)membership;
    enum suitability_class class =
        class_capped(config, class_of(&config->classes, score_of(r) + ROUNDED),
                     r->x, 1, &limiting);
    r->x[f] = before;
    return class != CLASS_NONE && class <= wanted;
}

static bool has(const struct membership_op *op,
                const struct membership_bound *bound, double x, double wanted)
{
    float in = (float)x, out;
    op->run(bound, &in, 1, &out);
    return (double)out >= wanted;
}

/* A value of the factor near `from` whose membership is at least `wanted`:
 * steps that grow both ways, then halved. */
static double find_value(const struct raises *r, size_t f, double from,
                         double wanted)
{
    const struct factor_config *factors = r->config->factors.items;
    const struct membership_op *op = membership_of(&factors[f].membership);
    const struct membership_bound *bound = &r->bounds[f];
    double step = fmax(fabs(from), 1) * 1e-4, last = 0, far = step;
    if (op->classes || isnan(from))
        return NAN;
    while (far < 1e7) {
        for (int sign = 1; sign >= -1; sign -= 2) {
            double low = last, high = far;
            if (!has(op, bound, from + sign * far, wanted))
                continue;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                bool yes = has(op, bound, from + sign * middle, wanted);
                *(yes ? &high : &low) = middle;
            }
            return from + sign * high;
        }
        step *= 1.02;
        last = far;
        far += step;
    }
    return NAN;
}

static struct raise raise_of(const struct raises *r, size_t f, double value,
                             enum suitability_class wanted)
{
    double low = (double)r->x[f], high = 1;
    if (isnan(low) || !reaches(r, f, 1, wanted))
        return (struct raise){false, NAN, NAN};
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        *(reaches(r, f, middle, wanted) ? &high : &low) = middle;
    }
    high = fmin(1, ceil(high * 1e4 - 0.01) / 1e4);
    return (struct raise){true, high, find_value(r, f, value, high)};
}

enum terramis_status raises_open(struct raises *r, const struct config *config)
{
    const struct factor_config *factors = config->factors.items;
    size_t count = config->factors.count;
    *r = (struct raises){.config = config};
    TRY(combination_open(&r->combination, config));
    TRY(mem_new(&r->bounds, count, sizeof *r->bounds));
    TRY(mem_new(&r->weight, count, sizeof *r->weight));
    TRY(mem_new(&r->x, count, sizeof *r->x));
    TRY(mem_new(&r->rows, count, sizeof(const float *)));
    for (size_t f = 0; f < count; f++) {
        r->rows[f] = &r->x[f];
        r->weight[f] = factors[f].weight;
        if (!membership_of(&factors[f].membership)->classes)
            TRY(membership_bind(&r->bounds[f], &factors[f].membership, NULL));
    }
    return TERRAMIS_OK;
}

void raises_close(struct raises *r)
{
    for (size_t f = 0; r->bounds && f < r->config->factors.count; f++)
        membership_release(&r->bounds[f]);
    combination_release(&r->combination);
    free(r->bounds);
    free(r->weight);
    free(r->x);
    free(r->rows);
    *r = (struct raises){.config = NULL};
}

enum suitability_class raise_next(enum suitability_class class)
{
    return class >= CLASS_S2 && class <= CLASS_N2
               ? (enum suitability_class)(class - 1)
               : CLASS_NONE;
}

void raises_of(struct raises *r, const struct raise_parcel *parcel,
               struct raise *out)
{
    enum suitability_class wanted = raise_next(parcel->class);
    for (size_t f = 0; f < r->config->factors.count; f++) {
        r->x[f] = (float)parcel->membership[f];
        out[f] = (struct raise){false, NAN, NAN};
    }
    if (wanted == CLASS_NONE)
        return;
    r->offset = 0;
    r->offset = parcel->score - score_of(r);
    for (size_t f = 0; f < r->config->factors.count; f++)
        out[f] = raise_of(r, f, parcel->value[f], wanted);
}
