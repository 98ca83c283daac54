/**
 * @file inspect.h
 * @brief A layer looked at once more, for `terramis check`: which fields of
 * its profile are there, what geometry, and what is suspicious. Never an
 * error: what cannot be used was refused when the layer was read.
 */
#ifndef LAYER_INSPECT_H
#define LAYER_INSPECT_H

#include "layer/raster.h"
#include "layer/table.h"

/** Something that is probably wrong with a layer. */
struct suspicion {
    const char *code; /**< for programs: "page-limit", "mojibake", ... */
    char *text;       /**< what, where, what to do; translated */
};

struct inspection {
    struct text found;   /**< fields of the profile, with the share of nulls */
    struct text missing; /**< fields of the profile that are not there */
    struct text types;   /**< "POINT 3, POLYGON Z 4" */
    struct suspicion *suspicions;
    size_t count, capacity;
};

/** Adds a suspicion. */
enum terramis_status inspection_add(struct inspection *inspection,
                                    const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Looks at a vector layer. `key`: field that should tell features apart;
 * NULL: the profile's. The caller releases in either case. */
enum terramis_status inspect_vector(struct inspection *inspection,
                                    const struct config *config,
                                    const struct layer_config *layer,
                                    const char *key);

/** Looks at a sample of a raster's cells; values beyond low..high are
 * implausible (both 0: as the profile says). */
enum terramis_status inspect_raster(struct inspection *inspection,
                                    const struct raster *raster, double low,
                                    double high);

void inspection_release(struct inspection *inspection);

#endif
