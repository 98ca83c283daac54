/**
 * @file check.h
 * @brief What must be right between the settings of a project, beyond what
 * each row says. Private to config/.
 */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config/config.h"

/** Adds to `problems` what is wrong in `config`, read from `root`, and fills
 * in defaults that depend on other settings (names, equal weights). */
enum terramis_status check_config(struct config *config,
                                  const struct setting *root,
                                  struct problems *problems);

/** Finds the groups of the factors and weighs them: the factors' weights sum
 * to 1, config->report says how they came about. */
enum terramis_status check_weights(struct config *config,
                                   const struct setting *root,
                                   struct problems *problems);

/** Finds the factors that uncertainty: names. */
void check_uncertainty(struct config *config, const struct setting *root,
                       struct problems *problems);

/** The limits under `classes:` of `owner` must fall from S1 to N1. */
void check_class_limits(const struct class_config *classes,
                        const struct setting *owner, struct problems *problems);

/** Gives the scenarios what they take over from the project. */
enum terramis_status check_scenarios(struct config *config,
                                     const struct setting *root,
                                     struct problems *problems);

/** Finds the factors of the penalties of the yield. */
void check_penalties(struct config *config, const struct setting *root,
                     struct problems *problems);

/** The same for the settings under fetch: and services:. */
void check_fetch(struct config *config, const struct setting *root,
                 struct problems *problems);

#endif
