#include <stddef.h>

#include "config/config.h"
#include "config/rows.h"

/* The settings of yields, the crop's course, of planting and of scenarios.
 * Defaults of the course, on marginal land: in years 1 to 3 the means over five
 * European sites were 2, 9 and 18 t/ha (Clifton-Brown 2001), the 2 t of the
 * first are not harvested (beeco), and the plateau is reached in year 3 or 4,
 * in year 5 on the poorest land (beeco): all read. Not verified: 0.75 in year
 * 3, between those. A phase of decline is what fits 16 long trials best (Lesur
 * 2013, read); when it begins and how steep it is are not verified. Lives of 15
 * to 30 years are reported (Defra; france-miscanthus). */

// clang-format off

static const struct param penalty_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct penalty_config, at)},
    {"factor", PARAM_ID, offsetof(struct penalty_config, factor),
     .required = true, .help = N_("Factor whose mean membership counts.")},
    {"points", PARAM_POINTS, offsetof(struct penalty_config, points), .max = 1,
     .required = true,
     .help = N_("Points [membership, share of the yield that is left].")},
    END
};

static const struct param contaminant_rows[] = {
    {"metal", PARAM_CHOICE, offsetof(struct contaminant_config, metal),
     .required = true, .choices = metal_names,
     .help = N_("Element whose sampled content counts.")},
    {"points", PARAM_POINTS, offsetof(struct contaminant_config, points),
     .max = 1, .required = true,
     .help = N_("Points [content in mg/kg dry soil, share of the yield that is "
             "left].")},
    END
};

/* British trials: 12.8 +- 2.9 t/ha (Richter 2008), which is 23 %. */
const struct param yield_rows[] = {
    {"kind", PARAM_OPERATOR, offsetof(struct yields_config, model),
     .preset = "class", .registry = CONFIG_YIELDS,
     .help = N_("How the yield at the plateau is estimated.")},
    {"spread", PARAM_REAL, offsetof(struct yields_config, spread),
     .preset = "0.23", .max = 1,
     .help = N_("Least range around the mean, as a share of it.")},
    {"polluted", PARAM_REAL, offsetof(struct yields_config, polluted),
     .preset = "1", .max = 1,
     .help = N_("Share of the yield that is left on polluted soil, where no "
             "element under contaminants: was sampled.")},
    {"contaminants", PARAM_LIST, offsetof(struct yields_config, contaminants),
     .rows = contaminant_rows, .size = sizeof(struct contaminant_config),
     .help = N_("What sampled elements leave of the yield on polluted soil.")},
    {"penalties", PARAM_LIST, offsetof(struct yields_config, penalties),
     .rows = penalty_rows, .size = sizeof(struct penalty_config),
     .help = N_("What poor memberships, as of slope, leave of the yield.")},
    END
};

const struct param establishment_rows[] = {
    {"share", PARAM_REALS, offsetof(struct establishment_config, share),
     .preset = "[0, 0.5, 0.75]", .max = 1,
     .help = N_("Harvest of years 1, 2, ... as a share of the plateau's, which "
             "follows.")},
    {"plateau", PARAM_INT, offsetof(struct establishment_config, plateau),
     "years", "15", 1, 100, .help = N_("Last year at the plateau.")},
    {"decline", PARAM_REAL, offsetof(struct establishment_config, decline),
     .preset = "0.03", .max = 1,
     .help = N_("Share of the plateau lost in each year after it.")},
    {"lifespan", PARAM_INT, offsetof(struct establishment_config, lifespan),
     "years", "20", 1, 100,
     .help = N_("Last year of the crop; it is not planted again.")},
    END
};

static const char *const outlet_uses[] = {"material", "combustion", "any", NULL};

static const struct param outlet_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct outlet_config, at)},
    {"id", PARAM_ID, offsetof(struct outlet_config, id), .required = true,
     .help = N_("Short name of the outlet.")},
    {"demand", PARAM_REAL, offsetof(struct outlet_config, demand),
     "t DM/yr", .max = 1e9,
     .help = N_("Harvest wanted at the plateau, in each territory; no limit when "
             "not given.")},
    {"use", PARAM_CHOICE, offsetof(struct outlet_config, use),
     .preset = "material", .choices = outlet_uses,
     .help = N_("Use that the crop must be allowed for.")},
    END
};

#define RATE(struct_) \
    {"rate", PARAM_REAL, offsetof(struct struct_, rate), "ha/yr", .max = 1e6, \
     .help = N_("Hectares planted per year in each territory.")}

#define OUTLETS(struct_) \
    {"outlets", PARAM_LIST, offsetof(struct struct_, outlets), \
     .rows = outlet_rows, .size = sizeof(struct outlet_config), \
     .help = N_("Who takes the crop, the first choice first; without any, all of " \
             "it is taken.")}

const struct param planting_rows[] = {
    {"horizon", PARAM_INT, offsetof(struct planting_config, horizon), "years",
     "10", 1, 50, .help = N_("Years to look ahead.")},
    RATE(planting_config),
    OUTLETS(planting_config),
    END
};

#define CLASS(name_, field, help_) \
    {name_, PARAM_REAL, offsetof(struct class_config, field), .max = 100, \
     .help = help_}

static const struct param limit_rows[] = {
    CLASS("S1", s1, N_("Lowest score of class S1.")),
    CLASS("S2", s2, N_("Lowest score of class S2.")),
    CLASS("S3", s3, N_("Lowest score of class S3.")),
    CLASS("N1", n1, N_("Lowest score of class N1.")),
    END
};

const struct param scenario_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct scenario_config, at)},
    {"id", PARAM_ID, offsetof(struct scenario_config, id), .required = true,
     .help = N_("Short name, becomes fields such as score_<id>; 40 characters at "
             "most.")},
    {"title", PARAM_TEXT, offsetof(struct scenario_config, title),
     .help = N_("Name in tables and legends.")},
    {"weights", PARAM_TABLE, offsetof(struct scenario_config, weights),
     .max = 1,
     .help = N_("Shares of the whole weight for some factors; the others share "
             "the rest as in the project.")},
    {"classes", PARAM_GROUP, offsetof(struct scenario_config, classes),
     .rows = limit_rows,
     .help = N_("Other limits of classes.")},
    {"min_plantable", PARAM_REAL,
     offsetof(struct scenario_config, min_plantable), "ha", .max = 100000,
     .help = N_("Smaller plantable parts get no rank.")},
    RATE(scenario_config),
    OUTLETS(scenario_config),
    END
};
