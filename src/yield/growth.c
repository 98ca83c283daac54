#include "yield/growth.h"

#include <math.h>
#include <stdbool.h>

/* Curve of suction and soil depth of MISCANMOD. */
static const double suction_a = 6682.2, suction_b = -0.33; /* MPa, per % */
static const double percent_mm = 6; /* 1 % of the volume of 0.6 m of soil */
static const double wilting = 1.5;  /* MPa */
/* Share of AWC that evaporates freely: 30 of 120 mm. */
static const double free_share = 0.25;

double growth_degree_days(double tmin, double tmax, double base)
{
    double mean = (tmin + tmax) / 2;
    if (tmax < base)
        return 0;
    if (mean < base)
        return (tmax - base) / 4;
    if (tmin < base)
        return (tmax - base) / 2 - (base - tmin) / 4;
    return mean - base;
}

/* 1 up to `full`, 0 from `none` on, a straight line between. */
static double falling(double x, double full, double none)
{
    if (x <= full)
        return 1;
    return x < none ? (none - x) / (none - full) : 0;
}

double growth_evaporation(double deficit, double awc)
{
    return falling(deficit, free_share * awc, awc);
}

double growth_suction(double deficit, double awc)
{
    double theta = log(wilting / suction_a) / suction_b;
    return suction_a * exp(suction_b * (theta + (awc - deficit) / percent_mm));
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static bool grows(const struct growth_crop *crop, const struct climate_day *day)
{
    return (day->tmin + day->tmax) / 2 > crop->season && day->tmin > 0;
}

/* The soil's water on one day: its deficit in the morning, what evaporates of
 * what could. */
struct water {
    double deficit, awc, evaporated;
};

/* One growing day. */
static void grow(struct growth *g, const struct growth_crop *crop,
                 const struct climate_day *day, const struct water *water)
{
    double suction = growth_suction(water->deficit, water->awc);
    double heat = growth_degree_days(day->tmin, day->tmax, crop->base);
    double supply = day->pet > 0 ? water->evaporated / day->pet : 1;
    g->degree_days += heat;
    g->leaf_area += crop->leaf * heat * falling(suction, 0.8, 1.8);
    double par = crop->par * day->radiation *
                 (1 - exp(-crop->extinction * g->leaf_area));
    g->intercepted += par;
    g->peak +=
        crop->rue * par / 100 * least(falling(suction, 1.3, 2.5), supply);
}

void growth_run(struct growth *growth, const struct growth_crop *crop,
                const struct climate_day days[DAYS], double awc, double rain)
{
    struct water water = {.awc = awc};
    *growth = (struct growth){.peak = 0};
    for (int d = 0; d < DAYS; d++) {
        double fallen = rain * days[d].rain;
        water.evaporated =
            least(days[d].pet * growth_evaporation(water.deficit, awc),
                  awc - water.deficit + fallen);
        if (grows(crop, &days[d]))
            grow(growth, crop, &days[d], &water);
        double deficit = water.deficit + water.evaporated - fallen;
        water.deficit = deficit > 0 ? least(deficit, awc) : 0;
        if (water.deficit > growth->deficit)
            growth->deficit = water.deficit;
    }
    growth->harvest = growth->peak * (1 - crop->winter_loss);
}
