/**
 * @file combine.h
 * @brief The score of one cell by a rule with settings from a line of text.
 */
#ifndef UNIT_SCORE_COMBINE_H
#define UNIT_SCORE_COMBINE_H

#include <math.h>

#include "score/score.h"
#include "unit/settings.h"

/** NAN - and *problem, where wanted, says why - where the settings are wrong.
 */
static inline double combine_with(const char *settings, size_t n,
                                  const float *x, const double *weight,
                                  char problem[256])
{
    struct arena arena = {0};
    struct operator_use use;
    const char *why;
    const float *rows[16];
    float score = NAN;
    for (size_t f = 0; f < n; f++)
        rows[f] = &x[f];
    bool fine = read_use(&arena, &combiner_registry, settings, &use, &why);
    if (fine && combiner_of(&use)->bind &&
        combiner_of(&use)->bind(use.params, n) != TERRAMIS_OK) {
        why = status_message();
        fine = false;
    }
    if (problem)
        snprintf(problem, 256, "%s", why);
    if (fine)
        combiner_of(&use)->run(use.params, rows, weight, n, 1, &score);
    arena_release(&arena);
    return (double)score;
}

/** The same with settings that are right. */
static inline double combine(const char *settings, size_t n, const float *x,
                             const double *weight)
{
    return combine_with(settings, n, x, weight, NULL);
}

static inline bool near(double a, double b)
{
    return fabs(a - b) < 1e-4;
}

#endif
