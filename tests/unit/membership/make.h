/**
 * @file make.h
 * @brief Settings for any membership function, made up from its rows.
 */
#ifndef UNIT_MEMBERSHIP_MAKE_H
#define UNIT_MEMBERSHIP_MAKE_H

#include <math.h>
#include <stdlib.h>

#include "membership/membership.h"
#include "unit/settings.h"

static inline double random_between(double low, double high)
{
    return low + (high - low) * (double)rand() / (double)RAND_MAX;
}

static inline void make_value(struct arena *arena, const struct param *row,
                              void *field)
{
    size_t n = row->count ? row->count : 2 + (size_t)rand() % 5;
    double x = random_between(-50, 50);
    if (row->type == PARAM_POINTS) {
        struct points *p = field;
        p->count = n;
        p->items = arena_alloc(arena, n, sizeof *p->items);
        for (size_t i = 0; i < n; i++) {
            bool step = i > 0 && rand() % 4 == 0 &&
                        (i < 2 || p->items[i - 2][0] < p->items[i - 1][0]);
            x += step ? 0 : random_between(0.1, 20);
            p->items[i][0] = x;
            p->items[i][1] = random_between(0, 1);
        }
    } else if (row->type == PARAM_REALS) {
        struct reals *r = field;
        r->count = n;
        r->items = arena_alloc(arena, n, sizeof *r->items);
        for (size_t i = 0; i < n; i++)
            r->items[i] = x += rand() % 3 ? random_between(0, 20) : 0;
    } else if (row->type == PARAM_TABLE) {
        static const char *const keys[] = {"3", "-1", "10", "2", "7"};
        struct table *t = field;
        t->count = 5;
        t->items = arena_alloc(arena, 5, sizeof *t->items);
        for (size_t i = 0; i < 5; i++)
            t->items[i] = (struct table_row){keys[i], random_between(0, 1)};
    } else if (row->type == PARAM_CHOICE) {
        int choices = 0;
        while (row->choices[choices])
            choices++;
        *(int *)field = rand() % choices;
    } else if (row->type == PARAM_REAL) {
        bool any = row->min == 0 && row->max == 0;
        /* what may be left out, sometimes is */
        bool none = any && !row->required && !row->preset && rand() % 2;
        *(double *)field = none  ? (double)NAN
                           : any ? random_between(-50, 50)
                                 : random_between(row->min, row->max);
    }
}

/** Random settings that the function's rows and check() allow; lives as long
 * as the arena. */
static inline struct operator_use make_use(struct arena *arena,
                                           const struct operator* op)
{
    struct operator_use use = {
        .op = op, .params = arena_alloc(arena, 1, op->params_size + 1)};
    do {
        for (const struct param *row = op->params; row && row->name; row++)
            make_value(arena, row, (char *)use.params + row->offset);
    } while (op->check && op->check(use.params) != TERRAMIS_OK);
    return use;
}

#endif
