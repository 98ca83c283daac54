/* Between the fuzzy product, where limitations add up, and the algebraic sum,
 * where merits do. Weights choose factors (0: left out), no more. */
#include <math.h>
#include <stddef.h>

#include "score/score.h"

struct gamma {
    double gamma;
};

static const struct param gamma_params[] = {
    {.name = "gamma",
     .type = PARAM_REAL,
     .offset = offsetof(struct gamma, gamma),
     .preset = "0.9",
     .max = 1,
     .help = N_("Product of the memberships at 0, algebraic sum at 1")},
    {.name = NULL}};

static void gamma_run(const void *params, const float *const *x,
                      const double *weight, size_t factors, size_t cells,
                      float *score)
{
    double gamma = ((const struct gamma *)params)->gamma;
    for (size_t i = 0; i < cells; i++) {
        double product = 1, lack = 1;
        size_t known = 0;
        for (size_t f = 0; f < factors; f++) {
            double value = (double)x[f][i];
            if (value != value || weight[f] == 0)
                continue;
            product *= value;
            lack *= 1 - value;
            known++;
        }
        double y = pow(1 - lack, gamma) * pow(product, 1 - gamma);
        score[i] = known ? (float)(100 * y) : NAN;
    }
}

const struct combiner_op combiner_gamma = {
    .op = {.name = "gamma",
           .summary = N_("Fuzzy gamma: between product and algebraic sum."),
           .formula = "100 (1 - product(1 - x))^gamma product(x)^(1 - gamma)",
           .source = "Zimmermann & Zysno 1980, Fuzzy Sets and Systems 4; "
                     "Bonham-Carter 1994",
           .params = gamma_params,
           .params_size = sizeof(struct gamma)},
    .example = "gamma: 0.9",
    .monotone = true,
    .unweighted = true,
    .run = gamma_run};
