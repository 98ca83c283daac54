#include "membership/curve.h"

const char *const curve_sides[] = {"both", "increasing", "decreasing", NULL};
const char *const curve_directions[] = {"increasing", "decreasing", NULL};

enum terramis_status curve_check_limits(const struct curve_limits *limits)
{
    if (!(limits->lower > limits->upper))
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("lower: %g is above upper: %g. Swap them"),
                      limits->lower, limits->upper);
}

enum terramis_status curve_check_positive(const char *name, double value)
{
    if (value > 0)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT, _("%s: %g must be above 0"), name,
                      value);
}

void curve_limit(const struct curve_limits *limits, const float *in, size_t n,
                 float *out)
{
    /* compared as doubles: a threshold of 0.1 is no float */
    for (size_t i = 0; i < n; i++) {
        double x = (double)in[i];
        float y = out[i];
        y = x < limits->lower ? (float)limits->below : y;
        out[i] = x > limits->upper ? (float)limits->above : y;
    }
}
