/* 0 below a, rising to 1 at b, 1 until c, falling to 0 at d. */
#include <stddef.h>

#include "membership/membership.h"

struct trapezoid {
    struct reals points;
};

static const struct param trapezoid_params[] = {
    {.name = "points",
     .type = PARAM_REALS,
     .offset = offsetof(struct trapezoid, points),
     .required = true,
     .count = 4,
     .help =
         N_("Values a <= b <= c <= d: 0 below a, 1 from b to c, 0 above d")},
    {.name = NULL}};

static enum terramis_status trapezoid_check(const void *params)
{
    const struct trapezoid *trapezoid = params;
    const double *p = trapezoid->points.items;
    if (p[0] <= p[1] && p[1] <= p[2] && p[2] <= p[3])
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("points: [%g, %g, %g, %g] must not decrease"), p[0],
                      p[1], p[2], p[3]);
}

static double ramp(double x, double from, double to)
{
    return (x - from) / (to - from);
}

static void trapezoid_run(const struct membership_bound *bound, const float *in,
                          size_t n, float *out)
{
    const struct trapezoid *trapezoid = bound->params;
    const double *p = trapezoid->points.items;
    for (size_t i = 0; i < n; i++) {
        double x = (double)in[i], y = 0;
        if (x >= p[1] && x <= p[2])
            y = 1;
        else if (x > p[0] && x < p[1])
            y = ramp(x, p[0], p[1]);
        else if (x > p[2] && x < p[3])
            y = ramp(x, p[3], p[2]);
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
}

const struct membership_op membership_trapezoid = {
    .op = {.name = "trapezoid",
           .summary = N_("Rises from a to b, 1 until c, falls to d."),
           .formula = "a < x < b: (x - a) / (b - a); b..c: 1; c < x < d: (d - "
                      "x) / (d - c); else 0",
           .source = "r.fuzzy.set, GRASS add-ons (linear shape)",
           .params = trapezoid_params,
           .params_size = sizeof(struct trapezoid),
           .check = trapezoid_check},
    .example = "points: [4.5, 5.5, 7.5, 8.5]",
    .range = {3, 10},
    .run = trapezoid_run};
