#include "yield/climate.h"

static const int lengths[MONTHS] = {31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31};

/* Where a day lies: `share` of the way from mid-month `from` to the next. */
struct moment {
    int from, to;
    double share;
};

/* `day` counts from the month's first, 0; months wrap round. */
static struct moment moment_of(int month, int day)
{
    double middle = lengths[month] / 2.0, at = day + 0.5;
    int next = (month + 1) % MONTHS, last = (month + MONTHS - 1) % MONTHS;
    if (at >= middle)
        return (struct moment){month, next,
                               (at - middle) / (middle + lengths[next] / 2.0)};
    double gap = middle + lengths[last] / 2.0;
    return (struct moment){last, month, 1 - (middle - at) / gap};
}

static double between(const double *values, struct moment m)
{
    return values[m.from] + m.share * (values[m.to] - values[m.from]);
}

void climate_days(const struct climate *climate, struct climate_day days[DAYS])
{
    int n = 0;
    for (int month = 0; month < MONTHS; month++)
        for (int day = 0; day < lengths[month]; day++) {
            struct moment m = moment_of(month, day);
            days[n++] = (struct climate_day){
                .tmin = between(climate->tmin, m),
                .tmax = between(climate->tmax, m),
                .radiation = between(climate->radiation, m),
                .rain = climate->rain[month] / lengths[month],
                .pet = climate->pet[month] / lengths[month]};
        }
}
