#include "demo/project.h"

#include <stddef.h>

static const char *const project[] = {
#include "demo/terramis.yaml.inc"
    NULL};

static const char *const rasters[] = {
#include "demo/rasters/README.md.inc"
    NULL};

static const char *const vectors[] = {
#include "demo/vectors/README.md.inc"
    NULL};

const struct project_text project_texts[] = {{"rasters/README.md", rasters},
                                             {"vectors/README.md", vectors},
                                             {"terramis.yaml", project},
                                             {NULL, NULL}};
