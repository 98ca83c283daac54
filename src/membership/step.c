/* One value below a threshold, another from it on. */
#include <stddef.h>

#include "membership/curve.h"

struct step {
    double at, below, above;
};

static const struct param step_params[] = {
    {.name = "at",
     .type = PARAM_REAL,
     .offset = offsetof(struct step, at),
     .required = true,
     .help = N_("The threshold; it belongs to above:")},
    {.name = "below",
     .type = PARAM_REAL,
     .offset = offsetof(struct step, below),
     .preset = "0",
     .max = 1,
     .help = N_("Membership below the threshold")},
    {.name = "above",
     .type = PARAM_REAL,
     .offset = offsetof(struct step, above),
     .preset = "1",
     .max = 1,
     .help = N_("Membership from the threshold on")},
    {.name = NULL}};

static void step_run(const struct membership_bound *bound, const float *in,
                     size_t n, float *out)
{
    const struct step *step = bound->params;
    float at = curve_float(step->at);
    for (size_t i = 0; i < n; i++) {
        double y = in[i] < at ? step->below : step->above;
        out[i] = in[i] == in[i] ? (float)y : in[i];
    }
}

const struct membership_op membership_step = {
    .op = {.name = "step",
           .summary = N_("One value below a threshold, another from it on."),
           .formula = "x < at: below; else above",
           .source = "Zadeh 1965, a crisp set; FAO 1976, simple limitation",
           .params = step_params,
           .params_size = sizeof(struct step)},
    .example = "at: 30",
    .range = {0, 60},
    .run = step_run};
