#include <stddef.h>

#include "config/config.h"
#include "config/rows.h"

/* The settings under fetch:. */

// clang-format off

static const struct param fetch_rows[] = {
    {"", PARAM_PLACE, .offset = offsetof(struct fetch_config, at)},
    {"service", PARAM_OPERATOR, offsetof(struct fetch_config, service),
     .registry = CONFIG_SERVICES, .required = true,
     .help = N_("Service to ask; the other keys say what for.")},
    {"to", PARAM_TEXT, offsetof(struct fetch_config, to), .required = true,
     .help = N_("File to write, .gpkg or .tif, such as vectors/eau.gpkg.")},
    {"layer", PARAM_TEXT, offsetof(struct fetch_config, layer),
     .help = N_("Layer in the GeoPackage; the file's name when not given.")},
    {"licence", PARAM_TEXT, offsetof(struct fetch_config, licence),
     .help = N_("Licence of the data; the service's when not given.")},
    {"date", PARAM_TEXT, offsetof(struct fetch_config, date),
     .help = N_("Vintage of the data; the day of the download when not given.")},
    END
};

const struct param fetching_rows[] = {
    {"siren", PARAM_TEXTS, offsetof(struct fetching_config, siren),
     .help = N_("Territories to download for: SIREN of each EPCI.")},
    {"communes", PARAM_TEXTS, offsetof(struct fetching_config, communes),
     .help = N_("Communes to download for: INSEE code of each.")},
    {"bbox", PARAM_REALS, offsetof(struct fetching_config, bbox), .count = 4,
     .help = N_("Rectangle to download for, in the project's coordinates: "
             "xmin, ymin, xmax, ymax.")},
    {"margin", PARAM_REAL, offsetof(struct fetching_config, margin), "m",
     "1000", 0, 100000, .help = N_("Distance around the territories that is "
                                "downloaded too.")},
    {"cache", PARAM_TEXT, offsetof(struct fetching_config, cache),
     .preset = ".terramis-cache",
     .help = N_("Folder that keeps what was downloaded.")},
    {"hosts", PARAM_TEXTS, offsetof(struct fetching_config, hosts),
     .help = N_("Other hosts to which a service may redirect.")},
    {"max_size", PARAM_REAL, offsetof(struct fetching_config, max_size), "MB",
     "2000", 0.001, 1000000, .help = N_("Largest answer, unpacked.")},
    {"timeout", PARAM_REAL, offsetof(struct fetching_config, timeout), "s",
     "60", 1, 3600, .help = N_("How long to wait for the next byte.")},
    {"retries", PARAM_INT, offsetof(struct fetching_config, retries),
     .preset = "5", .max = 20,
     .help = N_("How often to ask again after an error of the service.")},
    {"wait", PARAM_REAL, offsetof(struct fetching_config, wait), "s", "1",
     0.01, 60, .help = N_("Wait before asking again; doubled every time.")},
    {"rate", PARAM_REAL, offsetof(struct fetching_config, rate), "1/s", "4",
     0.1, 1000, .help = N_("Most requests in a second.")},
    {"layers", PARAM_LIST, offsetof(struct fetching_config, layers),
     .rows = fetch_rows, .size = sizeof(struct fetch_config),
     .help = N_("What to download.")},
    END
};
