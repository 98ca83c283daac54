/* Growing degree days of a season, from a raster with a band per month: 12
 * bands of mean temperature, or 12 of minimum and 12 of maximum. */
#include "criterion/gdd.h"

#include <math.h>
#include <stddef.h>

#include "criterion/criterion.h"

enum {
    MONTHS = 12
};

struct gdd {
    double base;
    int first, last;
};

static const struct param gdd_params[] = {
    {"base", PARAM_REAL, offsetof(struct gdd, base), "\u00b0C", "10", -20, 40,
     .help = N_("Temperature below which nothing grows.")},
    {"first", PARAM_INT, offsetof(struct gdd, first), .preset = "4", .min = 1,
     .max = 12, .help = N_("First month of the season.")},
    {"last", PARAM_INT, offsetof(struct gdd, last), .preset = "10", .min = 1,
     .max = 12, .help = N_("Last month of the season.")},
    {.name = NULL}};

static enum terramis_status gdd_check(const void *params)
{
    const struct gdd *gdd = params;
    if (gdd->first <= gdd->last)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("first (%d) is after last (%d). A season lies within "
                        "one year"),
                      gdd->first, gdd->last);
}

double gdd_of_day(double minimum, double maximum, double base)
{
    double mean = (minimum + maximum) / 2;
    if (maximum < base)
        return 0;
    if (mean < base)
        return (maximum - base) / 4;
    if (minimum < base)
        return (maximum - base) / 2 - (base - minimum) / 4;
    return mean - base;
}

static bool gdd_bands(int bands)
{
    return bands == MONTHS || bands == 2 * MONTHS;
}

/* Bands lie one after the other, `cells` values each. */
static void gdd_run(const float *in, int bands, size_t cells,
                    const void *params, float *out)
{
    static const int days[MONTHS] = {31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};
    const struct gdd *gdd = params;
    const float *maximum = bands == MONTHS ? in : in + MONTHS * cells;
    for (size_t i = 0; i < cells; i++) {
        double sum = 0;
        for (int m = gdd->first - 1; m < gdd->last; m++) {
            double low = (double)in[(size_t)m * cells + i];
            double high = (double)maximum[(size_t)m * cells + i];
            bool hole = isnan(low) || isnan(high);
            sum +=
                hole ? (double)NAN : days[m] * gdd_of_day(low, high, gdd->base);
        }
        out[i] = (float)sum;
    }
}

static const struct raster_kernel gdd_kernel = {
    .bands = gdd_bands,
    .bands_help = N_("12 bands (mean temperature by month) "
                     "or 24 (minimum, then maximum)"),
    .run_bands = gdd_run};

const struct criterion_op criterion_gdd = {
    .op = {.name = "gdd",
           .summary = N_("Growing degree days of a season, from monthly "
                         "temperatures: a raster of 12 bands (mean) or 24 "
                         "(minimum, then maximum)."),
           .source = "MISCANMOD, Clifton-Brown et al. 2000; BioCro",
           .params = gdd_params,
           .params_size = sizeof(struct gdd),
           .check = gdd_check},
    .unit = "\u00b0C d",
    .inputs = INPUT_RASTER,
    .resampling = RASTER_BILINEAR,
    .kernel = &gdd_kernel};
