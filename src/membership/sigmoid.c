/* The curved boundaries of r.fuzzy.set: S, J and G shapes on one ramp or on
 * two. Its abs() of a float is a bug there (shape is always 0 for S); the
 * manual's formula is used. */
#include <math.h>
#include <stddef.h>

#include "membership/curve.h"

#define PI 3.14159265358979323846

enum boundary {
    BOUNDARY_S,
    BOUNDARY_J,
    BOUNDARY_G
};

static const char *const boundaries[] = {"s", "j", "g", NULL};

struct sigmoid {
    struct reals points;
    int side;
    int boundary;
    double shape;
    double height;
};

static const struct param sigmoid_params[] = {
    {.name = "points",
     .type = PARAM_REALS,
     .offset = offsetof(struct sigmoid, points),
     .required = true,
     .help = N_("Values [a, b, c, d] of both sides, 0 outside a and d, 1 from "
                "b to c; or [a, b] of one")},
    {.name = "side",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct sigmoid, side),
     .preset = "both",
     .choices = curve_sides,
     .help = N_("Both sides, or one ramp from a to b, increasing or "
                "decreasing")},
    {.name = "boundary",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct sigmoid, boundary),
     .preset = "s",
     .choices = boundaries,
     .help = N_("Form of the ramp: S is flat at both ends, J at the foot, G at "
                "the top")},
    {.name = "shape",
     .type = PARAM_REAL,
     .offset = offsetof(struct sigmoid, shape),
     .preset = "0",
     .min = -1,
     .max = 1,
     .help = N_("Moves the ramp towards its foot (below 0) or its top")},
    {.name = "height",
     .type = PARAM_REAL,
     .offset = offsetof(struct sigmoid, height),
     .preset = "1",
     .max = 1,
     .help = N_("Highest membership")},
    {.name = NULL}};

static enum terramis_status sigmoid_check(const void *params)
{
    const struct sigmoid *sigmoid = params;
    const struct reals *p = &sigmoid->points;
    size_t count = sigmoid->side == SIDE_BOTH ? 4 : 2;
    if (p->count != count)
        return status_set(TERRAMIS_PROJECT,
                          sigmoid->side == SIDE_BOTH
                              ? _("points: both sides need 4 values, found "
                                  "%zu. For one ramp add side: increasing or "
                                  "side: decreasing")
                              : _("points: one side needs 2 values, found %zu"),
                          p->count);
    for (size_t i = 1; i < count; i++)
        if (!(i == 2 ? p->items[i] >= p->items[i - 1]
                     : p->items[i] > p->items[i - 1]))
            return status_set(TERRAMIS_PROJECT,
                              _("points: %g comes after %g. Write them in "
                                "increasing order; side: says which way the "
                                "curve goes"),
                              p->items[i], p->items[i - 1]);
    return TERRAMIS_OK;
}

/* Power of the ramp; 2 for shape 0. */
static double exponent(const struct sigmoid *sigmoid)
{
    double shape = sigmoid->shape;
    if (sigmoid->boundary == BOUNDARY_S)
        return pow(2, exp(2 * fabs(shape)));
    if (sigmoid->boundary == BOUNDARY_J)
        return pow(2, shape < 0 ? 1 + shape : exp(2 * shape));
    return 1 / pow(2, shape > 0 ? 1 - shape : exp(-2 * shape));
}

/* Membership at t along the ramp, 0 < t < 1. */
static double ramp(const struct sigmoid *sigmoid, double power, double t)
{
    if (sigmoid->boundary != BOUNDARY_S)
        return pow(tan(t * PI / 4), power);
    return sigmoid->shape < 0 ? 1 - pow(cos(t * PI / 2), power)
                              : pow(sin(t * PI / 2), power);
}

/* Position along the ramp between the points p, 0 at its foot and 1 at its top.
 */
static double position(const struct sigmoid *sigmoid, const double *p, double x)
{
    double t = (x - p[0]) / (p[1] - p[0]);
    if (sigmoid->side == SIDE_DECREASING)
        t = 1 - t;
    if (sigmoid->side == SIDE_BOTH && x > p[1])
        t = x < p[2] ? 1 : (p[3] - x) / (p[3] - p[2]);
    return t;
}

static void sigmoid_run(const struct membership_bound *bound, const float *in,
                        size_t n, float *out)
{
    const struct sigmoid *sigmoid = bound->params;
    double power = exponent(sigmoid), points[4] = {0};
    for (size_t i = 0; i < sigmoid->points.count; i++)
        points[i] = (double)curve_float(sigmoid->points.items[i]);
    for (size_t i = 0; i < n; i++) {
        double t = position(sigmoid, points, (double)in[i]);
        double y = t <= 0 ? 0 : t >= 1 ? 1 : ramp(sigmoid, power, t);
        /* the rounding of tan() and pow() must not leave 0..1 */
        y = fmin(fmax(y, 0), 1) * sigmoid->height;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
}

const struct membership_op membership_sigmoid = {
    .op = {.name = "sigmoid",
           .summary = N_("S, J or G shaped ramps on one side or both."),
           .formula = "t: 0..1 along the ramp; s: sin(t pi/2)^m, shape < 0: 1 "
                      "- cos(t pi/2)^m, m = 2^exp(2 |shape|); j: tan(t "
                      "pi/4)^m; g: tan(t pi/4)^(1/m); m = 2 at shape 0",
           .source = "r.fuzzy.set, GRASS add-ons",
           .params = sigmoid_params,
           .params_size = sizeof(struct sigmoid),
           .check = sigmoid_check},
    .example = "points: [4.5, 5.5, 7.5, 8.5]",
    .range = {3, 10},
    .run = sigmoid_run};
