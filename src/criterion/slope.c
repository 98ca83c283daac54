/* Slope on the terrain's own grid, then resampled: slope of resampled heights
 * would be flatter. */
#include <math.h>
#include <stddef.h>

#include "criterion/criterion.h"

struct slope {
    int unit; /* 0 percent, 1 degree */
};

static const char *const units[] = {"percent", "degree", NULL};

static const struct param slope_params[] = {
    {.name = "unit",
     .type = PARAM_CHOICE,
     .offset = offsetof(struct slope, unit),
     .preset = "percent",
     .choices = units,
     .help = N_("Unit of the slope")},
    {.name = NULL}};

/* Horn 1981, Proc. IEEE 69(1): weighted differences over 3 x 3 cells. */
static void slope_run(const float *in, int nx, int ny, double dx, double dy,
                      const void *params, float *out)
{
    const struct slope *slope = params;
    size_t width = (size_t)nx + 2;
    for (int row = 0; row < ny; row++) {
        const float *a = in + (size_t)row * width; /* north */
        const float *b = a + width;
        const float *c = b + width; /* south */
        float *line = out + (size_t)row * (size_t)nx;
        for (int col = 0; col < nx; col++) {
            double east = (double)a[col + 2] + 2.0 * (double)b[col + 2] +
                          (double)c[col + 2];
            double west =
                (double)a[col] + 2.0 * (double)b[col] + (double)c[col];
            double north =
                (double)a[col] + 2.0 * (double)a[col + 1] + (double)a[col + 2];
            double south =
                (double)c[col] + 2.0 * (double)c[col + 1] + (double)c[col + 2];
            double gx = (east - west) / (8 * dx);
            double gy = (south - north) / (8 * dy);
            /* b[col + 1] has no weight, but without data it has no slope */
            double gradient =
                sqrt(gx * gx + gy * gy) + 0.0 * (double)b[col + 1];
            line[col] = (float)(slope->unit == 0 ? 100 * gradient
                                                 : atan(gradient) * 180 / M_PI);
        }
    }
}

static const struct raster_kernel slope_kernel = {.halo = 1, .run = slope_run};

const struct criterion_op criterion_slope = {
    .op = {.name = "slope",
           .summary =
               N_("Steepest slope of a terrain raster, on its own grid."),
           .source = "Horn 1981, Proc. IEEE 69(1)",
           .params = slope_params,
           .params_size = sizeof(struct slope)},
    .unit = "%",
    .inputs = INPUT_RASTER,
    .resampling = RASTER_BILINEAR,
    .kernel = &slope_kernel};
