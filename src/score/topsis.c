/* Nearness to the ideal, all memberships 1, and distance from the worst, all
 * 0. Both are fixed, not the best and worst of the study area: a score must
 * not depend on its extent. */
#include <math.h>

#include "score/score.h"

static void topsis_run(const void *params, const float *const *x,
                       const double *weight, size_t factors, size_t cells,
                       float *score)
{
    (void)params;
    for (size_t i = 0; i < cells; i++) {
        double ideal = 0, worst = 0;
        for (size_t f = 0; f < factors; f++) {
            double value = (double)x[f][i];
            bool has = value == value;
            double short_of = has ? weight[f] * (1 - value) : 0;
            double above = has ? weight[f] * value : 0;
            ideal += short_of * short_of;
            worst += above * above;
        }
        double to_ideal = sqrt(ideal), to_worst = sqrt(worst);
        double sum = to_ideal + to_worst;
        score[i] = sum > 0 ? (float)(100 * to_worst / sum) : NAN;
    }
}

const struct combiner_op combiner_topsis = {
    .op = {.name = "topsis",
           .summary = N_("Nearness to the ideal and distance from the worst."),
           .formula = "100 d0 / (d0 + d1), d0 = |w x|, d1 = |w (1 - x)|",
           .source = "Hwang & Yoon 1981, with fixed ideals 0 and 1"},
    .mean = true,
    .monotone = true,
    .run = topsis_run};
