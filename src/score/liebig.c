/* The least membership decides: the law of the minimum, FAO's maximum
 * limitation method. Weights choose factors (0: left out), no more. */
#include <math.h>

#include "score/score.h"

static void limiting_run(const void *params, const float *const *x,
                         const double *weight, size_t factors, size_t cells,
                         float *score)
{
    (void)params;
    for (size_t i = 0; i < cells; i++)
        score[i] = NAN;
    for (size_t f = 0; f < factors; f++)
        for (size_t i = 0; weight[f] > 0 && i < cells; i++) {
            float value = 100 * x[f][i];
            /* !(>=): the first value replaces NaN, NaN replaces nothing */
            if (value == value && !(value >= score[i]))
                score[i] = value;
        }
}

const struct combiner_op combiner_limiting = {
    .op = {.name = "limiting",
           .summary = N_("The least membership decides (Liebig's law of the "
                         "minimum)."),
           .formula = "100 min(x)",
           .source = "Liebig 1840; FAO 1976, Soils Bulletin 32, maximum "
                     "limitation"},
    .mean = true,
    .monotone = true,
    .unweighted = true,
    .run = limiting_run};
