#include <stddef.h>

#include "config/config.h"
#include "config/rows.h"

/* The settings of how factors become a score and a class, and of how sure both
 * are. */

// clang-format off

const struct param group_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct group_config, at)},
    {"id", PARAM_ID, offsetof(struct group_config, id), .required = true,
     .help = N_("Short name, as in the factors' group:.")},
    {"weight", PARAM_REAL, offsetof(struct group_config, weight),
     .max = 1000000,
     .help = N_("Weight among groups and ungrouped factors; else the sum of "
             "its factors.")},
    {"title", PARAM_TEXT, offsetof(struct group_config, title),
     .help = N_("Name in reports.")},
    END
};

static const struct param inside_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .registry = CONFIG_COMBINERS,
     .help = N_("How the factors of a group become one.")},
    END
};

/* The group starts at config.combine. */
const struct param combine_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .preset = "wlc",
     .registry = CONFIG_COMBINERS,
     .help = N_("How the factors become one score.")},
    {"inside", PARAM_GROUP,
     offsetof(struct config, combine_inside) - offsetof(struct config, combine),
     .rows = inside_rows,
     .help = N_("How the factors of a group combine, where not as the groups.")},
    END
};

const struct param weights_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .preset = "direct",
     .registry = CONFIG_WEIGHTINGS,
     .help = N_("Where the weights come from.")},
    END
};

#define CLASS(name_, field, preset_, help_) \
    {name_, PARAM_REAL, offsetof(struct class_config, field), \
     .preset = preset_, .max = 100, \
     .help = help_}

const struct param class_rows[] = {
    CLASS("S1", s1, "75", N_("Lowest score of class S1.")),
    CLASS("S2", s2, "50", N_("Lowest score of class S2.")),
    CLASS("S3", s3, "25", N_("Lowest score of class S3.")),
    CLASS("N1", n1, "12.5", N_("Lowest score of class N1.")),
    END
};

static const struct param uncertain_weights_rows[] = {
    {"concentration", PARAM_REAL,
     offsetof(struct uncertainty_config, concentration), .min = 1,
     .max = 1000000,
     .help = N_("Dirichlet weights around the given ones: the variance of a "
             "weight w is w (1 - w) / (concentration + 1).")},
    {"percent", PARAM_REAL, offsetof(struct uncertainty_config, percent), "%",
     .max = 100,
     .help = N_("Instead: each weight is this much lower or higher at most, "
             "then they are scaled to sum 1.")},
    END
};

static const struct param uncertain_factor_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct uncertainty_factor, at)},
    {"id", PARAM_ID, offsetof(struct uncertainty_factor, factor),
     .required = true, .help = N_("The factor.")},
    {"shift", PARAM_REAL, offsetof(struct uncertainty_factor, shift),
     .preset = "0", .max = 1000000,
     .help = N_("Standard deviation of where the membership's points lie, in "
             "the factor's unit: they all move together, everywhere.")},
    {"spread", PARAM_REAL, offsetof(struct uncertainty_factor, spread), "%",
     "0", 0, 100,
     .help = N_("Standard deviation of how far apart the membership's points "
             "lie.")},
    {"error", PARAM_REAL, offsetof(struct uncertainty_factor, error),
     .preset = "0", .max = 1000000,
     .help = N_("Standard deviation of the error of a parcel's value, in the "
             "factor's unit.")},
    {"membership_error", PARAM_REAL,
     offsetof(struct uncertainty_factor, membership), .preset = "0", .max = 1,
     .help = N_("Standard deviation of the error of a parcel's membership, "
             "0 to 1: for classes, which have no unit.")},
    {"membership_shift", PARAM_REAL,
     offsetof(struct uncertainty_factor, common), .preset = "0", .max = 1,
     .help = N_("Standard deviation of how far all memberships together are "
             "off, 0 to 1: for the values of a table.")},
    END
};

const struct param uncertainty_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct uncertainty_config, at)},
    {"draws", PARAM_INT, offsetof(struct uncertainty_config, draws),
     .preset = "1000", .min = 10, .max = 10000,
     .help = N_("How often to draw: 1000 give a probability to within 3 %.")},
    {"seed", PARAM_INT, offsetof(struct uncertainty_config, seed),
     .preset = "1", .max = 2000000000,
     .help = N_("Number that the draws begin with: the same seed, the same "
             "results.")},
    /* the group starts at the section itself */
    {"weights", PARAM_GROUP, 0, .rows = uncertain_weights_rows,
     .help = N_("How well the weights are known; without it they are certain.")},
    {"factors", PARAM_LIST, offsetof(struct uncertainty_config, factors),
     .rows = uncertain_factor_rows, .size = sizeof(struct uncertainty_factor),
     .help = N_("How well factors are known; those not named are certain.")},
    END
};
