/* A ramp raised to a power. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

struct power {
    struct reals points;
    double exponent;
    int side;
    struct curve_limits limits;
};

static const struct param power_params[] = {
    {.name = "points",
     .type = PARAM_REALS,
     .offset = offsetof(struct power, points),
     .required = true,
     .count = 2,
     .help = N_("Values a < b between which the curve goes")},
    {.name = "exponent",
     .type = PARAM_REAL,
     .offset = offsetof(struct power, exponent),
     .preset = "2",
     .min = 0.01,
     .max = 100,
     .help = N_("Above 1 only the best values score well, below 1 most do")},
    {.name = "side",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct power, side),
     .preset = "increasing",
     .choices = curve_directions,
     .help = N_("Increasing from a to b, or decreasing")},
    CURVE_LIMIT_ROWS(struct power),
    {.name = NULL}};

static enum terramis_status power_check(const void *params)
{
    const struct power *power = params;
    const double *p = power->points.items;
    if (!(p[0] < p[1]))
        return status_set(TERRAMIS_PROJECT,
                          _("points: %g is not less than %g. Write them in "
                            "increasing order; side: says which way the curve "
                            "goes"),
                          p[0], p[1]);
    return curve_check_limits(&power->limits);
}

static void power_run(const struct membership_bound *bound, const float *in,
                      size_t n, float *out)
{
    const struct power *power = bound->params;
    const double *p = power->points.items;
    const double a = (double)curve_float(p[0]), b = (double)curve_float(p[1]);
    for (size_t i = 0; i < n; i++) {
        double t = ((double)in[i] - a) / (b - a);
        t = power->side ? 1 - t : t;
        t = fmin(fmax(t, 0), 1);
        out[i] = in[i] == in[i] ? (float)pow(t, power->exponent) : in[i];
    }
    curve_limit(&power->limits, in, n, out);
}

const struct membership_op membership_power = {
    .op = {.name = "power",
           .summary = N_("A ramp raised to a power."),
           .formula = "((x - a) / (b - a))^exponent; decreasing: ((b - x) / "
                      "(b - a))^exponent",
           .source = "ArcGIS Rescale by Function, Power",
           .params = power_params,
           .params_size = sizeof(struct power),
           .check = power_check},
    .example = "points: [40, 150], exponent: 2",
    .range = {0, 200},
    .run = power_run};
