/* Large values are better: 0.5 at the midpoint. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

struct large {
    double midpoint, spread;
    struct curve_limits limits;
};

static const struct param large_params[] = {
    {.name = "midpoint",
     .type = PARAM_REAL,
     .offset = offsetof(struct large, midpoint),
     .required = true,
     .help = N_("Value of membership 0.5, above 0")},
    {.name = "spread",
     .type = PARAM_REAL,
     .offset = offsetof(struct large, spread),
     .preset = "5",
     .min = 0.01,
     .max = 100,
     .help = N_("How steep the curve is at the midpoint")},
    CURVE_LIMIT_ROWS(struct large),
    {.name = NULL}};

static enum terramis_status large_check(const void *params)
{
    const struct large *large = params;
    TRY(curve_check_positive("midpoint", large->midpoint));
    return curve_check_limits(&large->limits);
}

static void large_run(const struct membership_bound *bound, const float *in,
                      size_t n, float *out)
{
    const struct large *p = bound->params;
    for (size_t i = 0; i < n; i++) {
        double x = (double)in[i];
        double y = x > 0 ? 1 / (1 + pow(x / p->midpoint, -p->spread)) : 0;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
    curve_limit(&p->limits, in, n, out);
}

const struct membership_op membership_large = {
    .op = {.name = "large",
           .summary = N_("Large values are better: 0.5 at the midpoint."),
           .formula = "1 / (1 + (x / midpoint)^-spread); x <= 0: 0",
           .source = "ArcGIS Fuzzy Membership, Large; Tsoukalas & Uhrig 1997",
           .params = large_params,
           .params_size = sizeof(struct large),
           .check = large_check},
    .example = "midpoint: 95, spread: 5",
    .range = {0, 250},
    .run = large_run};
