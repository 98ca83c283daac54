#include "demo/noise.h"

#include <math.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t rng_next(struct rng *rng)
{
    rng->state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(rng->state);
}

static double to_unit(uint64_t bits)
{
    return (double)(bits >> 11) * 0x1p-53;
}

double rng_real(struct rng *rng, double low, double high)
{
    return low + (high - low) * to_unit(rng_next(rng));
}

int rng_int(struct rng *rng, int count)
{
    return (int)(rng_next(rng) % (uint64_t)count);
}

static uint64_t hash(uint64_t seed, int64_t x, int64_t y)
{
    uint64_t h = mix(seed + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)x);
    return mix(h + UINT64_C(0xc2b2ae3d27d4eb4f) * (uint64_t)y + 1);
}

double noise_hash(uint64_t seed, int64_t x, int64_t y)
{
    return to_unit(hash(seed, x, y));
}

/* Slope of the lattice point (x, y) times the way (dx, dy) from it. */
static double gradient(uint64_t seed, int64_t x, int64_t y, double dx,
                       double dy)
{
    static const double directions[8][2] = {
        {1, 0},  {0.75, 0.66},   {0, 1},        {-0.66, 0.75},
        {-1, 0}, {-0.75, -0.66}, {0.25, -0.97}, {0.66, -0.75}};
    const double *g = directions[hash(seed, x, y) & 7];
    return g[0] * dx + g[1] * dy;
}

static double fade(double t)
{
    return t * t * t * (t * (t * 6 - 15) + 10);
}

double noise_at(uint64_t seed, double x, double y)
{
    double fx = floor(x), fy = floor(y), dx = x - fx, dy = y - fy;
    int64_t ix = (int64_t)fx, iy = (int64_t)fy;
    double u = fade(dx), v = fade(dy);
    double a = gradient(seed, ix, iy, dx, dy);
    double b = gradient(seed, ix + 1, iy, dx - 1, dy);
    double c = gradient(seed, ix, iy + 1, dx, dy - 1);
    double d = gradient(seed, ix + 1, iy + 1, dx - 1, dy - 1);
    double top = a + u * (b - a), bottom = c + u * (d - c);
    return top + v * (bottom - top);
}

double noise_fbm(uint64_t seed, double x, double y, double wave, int octaves)
{
    double sum = 0, strength = 1;
    for (int i = 0; i < octaves; i++) {
        sum += strength * noise_at(seed + (uint64_t)i, x / wave, y / wave);
        strength /= 2;
        wave /= 2;
    }
    return sum;
}

double noise_ramp(double value, double low, double high)
{
    double t = (value - low) / (high - low);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}
