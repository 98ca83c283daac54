/* The bell curve, or half of it. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

struct gaussian {
    double midpoint, deviation;
    int side;
    struct curve_limits limits;
};

static const struct param gaussian_params[] = {
    {.name = "midpoint",
     .type = PARAM_REAL,
     .offset = offsetof(struct gaussian, midpoint),
     .required = true,
     .help = N_("Value of membership 1")},
    {.name = "deviation",
     .type = PARAM_REAL,
     .offset = offsetof(struct gaussian, deviation),
     .required = true,
     .help = N_("Distance from the midpoint where the membership is 0.61 (one "
                "standard deviation)")},
    CURVE_SIDE_ROW(struct gaussian),
    CURVE_LIMIT_ROWS(struct gaussian),
    {.name = NULL}};

static enum terramis_status gaussian_check(const void *params)
{
    const struct gaussian *gaussian = params;
    TRY(curve_check_positive("deviation", gaussian->deviation));
    return curve_check_limits(&gaussian->limits);
}

static void gaussian_run(const struct membership_bound *bound, const float *in,
                         size_t n, float *out)
{
    const struct gaussian *g = bound->params;
    for (size_t i = 0; i < n; i++) {
        double z =
            curve_away((double)in[i], g->midpoint, g->side) / g->deviation;
        out[i] = (float)exp(-0.5 * z * z);
    }
    curve_limit(&g->limits, in, n, out);
}

const struct membership_op membership_gaussian = {
    .op = {.name = "gaussian",
           .summary = N_("Bell curve around a midpoint, or half of it."),
           .formula = "exp(-((x - midpoint) / deviation)^2 / 2)",
           .source = "ALUES R package; ArcGIS Fuzzy Membership, Gaussian",
           .params = gaussian_params,
           .params_size = sizeof(struct gaussian),
           .check = gaussian_check},
    .example = "midpoint: 6.5, deviation: 0.8",
    .range = {3, 10},
    .run = gaussian_run};
