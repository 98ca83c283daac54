#include "yield/local.h"

#include <math.h>

static const double awc_step = 10;
static const double warm_first = -4, warm_step = 0.5;
static const double rain_first = 0.1, rain_step = 0.1;

static void fill_warm(struct local_yields *local,
                      const struct growth_crop *crop,
                      const struct climate *climate, int warm)
{
    struct climate own = *climate;
    struct climate_day days[DAYS];
    struct growth growth;
    for (int m = 0; m < MONTHS; m++) {
        own.tmin[m] += warm_first + warm * warm_step;
        own.tmax[m] += warm_first + warm * warm_step;
    }
    climate_days(&own, days);
    for (int rain = 0; rain < LOCAL_RAIN; rain++)
        for (int awc = 0; awc < LOCAL_AWC; awc++) {
            growth_run(&growth, crop, days, awc * awc_step,
                       rain_first + rain * rain_step);
            local->at[warm][rain][awc] = (float)growth.harvest;
        }
}

void local_fill(struct local_yields *local, const struct growth_crop *crop,
                const struct climate *climate)
{
    struct climate_day days[DAYS];
    local->temperature = local->rain = 0;
    climate_days(climate, days);
    for (int d = 0; d < DAYS; d++) {
        local->temperature += (days[d].tmin + days[d].tmax) / 2 / DAYS;
        local->rain += days[d].rain;
    }
    for (int warm = 0; warm < LOCAL_WARM; warm++)
        fill_warm(local, crop, climate, warm);
}

/* A place between two nodes of an axis. */
struct node {
    int at;       /* the lower one */
    double share; /* of the way to the next */
};

static struct node node_of(double x, double first, double step, int count)
{
    double at = fmin(fmax((x - first) / step, 0), count - 1);
    int low = at < count - 1 ? (int)at : count - 2;
    return (struct node){low, at - low};
}

static double between(double a, double b, double share)
{
    return a + share * (b - a);
}

double local_yield(const struct local_yields *local, double awc,
                   double temperature, double rain, double share)
{
    double warmth = isnan(temperature) ? 0 : temperature - local->temperature;
    double wetter = isnan(rain) || !(local->rain > 0) ? 1 : rain / local->rain;
    struct node a = node_of(awc, 0, awc_step, LOCAL_AWC);
    struct node w = node_of(warmth, warm_first, warm_step, LOCAL_WARM);
    struct node r = node_of(wetter * share, rain_first, rain_step, LOCAL_RAIN);
    double corner[2][2];
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++) {
            const float *at = local->at[w.at + i][r.at + k] + a.at;
            corner[i][k] = between((double)at[0], (double)at[1], a.share);
        }
    return between(between(corner[0][0], corner[0][1], r.share),
                   between(corner[1][0], corner[1][1], r.share), w.share);
}
