/* Small values by mean and deviation. Mean and deviation
 * are given, not taken from the layer: a score must not depend on the extent
 * of the study area. */
#include <stddef.h>

#include "membership/curve.h"

struct mssmall {
    double mean, deviation, mean_factor, deviation_factor;
    struct curve_limits limits;
};

static const struct param mssmall_params[] = {
    {.name = "mean",
     .type = PARAM_REAL,
     .offset = offsetof(struct mssmall, mean),
     .required = true,
     .help = N_("Mean m of the values")},
    {.name = "deviation",
     .type = PARAM_REAL,
     .offset = offsetof(struct mssmall, deviation),
     .required = true,
     .help = N_("Standard deviation s of the values")},
    {.name = "mean_factor",
     .type = PARAM_REAL,
     .offset = offsetof(struct mssmall, mean_factor),
     .preset = "1",
     .help = N_("Factor a of the mean: the curve begins at a m")},
    {.name = "deviation_factor",
     .type = PARAM_REAL,
     .offset = offsetof(struct mssmall, deviation_factor),
     .preset = "1",
     .help = N_("Factor b of the deviation: 0.5 is at a m + b s")},
    CURVE_LIMIT_ROWS(struct mssmall),
    {.name = NULL}};

static enum terramis_status mssmall_check(const void *params)
{
    const struct mssmall *mssmall = params;
    TRY(curve_check_positive("deviation", mssmall->deviation));
    TRY(curve_check_positive("deviation_factor", mssmall->deviation_factor));
    TRY(curve_check_products(mssmall->mean_factor * mssmall->mean,
                             mssmall->deviation_factor * mssmall->deviation));
    return curve_check_limits(&mssmall->limits);
}

static void mssmall_run(const struct membership_bound *bound, const float *in,
                        size_t n, float *out)
{
    const struct mssmall *p = bound->params;
    double start = p->mean_factor * p->mean;
    double reach = p->deviation_factor * p->deviation;
    for (size_t i = 0; i < n; i++) {
        double over = (double)in[i] - start;
        double share = reach / (over + reach);
        double y = over > 0 ? share : 1;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
    curve_limit(&p->limits, in, n, out);
}

const struct membership_op membership_mssmall = {
    .op = {.name = "mssmall",
           .summary = N_("Small values by mean and deviation."),
           .formula = "b s / (x - a m + b s); x <= a m: 1",
           .source = "ArcGIS Fuzzy Membership, MSSmall",
           .params = mssmall_params,
           .params_size = sizeof(struct mssmall),
           .check = mssmall_check},
    .example = "mean: 10, deviation: 4",
    .range = {0, 40},
    .run = mssmall_run};
