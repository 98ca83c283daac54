/* Weighted linear combination: 100 * sum(w x), factors compensate. */
#include <math.h>

#include "base/clones.h"
#include "score/score.h"

enum {
    STRETCH = 512 /* cells whose sums stay in cache */
};

/* Adds one factor; what has no data adds nothing, not even its weight. */
CLONES static void add_factor(const float *restrict x, double weight, size_t n,
                              double *restrict sum, double *restrict known)
{
    for (size_t i = 0; i < n; i++) {
        double value = (double)x[i];
        double has = value == value ? weight : 0;
        sum[i] += value == value ? weight * value : 0;
        known[i] += has;
    }
}

static void wlc_run(const void *params, const float *const *x,
                    const double *weight, size_t factors, size_t cells,
                    float *score)
{
    double sum[STRETCH], known[STRETCH];
    (void)params;
    for (size_t done = 0, n; done < cells; done += n) {
        n = cells - done < STRETCH ? cells - done : STRETCH;
        for (size_t i = 0; i < n; i++)
            sum[i] = known[i] = 0;
        for (size_t f = 0; f < factors; f++)
            add_factor(x[f] + done, weight[f], n, sum, known);
        for (size_t i = 0; i < n; i++)
            score[done + i] =
                known[i] > 0 ? (float)(100 * sum[i] / known[i]) : NAN;
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
