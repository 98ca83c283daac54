/* Straight lines between points (x, membership); level beyond the ends. */
#include <stddef.h>

#include "membership/membership.h"

struct linear {
    struct points points;
};

static const struct param linear_params[] = {
    {.name = "points",
     .type = PARAM_POINTS,
     .offset = offsetof(struct linear, points),
     .max = 1,
     .required = true,
     .help = N_(
         "Points [value, membership 0..1]; level beyond the first and last")},
    {.name = NULL}};

/* At a step the value to its right counts. */
static float interpolate(const struct points *points, double x)
{
    double(*p)[2] = points->items;
    size_t last = points->count - 1, i = 1;
    if (x < p[0][0])
        return (float)p[0][1];
    if (x >= p[last][0])
        return (float)p[last][1];
    while (x >= p[i][0])
        i++;
    double t = (x - p[i - 1][0]) / (p[i][0] - p[i - 1][0]);
    return (float)(p[i - 1][1] + t * (p[i][1] - p[i - 1][1]));
}

static void linear_run(const struct membership_bound *bound, const float *in,
                       size_t n, float *out)
{
    const struct linear *linear = bound->params;
    for (size_t i = 0; i < n; i++)
        out[i] = in[i] == in[i] ? interpolate(&linear->points, (double)in[i])
                                : in[i];
}

const struct membership_op membership_linear = {
    .op = {.name = "linear",
           .summary = N_("Straight lines between points."),
           .formula = "between (x1, y1) and (x2, y2): y1 + (y2 - y1) (x - x1) "
                      "/ (x2 - x1)",
           .source = "Jiang & Eastman 2000, IJGIS 14(2)",
           .params = linear_params,
           .params_size = sizeof(struct linear)},
    .example = "points: [[8, 1], [20, 0]]",
    .range = {0, 30},
    .run = linear_run};
