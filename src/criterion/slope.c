/* Slope on the terrain's own grid, then resampled: slope of resampled heights
 * would be flatter. */
#include <math.h>
#include <stddef.h>

#include "base/clones.h"
#include "criterion/criterion.h"
#include "criterion/horn.h"

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

/* Slopes of a row of cells in percent, from the rows around it. */
CLONES static void slopes(const float *restrict north,
                          const float *restrict middle,
                          const float *restrict south, int nx, double dx,
                          double dy, float *restrict out)
{
    for (int col = 0; col < nx; col++) {
        struct horn rise =
            horn_at(north + col, middle + col, south + col, dx, dy);
        out[col] = (float)(100 * sqrt(rise.east * rise.east +
                                      rise.north * rise.north));
    }
}

static void slope_run(const float *in, int nx, int ny, double dx, double dy,
                      const void *params, float *out)
{
    const struct slope *slope = params;
    size_t width = (size_t)nx + 2;
    for (int row = 0; row < ny; row++) {
        const float *north = in + (size_t)row * width;
        float *line = out + (size_t)row * (size_t)nx;
        slopes(north, north + width, north + 2 * width, nx, dx, dy, line);
        for (int col = 0; slope->unit == 1 && col < nx; col++)
            line[col] = (float)(atan((double)line[col] / 100) * 180 / M_PI);
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
