/* Which way the ground faces, as the angle to a direction: 0 facing it, 180
 * facing away. An azimuth itself would jump from 360 to 0 between neighbours
 * and could not be averaged. */
#include <math.h>
#include <stddef.h>

#include "base/clones.h"
#include "criterion/criterion.h"

struct aspect {
    double toward, flat, level;
};

static const struct param aspect_params[] = {
    {"toward", PARAM_REAL, offsetof(struct aspect, toward), "degree", "180", 0,
     360, .help = N_("Direction of angle 0, clockwise from north: 180 south.")},
    {"flat", PARAM_REAL, offsetof(struct aspect, flat), "degree", "90", 0, 180,
     .help = N_("Angle taken for level ground, which faces nowhere.")},
    {"level", PARAM_REAL, offsetof(struct aspect, level), "%", "1", 0, 100,
     .help = N_("Slope up to which ground counts as level.")},
    {.name = NULL}};

/* Rise to the east and to the north, of a row of cells. */
CLONES static void gradients(const float *restrict a, const float *restrict b,
                             const float *restrict c, int nx, double dx,
                             double dy, double *restrict east,
                             double *restrict north)
{
    for (int i = 0; i < nx; i++) {
        double nw = (double)a[i], ne = (double)a[i + 2];
        double sw = (double)c[i], se = (double)c[i + 2];
        /* b[i + 1] has no weight, but without data it faces nowhere */
        double hole = 0.0 * (double)b[i + 1];
        east[i] = ((ne + 2.0 * (double)b[i + 2] + se) -
                   (nw + 2.0 * (double)b[i] + sw)) /
                      (8 * dx) +
                  hole;
        north[i] = ((nw + 2.0 * (double)a[i + 1] + ne) -
                    (sw + 2.0 * (double)c[i + 1] + se)) /
                   (8 * dy);
    }
}

enum {
    PART = 256 /* cells of a row whose gradients are kept at a time */
};

/* Angle between the way down and `toward`, by their dot product. */
static float angle_of(const struct aspect *aspect, double east, double north)
{
    double slope = sqrt(east * east + north * north);
    double toward = aspect->toward * M_PI / 180;
    if (100 * slope <= aspect->level)
        return (float)aspect->flat;
    double cosine = -(east * sin(toward) + north * cos(toward)) / slope;
    return (float)(acos(cosine > 1    ? 1
                        : cosine < -1 ? -1
                                      : cosine) *
                   180 / M_PI);
}

static void aspect_run(const float *in, int nx, int ny, double dx, double dy,
                       const void *params, float *out)
{
    size_t width = (size_t)nx + 2;
    double east[PART], north[PART];
    for (int row = 0; row < ny; row++)
        for (int col = 0; col < nx; col += PART) {
            const float *first = in + (size_t)row * width + col;
            float *to = out + (size_t)row * (size_t)nx + col;
            int n = nx - col < PART ? nx - col : PART;
            gradients(first, first + width, first + 2 * width, n, dx, dy, east,
                      north);
            for (int i = 0; i < n; i++)
                to[i] = angle_of(params, east[i], north[i]);
        }
}

static const struct raster_kernel aspect_kernel = {.halo = 1,
                                                   .run = aspect_run};

const struct criterion_op criterion_aspect = {
    .op = {.name = "aspect",
           .summary =
               N_("Angle between the way that a terrain raster falls and "
                  "a direction, 0 to 180 degrees."),
           .source = "Horn 1981, Proc. IEEE 69(1)",
           .params = aspect_params,
           .params_size = sizeof(struct aspect)},
    .unit = "degree",
    .inputs = INPUT_RASTER,
    .resampling = RASTER_BILINEAR,
    .kernel = &aspect_kernel};
