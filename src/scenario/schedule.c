#include "scenario/schedule.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static const double units_per_ha = 1e4 / ZONAL_UNIT;

/* How far the planting has come. */
struct progress {
    const struct schedule_rules *rules;
    int year;
    int64_t budget; /* of the year, ZONAL_UNIT */
    double *wanted; /* per outlet, t per year; INFINITY: no limit */
};

static int64_t year_budget(double rate)
{
    double units = rate * units_per_ha;
    return units < 9e18 ? (int64_t)llround(units) : INT64_MAX; /* or NaN */
}

/* The area that brings the outlet `wanted` tonnes; up to one unit (1 cm2) more.
 */
static int64_t area_for(double wanted, double yield)
{
    double units = ceil(wanted / yield * units_per_ha);
    return units < 9e18 ? (int64_t)units : INT64_MAX;
}

/* The area of `land` that some outlet wants, `left` at most; *outlet is its
 * position, or the count of outlets where there are none. */
static int64_t find_outlet(const struct progress *p,
                           const struct schedule_land *land, int64_t left,
                           size_t *outlet)
{
    const struct list *outlets = p->rules->outlets;
    const struct outlet_config *items = outlets->items;
    *outlet = 0;
    if (outlets->count == 0)
        return left;
    for (; *outlet < outlets->count; ++*outlet) {
        bool allowed = (int)land->use >= items[*outlet].use + USE_MATERIAL;
        if (!allowed || p->wanted[*outlet] <= 0)
            continue;
        int64_t area = area_for(p->wanted[*outlet], land->yield);
        return area < left ? area : left;
    }
    return 0;
}

static void deliver(struct progress *p, const struct schedule_land *land,
                    size_t outlet, int64_t area)
{
    if (p->rules->outlets->count == 0)
        return;
    bool met = area >= area_for(p->wanted[outlet], land->yield);
    p->wanted[outlet] -= land->yield * zonal_ha(area);
    if (met)
        p->wanted[outlet] = 0;
}

/* Adds to the tranche of the same land and year, or begins another. */
static enum terramis_status add(struct schedule *schedule, size_t land,
                                int year, int64_t area)
{
    if (schedule->count > 0) {
        struct schedule_tranche *last = &schedule->items[schedule->count - 1];
        if (last->land == land && last->year == year) {
            last->area += area;
            return TERRAMIS_OK;
        }
    }
    TRY(mem_grow(&schedule->items, &schedule->room, schedule->count,
                 sizeof *schedule->items));
    schedule->items[schedule->count++] =
        (struct schedule_tranche){land, year, area};
    return TERRAMIS_OK;
}

/* Plants what is wanted of a land, over as many years as it takes. */
static enum terramis_status plant(struct schedule *schedule, struct progress *p,
                                  const struct schedule_land *lands, size_t i)
{
    int64_t left = lands[i].area;
    while (left > 0) {
        size_t outlet;
        int64_t area = find_outlet(p, &lands[i], left, &outlet);
        if (area == 0)
            return TERRAMIS_OK;
        if (p->budget == 0) {
            p->budget = year_budget(p->rules->rate);
            if (++p->year > p->rules->horizon || p->budget == 0)
                return TERRAMIS_OK;
        }
        if (area > p->budget)
            area = p->budget;
        deliver(p, &lands[i], outlet, area);
        TRY(add(schedule, i, p->year, area));
        left -= area;
        p->budget -= area;
    }
    return TERRAMIS_OK;
}

enum terramis_status schedule_run(struct schedule *schedule,
                                  const struct schedule_land *lands,
                                  size_t count,
                                  const struct schedule_rules *rules)
{
    const struct outlet_config *outlets = rules->outlets->items;
    struct progress p = {rules, 1, year_budget(rules->rate), NULL};
    enum terramis_status status = TERRAMIS_OK;
    TRY(mem_new(&p.wanted, rules->outlets->count, sizeof *p.wanted));
    for (size_t i = 0; i < rules->outlets->count; i++)
        p.wanted[i] = isnan(outlets[i].demand) ? INFINITY : outlets[i].demand;
    for (size_t i = 0;
         i < count && p.year <= rules->horizon && status == TERRAMIS_OK; i++)
        status = plant(schedule, &p, lands, i);
    free(p.wanted);
    return status;
}

void schedule_release(struct schedule *schedule)
{
    free(schedule->items);
    *schedule = (struct schedule){0};
}
