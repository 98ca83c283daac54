#include "membership/curve.h"

#include <math.h>

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

enum terramis_status curve_check_products(double start, double reach)
{
    const double most = 1e300;
    if (fabs(start) <= most && reach > 0 && reach <= most)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("mean and deviation times their factors are %g and %g. "
                        "Give other ones"),
                      start, reach);
}

void curve_limit(const struct curve_limits *limits, const float *in, size_t n,
                 float *out)
{
    float lower = curve_float(limits->lower);
    float upper = curve_float(limits->upper);
    for (size_t i = 0; i < n; i++) {
        float y = in[i] < lower ? (float)limits->below : out[i];
        out[i] = in[i] > upper ? (float)limits->above : y;
    }
}
