/* Weighted linear combination: 100 * sum(w x), factors compensate. */
#include <math.h>

#include "score/score.h"

static void wlc_run(const void *params, const float *const *x,
                    const double *weight, size_t factors, size_t cells,
                    float *score)
{
    (void)params;
    for (size_t i = 0; i < cells; i++) {
        double sum = 0, known = 0;
        for (size_t f = 0; f < factors; f++) {
            float value = x[f][i];
            bool has = value == value;
            sum += has ? weight[f] * (double)value : 0;
            known += has ? weight[f] : 0;
        }
        score[i] = known > 0 ? (float)(100 * sum / known) : NAN;
    }
}

const struct combiner_op combiner_wlc = {
    .op = {.name = "wlc",
           .summary = N_("Weighted linear combination: factors compensate."),
           .formula = "100 sum(w x) / sum(w)",
           .source = "Malczewski 2000, Transactions in GIS 4(1)"},
    .mean = true,
    .monotone = true,
    .run = wlc_run};
