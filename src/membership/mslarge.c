/* Large values by mean and deviation. Mean and deviation
 * are given, not taken from the layer: a score must not depend on the extent
 * of the study area. */
#include <stddef.h>

#include "membership/curve.h"

struct mslarge {
    double mean, deviation, mean_factor, deviation_factor;
    struct curve_limits limits;
};

static const struct param mslarge_params[] = {
    {.name = "mean",
     .type = PARAM_REAL,
     .offset = offsetof(struct mslarge, mean),
     .required = true,
     .help = N_("Mean m of the values")},
    {.name = "deviation",
     .type = PARAM_REAL,
     .offset = offsetof(struct mslarge, deviation),
     .required = true,
     .help = N_("Standard deviation s of the values")},
    {.name = "mean_factor",
     .type = PARAM_REAL,
     .offset = offsetof(struct mslarge, mean_factor),
     .preset = "1",
     .help = N_("Factor a of the mean: the curve begins at a m")},
    {.name = "deviation_factor",
     .type = PARAM_REAL,
     .offset = offsetof(struct mslarge, deviation_factor),
     .preset = "1",
     .help = N_("Factor b of the deviation: 0.5 is at a m + b s")},
    CURVE_LIMIT_ROWS(struct mslarge),
    {.name = NULL}};

static enum terramis_status mslarge_check(const void *params)
{
    const struct mslarge *mslarge = params;
    TRY(curve_check_positive("deviation", mslarge->deviation));
    TRY(curve_check_positive("deviation_factor", mslarge->deviation_factor));
    TRY(curve_check_products(mslarge->mean_factor * mslarge->mean,
                             mslarge->deviation_factor * mslarge->deviation));
    return curve_check_limits(&mslarge->limits);
}

static void mslarge_run(const struct membership_bound *bound, const float *in,
                        size_t n, float *out)
{
    const struct mslarge *p = bound->params;
    double start = p->mean_factor * p->mean;
    double reach = p->deviation_factor * p->deviation;
    for (size_t i = 0; i < n; i++) {
        double over = (double)in[i] - start;
        double share = reach / (over + reach);
        double y = over > 0 ? 1 - share : 0;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
    curve_limit(&p->limits, in, n, out);
}

const struct membership_op membership_mslarge = {
    .op = {.name = "mslarge",
           .summary = N_("Large values by mean and deviation."),
           .formula = "1 - b s / (x - a m + b s); x <= a m: 0",
           .source = "ArcGIS Fuzzy Membership, MSLarge",
           .params = mslarge_params,
           .params_size = sizeof(struct mslarge),
           .check = mslarge_check},
    .example = "mean: 95, deviation: 30",
    .range = {0, 300},
    .run = mslarge_run};
