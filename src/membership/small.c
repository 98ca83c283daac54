/* Small values are better: 0.5 at the midpoint. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

struct small {
    double midpoint, spread;
    struct curve_limits limits;
};

static const struct param small_params[] = {
    {.name = "midpoint",
     .type = PARAM_REAL,
     .offset = offsetof(struct small, midpoint),
     .required = true,
     .help = N_("Value of membership 0.5, above 0")},
    {.name = "spread",
     .type = PARAM_REAL,
     .offset = offsetof(struct small, spread),
     .preset = "5",
     .min = 0.01,
     .max = 100,
     .help = N_("How steep the curve is at the midpoint")},
    CURVE_LIMIT_ROWS(struct small),
    {.name = NULL}};

static enum terramis_status small_check(const void *params)
{
    const struct small *small = params;
    TRY(curve_check_positive("midpoint", small->midpoint));
    return curve_check_limits(&small->limits);
}

static void small_run(const struct membership_bound *bound, const float *in,
                      size_t n, float *out)
{
    const struct small *p = bound->params;
    for (size_t i = 0; i < n; i++) {
        double x = (double)in[i];
        double y = x > 0 ? 1 / (1 + pow(x / p->midpoint, p->spread)) : 1;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
    curve_limit(&p->limits, in, n, out);
}

const struct membership_op membership_small = {
    .op = {.name = "small",
           .summary = N_("Small values are better: 0.5 at the midpoint."),
           .formula = "1 / (1 + (x / midpoint)^spread); x <= 0: 1",
           .source = "ArcGIS Fuzzy Membership, Small; Tsoukalas & Uhrig 1997",
           .params = small_params,
           .params_size = sizeof(struct small),
           .check = small_check},
    .example = "midpoint: 14, spread: 5",
    .range = {0, 40},
    .run = small_run};
