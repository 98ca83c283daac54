/**
 * @file presets.h
 * @brief Factors with proposed settings, by name.
 */
#ifndef CONFIG_PRESETS_H
#define CONFIG_PRESETS_H

#include "param/param.h"

/** A line of presets.def. */
struct preset {
    struct operator op;   /**< name, summary, source; no settings of its own */
    const char *unit;     /**< that the layer must have; "" none */
    const char *settings; /**< in the project file's notation */
    const char *limitation; /**< letter of the FAO subclass */
    const char *title[2];   /**< French, English */
    const char *verified;   /**< what of it was read in the source */
};

extern const struct registry preset_registry;

/** Adds to each factor of `root` that has `preset: NAME` the settings that it
 * does not give itself; their place is that of NAME. */
enum terramis_status presets_expand(struct setting *root, struct arena *arena);

#endif
