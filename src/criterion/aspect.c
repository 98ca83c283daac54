/* Which way the ground faces, as the angle to a direction: 0 facing it, 180
 * facing away. An azimuth itself would jump from 360 to 0 between neighbours
 * and could not be averaged. */
#include <math.h>
#include <stddef.h>

#include "criterion/criterion.h"
#include "criterion/horn.h"

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

/* Angle between the way down and the direction (east, north) of length 1, by
 * their dot product. */
static float angle_of(const struct aspect *aspect, struct horn rise,
                      double east, double north)
{
    double slope = sqrt(rise.east * rise.east + rise.north * rise.north);
    if (100 * slope <= aspect->level)
        return (float)aspect->flat;
    double cosine = -(rise.east * east + rise.north * north) / slope;
    return (float)(acos(cosine > 1    ? 1
                        : cosine < -1 ? -1
                                      : cosine) *
                   180 / M_PI);
}

static void aspect_run(const float *in, int nx, int ny, double dx, double dy,
                       const void *params, float *out)
{
    const struct aspect *aspect = params;
    double toward = aspect->toward * M_PI / 180;
    double east = sin(toward), north = cos(toward);
    size_t width = (size_t)nx + 2;
    for (int row = 0; row < ny; row++) {
        const float *a = in + (size_t)row * width, *b = a + width;
        const float *c = b + width;
        for (int col = 0; col < nx; col++)
            *out++ =
                angle_of(aspect, horn_at(a + col, b + col, c + col, dx, dy),
                         east, north);
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
