/**
 * @file rows.h
 * @brief Tables of settings that the project file's own table names. Private to
 * config/.
 */
#ifndef CONFIG_ROWS_H
#define CONFIG_ROWS_H

#include "param/param.h"

/** Ends a table of settings. */
#define END                                                                    \
    {                                                                          \
        .name = NULL                                                           \
    }

extern const struct param group_rows[];         /**< group_config */
extern const struct param combine_rows[];       /**< config.combine */
extern const struct param weights_rows[];       /**< config.weights */
extern const struct param class_rows[];         /**< class_config */
extern const struct param uncertainty_rows[];   /**< uncertainty_config */
extern const struct param yield_rows[];         /**< yields_config */
extern const struct param establishment_rows[]; /**< establishment_config */
extern const struct param planting_rows[];      /**< planting_config */
extern const struct param scenario_rows[];      /**< scenario_config */
extern const struct param fetching_rows[];      /**< fetching_config */

#endif
