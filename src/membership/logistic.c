/* The logistic curve: ArcGIS's LogisticGrowth and LogisticDecay in one. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

struct logistic {
    double midpoint, slope;
    struct curve_limits limits;
};

static const struct param logistic_params[] = {
    {.name = "midpoint",
     .type = PARAM_REAL,
     .offset = offsetof(struct logistic, midpoint),
     .required = true,
     .help = N_("Value of membership 0.5")},
    {.name = "slope",
     .type = PARAM_REAL,
     .offset = offsetof(struct logistic, slope),
     .required = true,
     .help = N_("Steepness per unit: above 0 increasing, below 0 decreasing")},
    CURVE_LIMIT_ROWS(struct logistic),
    {.name = NULL}};

static enum terramis_status logistic_check(const void *params)
{
    const struct logistic *logistic = params;
    if (logistic->slope == 0)
        return status_set(TERRAMIS_PROJECT,
                          _("slope: 0 would give 0.5 everywhere. Give another "
                            "slope"));
    return curve_check_limits(&logistic->limits);
}

static void logistic_run(const struct membership_bound *bound, const float *in,
                         size_t n, float *out)
{
    const struct logistic *l = bound->params;
    for (size_t i = 0; i < n; i++)
        out[i] =
            (float)(1 / (1 + exp(-l->slope * ((double)in[i] - l->midpoint))));
    curve_limit(&l->limits, in, n, out);
}

const struct membership_op membership_logistic = {
    .op = {.name = "logistic",
           .summary = N_("Logistic curve, growth or decay."),
           .formula = "1 / (1 + exp(-slope (x - midpoint)))",
           .source = "ArcGIS Rescale by Function, LogisticGrowth, "
                     "LogisticDecay; Verhulst 1838",
           .params = logistic_params,
           .params_size = sizeof(struct logistic),
           .check = logistic_check},
    .example = "midpoint: 95, slope: 0.06",
    .range = {0, 200},
    .run = logistic_run};
