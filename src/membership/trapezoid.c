/* 0 below a, rising to 1 at b, 1 until c, falling to 0 at d. */
#include <stddef.h>

#include "base/clones.h"
#include "membership/curve.h"

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

/* The lower of the rising side and the falling side, each 0 to 1. */
CLONES static void draw(const float p[4], const float *restrict in, size_t n,
                        float *restrict out)
{
    float a = p[0], b = p[1], c = p[2], d = p[3];
    for (size_t i = 0; i < n; i++) {
        float x = in[i];
        float rising = (x - a) / (b - a), falling = (d - x) / (d - c);
        rising = x > a ? rising : 0;
        rising = x >= b ? 1 : rising; /* where a == b too */
        falling = x < d ? falling : 0;
        falling = x <= c ? 1 : falling;
        float y = rising < falling ? rising : falling;
        out[i] = x == x ? y : x;
    }
}

static void trapezoid_run(const struct membership_bound *bound, const float *in,
                          size_t n, float *out)
{
    const struct trapezoid *trapezoid = bound->params;
    float points[4];
    for (int i = 0; i < 4; i++)
        points[i] = curve_float(trapezoid->points.items[i]);
    draw(points, in, n, out);
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
