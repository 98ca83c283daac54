#include <math.h>
#include <stddef.h>

#include "yield/yield.h"

struct params {
    double t[CLASS_COUNT]; /* S1 ... N2 */
};

// clang-format off
#define ROW(name_, class_, preset_, help_) \
    {name_, PARAM_REAL, \
     offsetof(struct params, t) + (class_ - CLASS_S1) * sizeof(double), \
     "t DM/ha/yr", preset_, .max = 100, .help = help_}

static const struct param rows[] = {
    ROW("S1", CLASS_S1, "15", N_("Yield at plateau on class S1.")),
    ROW("S2", CLASS_S2, "12", N_("Yield at plateau on class S2.")),
    ROW("S3", CLASS_S3, "8", N_("Yield at plateau on class S3.")),
    ROW("N1", CLASS_N1, "0", N_("Yield at plateau on class N1.")),
    ROW("N2", CLASS_N2, "0", N_("Yield at plateau on class N2.")),
    {.name = NULL}
};
// clang-format on

static struct yield_range run(const void *params, const void *prepared,
                              const struct yield_land *land)
{
    const struct params *p = params;
    bool known = land->class >= CLASS_S1 && land->class <= CLASS_N2;
    double t = known ? p->t[land->class - CLASS_S1] : (double)NAN;
    (void)prepared;
    return (struct yield_range){t, t, t};
}

const struct yield_op yield_class = {
    .op = {.name = "class",
           .summary = N_("A yield for each class of suitability."),
           .source = "Brittany 13-16 t/ha; British mean 12.8 +- 2.9 (Richter "
                     "2008); break-even 12 (Defra); by class: not verified",
           .params = rows,
           .params_size = sizeof(struct params)},
    .run = run};
