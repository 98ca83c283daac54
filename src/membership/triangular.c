/* 0 at a, 1 at b, 0 at c. */
#include <stddef.h>

#include "membership/curve.h"

struct triangular {
    struct reals points;
};

static const struct param triangular_params[] = {
    {.name = "points",
     .type = PARAM_REALS,
     .offset = offsetof(struct triangular, points),
     .required = true,
     .count = 3,
     .help = N_("Values a <= b <= c: 0 up to a, 1 at b, 0 from c")},
    {.name = NULL}};

static enum terramis_status triangular_check(const void *params)
{
    const struct triangular *triangular = params;
    const double *p = triangular->points.items;
    if (p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2])
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("points: [%g, %g, %g] must not decrease, and the first "
                        "must be less than the last"),
                      p[0], p[1], p[2]);
}

static void triangular_run(const struct membership_bound *bound,
                           const float *in, size_t n, float *out)
{
    const struct triangular *triangular = bound->params;
    const double *p = triangular->points.items;
    const double a = (double)curve_float(p[0]);
    const double b = (double)curve_float(p[1]);
    const double c = (double)curve_float(p[2]);
    for (size_t i = 0; i < n; i++) {
        double x = (double)in[i];
        double up = (x - a) / (b - a), down = (c - x) / (c - b);
        double y = x < b ? up : down; /* where b is a or c, never 0 / 0 */
        y = x == b ? 1 : y;
        y = x != b && (x <= a || x >= c) ? 0 : y;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
}

const struct membership_op membership_triangular = {
    .op = {.name = "triangular",
           .summary = N_("Rises from a to b and falls to c."),
           .formula = "a < x <= b: (x - a) / (b - a); b < x < c: (c - x) / "
                      "(c - b); else 0",
           .source = "ALUES R package, triangular membership",
           .params = triangular_params,
           .params_size = sizeof(struct triangular),
           .check = triangular_check},
    .example = "points: [5, 6.5, 8]",
    .range = {4, 9},
    .run = triangular_run};
