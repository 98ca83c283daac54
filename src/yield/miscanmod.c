#include <math.h>
#include <stddef.h>

#include "base/mem.h"
#include "yield/local.h"
#include "yield/yield.h"

/* Yields are computed for soils of every millimetre of available water, once a
 * territory, and read off between them. */
enum {
    AWC_MAX = 500,
    MONTHS_OF_YEAR = 12
};

struct params {
    const char *input[YIELD_INPUTS]; /* ids of factors; NULL */
    struct list climate;             /* of climate_row */
    struct growth_crop crop;
    double dry, wet;
};

struct climate_row {
    struct place at;
    const char *territory; /* NULL: any */
    struct reals tmin, tmax, radiation, rain, pet;
};

struct curve {
    struct yield_range at[AWC_MAX + 1];
    bool is_local; /* then instead: */
    struct local_yields local;
};

// clang-format off
#define MONTHLY(name_, unit_, min_, max_, help_) \
    {#name_, PARAM_REALS, offsetof(struct climate_row, name_), unit_, \
     .min = min_, .max = max_, .count = MONTHS_OF_YEAR, .required = true, \
     .help = help_}

static const struct param climate_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct climate_row, at)},
    {"territory", PARAM_ID, offsetof(struct climate_row, territory),
     .help = N_("Territory that it is for; all of the rest when not given.")},
    MONTHLY(tmin, "°C", -60, 60,
            N_("Mean lowest temperature of the day, January to December.")),
    MONTHLY(tmax, "°C", -60, 60,
            N_("Mean highest temperature of the day, January to December.")),
    MONTHLY(radiation, "MJ/m2/d", 0, 50,
            N_("Global radiation, January to December.")),
    MONTHLY(rain, "mm", 0, 3000,
            N_("Rain of the month, January to December.")),
    MONTHLY(pet, "mm", 0, 1000,
            N_("Potential evapotranspiration of the month, January to "
            "December.")),
    {.name = NULL}
};

#define INPUT(name_, input_, required_, help_) \
    {name_, PARAM_ID, offsetof(struct params, input) + (input_) * sizeof(const char *), \
     .required = required_, .help = help_}

#define CROP(name_, field, unit_, preset_, min_, max_, help_) \
    {name_, PARAM_REAL, \
     offsetof(struct params, crop) + offsetof(struct growth_crop, field), \
     unit_, preset_, min_, max_, .help = help_}

static const struct param rows[] = {
    INPUT("awc", YIELD_AWC, true,
          N_("Factor whose values are the soil's available water in mm.")),
    INPUT("temperature", YIELD_TEMPERATURE, false,
          N_("Factor whose values are the year's mean temperature: it moves "
             "the climate's.")),
    INPUT("rain", YIELD_RAIN, false,
          N_("Factor whose values are the year's rain in mm: it scales the "
             "climate's.")),
    {"climate", PARAM_LIST, offsetof(struct params, climate),
     .required = true, .rows = climate_rows,
     .size = sizeof(struct climate_row),
     .help = N_("Monthly climate of the territories.")},
    CROP("rue", rue, "g/MJ", "2.4", 0.1, 10,
         N_("Dry matter per PAR intercepted (2.4 BioCro; 3.1 CERES-EGC).")),
    CROP("extinction", extinction, NULL, "0.67", 0.1, 2,
         N_("Extinction coefficient of the canopy (BioCro).")),
    CROP("leaf", leaf, "1/°Cd", "0.01", 0.0001, 1,
         N_("Leaf area per degree-day (BioCro).")),
    CROP("base", base, "°C", "10", -10, 30,
         N_("Base temperature of degree-days (BioCro).")),
    CROP("season", season, "°C", "9", -10, 30,
         N_("Mean temperature above which a day is of the season (Richter "
         "2008).")),
    CROP("par", par, NULL, "0.5", 0.1, 1,
         N_("Share of PAR in global radiation (usual; not verified).")),
    CROP("winter_loss", winter_loss, NULL, "0.3", 0, 1,
         N_("Share of the autumn's peak lost until harvest (not verified).")),
    {"dry", PARAM_REAL, offsetof(struct params, dry), NULL, "0.75", 0, 1,
     .help = N_("Rain of a dry year by that of a mean one (not verified).")},
    {"wet", PARAM_REAL, offsetof(struct params, wet), NULL, "1.25", 1, 5,
     .help = N_("Rain of a wet year by that of a mean one (not verified).")},
    {.name = NULL}
};
// clang-format on

static enum terramis_status check(const void *params)
{
    const struct params *p = params;
    const struct climate_row *climate = p->climate.items;
    for (size_t i = 0; i < p->climate.count; i++)
        for (size_t m = 0; m < MONTHS_OF_YEAR; m++) {
            double low = climate[i].tmin.items[m];
            double high = climate[i].tmax.items[m];
            if (low > high)
                return status_set(TERRAMIS_PROJECT,
                                  _("climate (line %d): in month %zu tmin (%g) "
                                    "is above tmax (%g)"),
                                  climate[i].at.line, m + 1, low, high);
        }
    return TERRAMIS_OK;
}

static const char *input(const void *params, enum yield_input input)
{
    return ((const struct params *)params)->input[input];
}

/* The first that names the territory, else the first for any. */
static const struct climate_row *find_climate(const struct params *p,
                                              const char *territory)
{
    const struct climate_row *rows_ = p->climate.items, *any = NULL;
    for (size_t i = 0; i < p->climate.count; i++) {
        if (text_same(rows_[i].territory, territory))
            return &rows_[i];
        if (!rows_[i].territory && !any)
            any = &rows_[i];
    }
    return any;
}

static struct climate read_climate(const struct climate_row *row)
{
    struct climate climate;
    for (int m = 0; m < MONTHS; m++) {
        climate.tmin[m] = row->tmin.items[m];
        climate.tmax[m] = row->tmax.items[m];
        climate.radiation[m] = row->radiation.items[m];
        climate.rain[m] = row->rain.items[m];
        climate.pet[m] = row->pet.items[m];
    }
    return climate;
}

static enum terramis_status prepare(const void *params, const char *territory,
                                    void **prepared)
{
    const struct params *p = params;
    const struct climate_row *row = find_climate(p, territory);
    struct climate_day days[DAYS];
    struct curve *curve;
    if (!row)
        return status_set(TERRAMIS_PROJECT,
                          _("climate: none for territory %s. Add one with "
                            "territory: %s, or one without territory:"),
                          territory, territory);
    TRY(mem_new(&curve, 1, sizeof *curve));
    *prepared = curve;
    struct climate climate = read_climate(row);
    curve->is_local = p->input[YIELD_TEMPERATURE] || p->input[YIELD_RAIN];
    if (curve->is_local) {
        local_fill(&curve->local, &p->crop, &climate);
        return TERRAMIS_OK;
    }
    climate_days(&climate, days);
    for (int mm = 0; mm <= AWC_MAX; mm++) {
        struct growth low, mean, high;
        growth_run(&low, &p->crop, days, mm, p->dry);
        growth_run(&mean, &p->crop, days, mm, 1);
        growth_run(&high, &p->crop, days, mm, p->wet);
        curve->at[mm] =
            (struct yield_range){low.harvest, mean.harvest, high.harvest};
    }
    return TERRAMIS_OK;
}

static struct yield_range run_local(const struct params *p,
                                    const struct local_yields *local,
                                    const double *input)
{
    double awc = input[YIELD_AWC], warm = input[YIELD_TEMPERATURE];
    double rain = input[YIELD_RAIN];
    return (struct yield_range){local_yield(local, awc, warm, rain, p->dry),
                                local_yield(local, awc, warm, rain, 1),
                                local_yield(local, awc, warm, rain, p->wet)};
}

static struct yield_range run(const void *params, const void *prepared,
                              const struct yield_land *land)
{
    const struct curve *curve = prepared;
    double awc = land->input[YIELD_AWC];
    if (isnan(awc) || land->class == CLASS_NONE)
        return (struct yield_range){NAN, NAN, NAN};
    if (land->class > CLASS_S3) /* not suitable: not grown */
        return (struct yield_range){0, 0, 0};
    if (curve->is_local)
        return run_local(params, &curve->local, land->input);
    double mm = fmin(fmax(awc, 0), AWC_MAX);
    int at = mm < AWC_MAX ? (int)mm : AWC_MAX - 1;
    const struct yield_range *a = &curve->at[at], *b = a + 1;
    double share = mm - at;
    return (struct yield_range){a->low + share * (b->low - a->low),
                                a->mean + share * (b->mean - a->mean),
                                a->high + share * (b->high - a->high)};
}

const struct yield_op yield_miscanmod = {
    .op = {.name = "miscanmod",
           .summary =
               N_("Growth by light and heat, held back by water, from monthly "
                  "climate and the soil's available water."),
           .source = "MISCANMOD: Clifton-Brown et al. 2000, Ind. Crops Prod. "
                     "12:97-109; 2004, GCB 10:509-518; BioCro Rmiscanmod.R; "
                     "water scaled to the soil by Terramis",
           .params = rows,
           .params_size = sizeof(struct params),
           .check = check,
           .formula = "(1 - winter_loss) sum over days of rue par radiation "
                      "(1 - exp(-extinction L)) f / 100, L = leaf sum of "
                      "degree-days"},
    .example = "awc: x, climate: [{"
               "tmin: [3, 3, 5, 6, 9, 12, 14, 14, 12, 10, 6, 4], "
               "tmax: [7, 8, 11, 14, 17, 20, 22, 22, 20, 16, 11, 8], "
               "radiation: [3, 5, 10, 15, 18, 20, 20, 17, 12, 7, 4, 2.5], "
               "rain: [70, 60, 55, 50, 60, 55, 50, 55, 65, 80, 80, 85], "
               "pet: [12, 20, 45, 70, 95, 110, 115, 100, 65, 35, 17, 12]}]",
    .input = input,
    .prepare = prepare,
    .run = run};
