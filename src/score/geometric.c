/* Weighted geometric mean: a factor at 0 cannot be compensated. */
#include <math.h>

#include "score/score.h"

static void geometric_run(const void *params, const float *const *x,
                          const double *weight, size_t factors, size_t cells,
                          float *score)
{
    (void)params;
    for (size_t i = 0; i < cells; i++) {
        double sum = 0, known = 0;
        for (size_t f = 0; f < factors; f++) {
            double value = (double)x[f][i];
            if (value != value || weight[f] == 0)
                continue;
            sum += weight[f] * log(value); /* -inf at 0 */
            known += weight[f];
        }
        score[i] = known > 0 ? (float)(100 * exp(sum / known)) : NAN;
    }
}

const struct combiner_op combiner_geometric = {
    .op = {.name = "geometric",
           .summary = N_("Weighted geometric mean: a factor at 0 gives 0."),
           .formula = "100 (x1^w1 x2^w2 ...)^(1 / sum(w))",
           .source = "Bridgman 1922; weighted product model, Triantaphyllou "
                     "2000"},
    .mean = true,
    .monotone = true,
    .run = geometric_run};
