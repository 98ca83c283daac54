#include "config/rows.h"

#include <stddef.h>

#include "config/config.h"

/* The project file's settings. One line per setting: its help is what schema,
 * man page and messages say. */

static const char *const languages[] = {"fr", "en", NULL};
const char *const paper_names[] = {"A3", "A4", NULL};
static const char *const policies[] = {"fail", "exclude", "renormalise",
                                       "inherit", NULL};
/* A project has nobody to inherit from. */
static const char *const project_policies[] = {"fail", "exclude", "renormalise",
                                               NULL};

// clang-format off

#define LAYER_FIELD(start, field) ((start) + offsetof(struct layer_config, field))

/* The settings of a layer_config that begins `start` bytes into a struct. */
#define LAYER_ROWS(start) \
    LAYER_DATA_ROWS(start), \
    {"title", PARAM_TEXT, LAYER_FIELD(start, title), \
     .help = N_("Name in legends and lists of sources.")}

/* The same without its title. */
#define LAYER_DATA_ROWS(start) \
    {"", PARAM_PLACE, .offset = LAYER_FIELD(start, at)}, \
    {"source", PARAM_PATH, LAYER_FIELD(start, source), .required = true, \
     .help = N_("File of the layer, relative to the project file.")}, \
    LAYER_MORE_ROWS(start)

/* The same where it may be left out. */
#define LAYER_MORE_ROWS(start) \
    {"layer", PARAM_TEXT, LAYER_FIELD(start, layer), \
     .help = N_("Layer in the file, where it has several.")}, \
    {"where", PARAM_TEXT, LAYER_FIELD(start, where), \
     .help = N_("Features to use, as an OGR SQL condition.")}, \
    {"profile", PARAM_OPERATOR, LAYER_FIELD(start, profile), \
     .registry = CONFIG_PROFILES, \
     .help = N_("Known layer whose fields have a meaning.")}, \
    {"buffer", PARAM_REAL, LAYER_FIELD(start, buffer), "m", "0", \
     0, 100000, .help = N_("Distance around points, lines and areas.")}, \
    {"crs", PARAM_TEXT, LAYER_FIELD(start, crs), \
     .help = N_("Coordinate system (EPSG:n or WKT) of a file that has none.")}, \
    {"encoding", PARAM_TEXT, LAYER_FIELD(start, encoding), \
     .help = N_("Encoding of texts, such as ISO-8859-1, if the file's is wrong.")}, \
    {"nodata_value", PARAM_REAL, LAYER_FIELD(start, nodata), \
     .help = N_("Raster value that means no data, if the file's is wrong.")}, \
    {"licence", PARAM_TEXT, LAYER_FIELD(start, licence), \
     .help = N_("Licence of the data.")}, \
    {"date", PARAM_TEXT, LAYER_FIELD(start, date), \
     .help = N_("Vintage of the data.")}

static const struct param layer_rows[] = {
    LAYER_ROWS(0),
    END
};

static const struct param polluted_rows[] = {
    LAYER_ROWS(0),
    {"metals", PARAM_GROUP, offsetof(struct layer_config, metals),
     .rows = metal_rows,
     .help = N_("Fields with sampled contents of the soil, by element.")},
    END
};

static const struct param cover_rows[] = {
    {"crop", PARAM_TEXT, offsetof(struct cover_config, crop),
     .preset = "code_cultu",
     .help = N_("Field with the code of the crop (RPG).")},
    {"group", PARAM_TEXT, offsetof(struct cover_config, group),
     .preset = "code_group",
     .help = N_("Field with the code of the crop's group (RPG).")},
    LAYER_ROWS(offsetof(struct cover_config, layer)),
    END
};

static const struct param territory_rows[] = {
    {"id", PARAM_ID, offsetof(struct territory_config, id), .required = true,
     .help = N_("Short name, becomes the folder of its results.")},
    {"name", PARAM_TEXT, offsetof(struct territory_config, name),
     .help = N_("Name on maps.")},
    LAYER_ROWS(offsetof(struct territory_config, layer)),
    END
};

static const struct param parcels_rows[] = {
    {"id", PARAM_TEXT, offsetof(struct parcels_config, id), .required = true,
     .help = N_("Field with the parcel's identifier.")},
    {"min_plantable", PARAM_REAL,
     offsetof(struct parcels_config, min_plantable), "ha", "0", 0, 100000,
     .help = N_("Smaller plantable parts get no rank.")},
    {"min_width", PARAM_REAL, offsetof(struct parcels_config, min_width), "m",
     .max = 1000,
     .help = N_("Narrower plantable strips along infrastructure get a "
             "warning; none do when not given.")},
    LAYER_ROWS(offsetof(struct parcels_config, layer)),
    END
};

static const struct param places_rows[] = {
    {"name", PARAM_TEXT, offsetof(struct places_config, name),
     .preset = "nom", .help = N_("Field with the name.")},
    {"importance", PARAM_TEXT, offsetof(struct places_config, importance),
     .help = N_("Field with a number, such as the population: where names "
             "would meet, the larger stays. Without it, the larger area.")},
    LAYER_ROWS(offsetof(struct places_config, layer)),
    END
};

static const struct param marginal_rows[] = {
    {"polluted_soil", PARAM_LIST,
     offsetof(struct marginal_config, polluted_soil), .rows = polluted_rows,
     .size = sizeof(struct layer_config),
     .help = N_("Layers of polluted soils.")},
    {"catchment", PARAM_LIST, offsetof(struct marginal_config, catchment),
     .rows = layer_rows, .size = sizeof(struct layer_config),
     .help = N_("Layers of drinking-water catchments.")},
    {"right_of_way", PARAM_LIST,
     offsetof(struct marginal_config, right_of_way), .rows = layer_rows,
     .size = sizeof(struct layer_config),
     .help = N_("Layers of infrastructure with rights-of-way along it.")},
    END
};

static const struct param constraint_rows[] = {
    {"id", PARAM_ID, offsetof(struct constraint_config, id), .required = true,
     .help = N_("Short name of the constraint.")},
    {"setback", PARAM_REAL, offsetof(struct constraint_config, setback), "m",
     "0", 0, 100000, .help = N_("Distance around the layer excluded too.")},
    LAYER_ROWS(offsetof(struct constraint_config, layer)),
    END
};

static const struct param membership_rows[] = {
    {"kind", PARAM_OPERATOR, 0, .registry = CONFIG_MEMBERSHIPS,
     .required = true, .help = N_("Membership function.")},
    END
};

const char *const limitation_names[] = {"none", "c", "t", "w", "s", "f", "n",
                                        "m", "e", "r", "a", "p", NULL};

#define CAP(name_, field, help_) \
    {name_, PARAM_REAL, offsetof(struct caps_config, field), .max = 1, \
     .help = help_}

static const struct param cap_rows[] = {
    CAP("S2", s2, N_("Membership at or below which the class is S2 at best.")),
    CAP("S3", s3, N_("Membership at or below which the class is S3 at best.")),
    CAP("N1", n1, N_("Membership at or below which the class is N1 at best.")),
    CAP("N2", n2, N_("Membership at or below which the class is N2.")),
    END
};

#define FACTOR_LAYER(field) \
    LAYER_FIELD(offsetof(struct factor_config, layer), field)

static const struct param factor_rows[] = {
    {"id", PARAM_ID, offsetof(struct factor_config, id), .required = true,
     .help = N_("Short name, becomes the field m_<id>; 40 characters at most.")},
    {"preset", PARAM_OPERATOR, offsetof(struct factor_config, preset),
     .registry = CONFIG_PRESETS,
     .help = N_("Proposed settings; those that stand here win.")},
    {"criterion", PARAM_OPERATOR, offsetof(struct factor_config, criterion),
     .registry = CONFIG_CRITERIA, .required = true, .unless = "preset",
     .help = N_("What is measured.")},
    {"membership", PARAM_GROUP, offsetof(struct factor_config, membership),
     .required = true, .unless = "preset", .rows = membership_rows,
     .help = N_("How the measure becomes a suitability of 0 to 1.")},
    {"unit", PARAM_TEXT, offsetof(struct factor_config, unit),
     .help = N_("Unit of the values, where neither criterion nor preset has "
             "one.")},
    {"weight", PARAM_REAL, offsetof(struct factor_config, weight),
     .max = 1000000,
     .help = N_("Weight among the factors; scaled to sum 1. Without any, all "
             "weigh the same.")},
    {"group", PARAM_ID, offsetof(struct factor_config, group),
     .help = N_("Group whose factors combine first, such as soil.")},
    {"limitation", PARAM_CHOICE, offsetof(struct factor_config, limitation),
     .preset = "none", .choices = limitation_names,
     .help = N_("Letter of the FAO subclass where this factor limits: c "
             "climate, t topography, w wetness, s physical soil, f fertility, "
             "n salinity, m moisture, e erosion, r rooting, a access, p "
             "pollution.")},
    {"caps", PARAM_GROUP, offsetof(struct factor_config, caps),
     .rows = cap_rows,
     .help = N_("Severe limitations: no better class, whatever the score.")},
    {"nodata", PARAM_CHOICE, offsetof(struct factor_config, nodata),
     .preset = "inherit", .choices = policies,
     .help = N_("What to do where the factor has no data.")},
    {"title", PARAM_TEXT, offsetof(struct factor_config, title),
     .help = N_("Name in legends.")},
    {"", PARAM_PLACE, .offset = FACTOR_LAYER(at)},
    {"source", PARAM_PATH, FACTOR_LAYER(source),
     .help = N_("File of the layer, relative to the project file; criteria "
             "neighbourhood and sites have none.")},
    LAYER_MORE_ROWS(offsetof(struct factor_config, layer)),
    END
};

#define SERVICE(id, name_, address_, licence_, source_) \
    {name_, PARAM_TEXT, \
     offsetof(struct services_config, address) + \
         SERVICE_##id * sizeof(const char *), \
     .preset = address_, .help = N_("Address of the service.")},
static const struct param services_rows[] = {
#include "config/services.def"
    END
};

const struct param config_rows[] = {
    {"version", PARAM_INT, offsetof(struct config, version), .min = 1,
     .max = 1, .required = true, .help = N_("Version of this notation: 1.")},
    {"title", PARAM_TEXT, offsetof(struct config, title),
     .preset = "Terramis", .help = N_("Title of maps and reports.")},
    {"organisation", PARAM_TEXT, offsetof(struct config, organisation),
     .help = N_("Who publishes the results.")},
    {"licence", PARAM_TEXT, offsetof(struct config, licence),
     .help = N_("Licence of the results.")},
    {"language", PARAM_CHOICE, offsetof(struct config, language),
     .preset = "fr", .choices = languages,
     .help = N_("Language of labels in outputs.")},
    {"crs", PARAM_TEXT, offsetof(struct config, crs), .required = true,
     .help = N_("Projected coordinate system of the analysis, EPSG:n or WKT.")},
    {"resolution", PARAM_REAL, offsetof(struct config, resolution), "m",
     .min = 0.1, .max = 10000, .required = true,
     .help = N_("Cell size of the analysis grid.")},
    {"profiles", PARAM_PATH, offsetof(struct config, profiles),
     .help = N_("File with profiles of your own; its keys: `terramis list "
             "layers`.")},
    {"territories", PARAM_LIST, offsetof(struct config, territories),
     .required = true, .rows = territory_rows,
     .size = sizeof(struct territory_config), .help = N_("Study areas.")},
    {"parcels", PARAM_GROUP, offsetof(struct config, parcels),
     .required = true, .rows = parcels_rows,
     .help = N_("The parcels to score and rank.")},
    {"places", PARAM_GROUP, offsetof(struct config, places),
     .rows = places_rows,
     .help = N_("Names on maps, such as communes; without it, codes of "
             "communes.")},
    {"marginal", PARAM_GROUP, offsetof(struct config, marginal),
     .required = true, .rows = marginal_rows,
     .help = N_("What makes land marginal, by kind.")},
    {"pollution", PARAM_GROUP, offsetof(struct config, pollution),
     .rows = pollution_rows,
     .help = N_("Allowed use of the crop by the content of the soil.")},
    {"cover", PARAM_LIST, offsetof(struct config, cover), .rows = cover_rows,
     .size = sizeof(struct cover_config),
     .help = N_("Layers of today's crops (RPG): what a catchment gains.")},
    {"nitrate", PARAM_GROUP, offsetof(struct config, nitrate),
     .rows = nitrate_rows,
     .help = N_("Nitrogen leached, for what a catchment gains.")},
    {"constraints", PARAM_LIST, offsetof(struct config, constraints),
     .rows = constraint_rows, .size = sizeof(struct constraint_config),
     .help = N_("Where nothing may be planted.")},
    {"factors", PARAM_LIST, offsetof(struct config, factors),
     .required = true, .rows = factor_rows,
     .size = sizeof(struct factor_config),
     .help = N_("What makes land more or less suitable.")},
    {"groups", PARAM_LIST, offsetof(struct config, groups),
     .rows = group_rows, .size = sizeof(struct group_config),
     .help = N_("Groups of factors; needed only for weights and titles.")},
    {"combine", PARAM_GROUP, offsetof(struct config, combine),
     .rows = combine_rows, .help = N_("How the factors become one score.")},
    {"weights", PARAM_GROUP, offsetof(struct config, weights),
     .rows = weights_rows, .help = N_("Where the weights come from.")},
    {"nodata", PARAM_CHOICE, offsetof(struct config, nodata),
     .preset = "fail", .choices = project_policies,
     .help = N_("What to do where a factor has no data.")},
    {"classes", PARAM_GROUP, offsetof(struct config, classes),
     .rows = class_rows, .help = N_("Lowest score of each class.")},
    {"yield", PARAM_GROUP, offsetof(struct config, yields),
     .rows = yield_rows, .help = N_("Yield of miscanthus at its plateau.")},
    {"establishment", PARAM_GROUP, offsetof(struct config, establishment),
     .rows = establishment_rows,
     .help = N_("Course of the crop from planting to its end.")},
    {"planting", PARAM_GROUP, offsetof(struct config, planting),
     .rows = planting_rows,
     .help = N_("What is planted when, in each territory.")},
    {"scenarios", PARAM_LIST, offsetof(struct config, scenarios),
     .rows = scenario_rows, .size = sizeof(struct scenario_config),
     .help = N_("The project with other weights, limits, outlets or planting.")},
    {"uncertainty", PARAM_GROUP, offsetof(struct config, uncertainty),
     .rows = uncertainty_rows,
     .help = N_("What is not known for certain; with it, parcels get the "
             "probability of their class and the range of their rank.")},
    {"outputs", PARAM_NAMES, offsetof(struct config, outputs),
     .registry = CONFIG_OUTPUTS,
     .help = N_("Outputs to write; all that exist when not given.")},
    {"paper", PARAM_CHOICES, offsetof(struct config, papers),
     .preset = "[A3]", .choices = paper_names,
     .help = N_("Sheets of the maps; those on A4 are files of their own.")},
    {"fetch", PARAM_GROUP, offsetof(struct config, fetch),
     .rows = fetching_rows,
     .help = N_("What `terramis fetch` downloads.")},
    {"services", PARAM_GROUP, offsetof(struct config, services),
     .rows = services_rows,
     .help = N_("Addresses of the services, if other than the public ones.")},
    END
};
