/* Near a midpoint, with longer tails than the bell curve. */
#include <stddef.h>

#include "membership/curve.h"

struct near {
    double midpoint, spread;
    int side;
    struct curve_limits limits;
};

static const struct param near_params[] = {
    {.name = "midpoint",
     .type = PARAM_REAL,
     .offset = offsetof(struct near, midpoint),
     .required = true,
     .help = N_("Value of membership 1")},
    {.name = "spread",
     .type = PARAM_REAL,
     .offset = offsetof(struct near, spread),
     .required = true,
     .help = N_("How fast it falls: 0.5 at a distance of 1 / sqrt(spread)")},
    CURVE_SIDE_ROW(struct near),
    CURVE_LIMIT_ROWS(struct near),
    {.name = NULL}};

static enum terramis_status near_check(const void *params)
{
    const struct near *near = params;
    TRY(curve_check_positive("spread", near->spread));
    return curve_check_limits(&near->limits);
}

static void near_run(const struct membership_bound *bound, const float *in,
                     size_t n, float *out)
{
    const struct near *p = bound->params;
    for (size_t i = 0; i < n; i++) {
        double away = curve_away((double)in[i], p->midpoint, p->side);
        out[i] = (float)(1 / (1 + p->spread * away * away));
    }
    curve_limit(&p->limits, in, n, out);
}

const struct membership_op membership_near = {
    .op = {.name = "near",
           .summary = N_("Best near a midpoint, long tails."),
           .formula = "1 / (1 + spread (x - midpoint)^2)",
           .source = "ArcGIS Fuzzy Membership, Near; Tsoukalas & Uhrig 1997",
           .params = near_params,
           .params_size = sizeof(struct near),
           .check = near_check},
    .example = "midpoint: 6.5, spread: 1.5",
    .range = {3, 10},
    .run = near_run};
