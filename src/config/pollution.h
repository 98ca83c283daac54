/**
 * @file pollution.h
 * @brief What the crop of a polluted soil may be used for, by thresholds; and
 * what a catchment gains. No threshold here is a rule of law.
 */
#ifndef CONFIG_POLLUTION_H
#define CONFIG_POLLUTION_H

#include <stdbool.h>

#include "param/param.h"

/** Trace elements, in the order of metals.def. */
enum metal {
#define METAL(symbol) METAL_##symbol,
#include "config/metals.def"
#undef METAL
    METAL_COUNT
};

extern const char *const metal_names[METAL_COUNT + 1];

/** A line of thresholds.def; mg/kg of dry soil. */
struct thresholds {
    struct operator op;        /**< name, summary, source; no settings */
    bool verified;             /**< read in that source? */
    double limit[METAL_COUNT]; /**< NAN: the source gives none; INFINITY: no
                                    limit */
};

extern const struct thresholds thresholds[];
extern const char *const threshold_names[]; /**< ended by NULL */
extern const struct registry threshold_registry;

/** The limit of thresholds[preset]; where its source gives no number, that of
 * ordinary soils (the first line, which has them all). */
double threshold_limit(int preset, enum metal metal);

/** Presets (positions in thresholds) up to which a use is allowed. */
struct pollution_config {
    int bedding;    /**< bedding, mulch, contact with food and feed */
    int combustion; /**< with control of the ash */
    int material;   /**< building materials, composites */
};

/** Nitrogen that leaches under the crops of today and under miscanthus. */
struct nitrate_config {
    struct reals arable;     /**< kg N/ha/year leached: low, mean, high */
    struct reals miscanthus; /**< the same */
};

/** Rows of both, and of the fields with concentrations (an array of
 * METAL_COUNT const char *). */
extern const struct param pollution_rows[], nitrate_rows[], metal_rows[];

/** Bad where a stricter use has the looser threshold, or a range is not in
 * order. */
void check_pollution(const struct pollution_config *pollution,
                     const struct nitrate_config *nitrate,
                     const struct setting *root, struct problems *problems);

#endif
