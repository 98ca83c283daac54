#include "demo/soil.h"

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* Metres above the next watercourse. */
static double above_at(const struct region *region, struct point p)
{
    return terrain_sample(&region->terrain, region->terrain.above, p);
}

static double climate_noise(const struct region *region, struct point p)
{
    return noise_fbm(region->pilot->seed + 130, p.x, p.y, 16000, 2);
}

double soil_height(const struct region *region, struct point p)
{
    return terrain_height(&region->terrain, p);
}

double soil_drainage(const struct region *region, struct point p)
{
    double above = above_at(region, p);
    double patch = noise_fbm(region->pilot->seed + 100, p.x, p.y, 1500, 3);
    if (above < 1.2)
        return patch > 0.25 ? 5 : patch > -0.3 ? 4 : 3;
    if (above < 4)
        return patch > 0.2 ? 4 : patch > -0.25 ? 3 : 2;
    /* clay with flints under the flat plateau holds water up in places, more
     * so in the Pays d'Auge */
    if (region->pilot != &pilots[0])
        patch += 0.25;
    if (above > 12 && terrain_slope(&region->terrain, p) < 0.03)
        return patch > 0.45 ? 4 : patch > 0.15 ? 3 : patch > -0.15 ? 2 : 1;
    return patch > 0.5 ? 2 : 1;
}

double soil_depth(const struct region *region, struct point p)
{
    double slope = terrain_slope(&region->terrain, p);
    double noise = noise_fbm(region->pilot->seed + 110, p.x, p.y, 1100, 3);
    double plateau = region->pilot == &pilots[0] ? 116 : 84;
    if (slope < 0.06 && above_at(region, p) < 4)
        return clamp(105 + 30 * noise, 45, 160);
    return clamp(plateau + 48 * noise - 560 * slope, 20, 160);
}

double soil_reserve(const struct region *region, struct point p)
{
    double slope = terrain_slope(&region->terrain, p);
    double noise = noise_fbm(region->pilot->seed + 120, p.x, p.y, 2400, 2);
    /* millimetres of water a centimetre of soil holds: less where stony */
    double holds = 1.4 - 2.2 * fmin(slope, 0.25) + 0.25 * noise;
    return clamp(soil_depth(region, p) * holds, 15, 260);
}

double soil_rain(const struct region *region, struct point p)
{
    return region->pilot->rain + 0.7 * (soil_height(region, p) - 100) +
           45 * climate_noise(region, p);
}

double soil_temperature(const struct region *region, struct point p)
{
    return region->pilot->temperature -
           0.0065 * (soil_height(region, p) - 100) +
           0.12 * climate_noise(region, p);
}
