/* The square-root method: the least rating times the root of the product of
 * the others. Weights choose factors (0: left out), no more. */
#include <math.h>

#include "score/score.h"

static void khiddir_run(const void *params, const float *const *x,
                        const double *weight, size_t factors, size_t cells,
                        float *score)
{
    (void)params;
    for (size_t i = 0; i < cells; i++) {
        double least = INFINITY, others = 1;
        for (size_t f = 0; f < factors; f++) {
            double value = (double)x[f][i];
            if (value != value || weight[f] == 0)
                continue;
            /* the larger of the two joins the others */
            double larger = value < least ? least : value;
            least = value < least ? value : least;
            others *= larger < INFINITY ? larger : 1;
        }
        score[i] = least < INFINITY ? (float)(100 * least * sqrt(others)) : NAN;
    }
}

const struct combiner_op combiner_khiddir = {
    .op = {.name = "khiddir",
           .summary = N_("Square-root method: the least membership times the "
                         "root of the product of the others."),
           .formula = "100 min(x) sqrt(product of the other x)",
           .source = "Khiddir 1986; Sys, Van Ranst & Debaveye 1991"},
    .monotone = true,
    .unweighted = true,
    .run = khiddir_run};
