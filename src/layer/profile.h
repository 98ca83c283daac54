/**
 * @file profile.h
 * @brief Known layers: their licence, and what their attributes mean.
 */
#ifndef LAYER_PROFILE_H
#define LAYER_PROFILE_H

#include "param/param.h"

/** Width of the land along one class of infrastructure. */
struct corridor {
    const char *class;  /**< value of the class field; NULL: any other */
    double carriageway; /**< metres, full width where the layer gives none */
    double verge;       /**< metres beside the carriageway, each side */
    double setback;     /**< metres of the verge kept free, each side */
    const char *source; /**< rule or practice, or "assumption" */
};

/** How a line layer becomes rights-of-way. Fields are "name|alias", with a "?"
 * before those that a layer may lack; NULL where not used. */
struct right_of_way {
    const char *class_field;   /**< chooses the corridor */
    bool class_is_number;      /**< compare leading numbers ("63 kV") */
    const char *width_field;   /**< carriageway, metres */
    const char *lanes_field;   /**< number of lanes or tracks */
    double lane_width;         /**< metres per lane, where no width is given */
    const char *level_field;   /**< < 0 tunnel, > 0 bridge: no verge there */
    const char *fiction_field; /**< true: drawn only to connect the network */
    const struct corridor *corridors; /**< ended by carriageway < 0 */
};

struct profile {
    struct operator op; /**< name and summary; no settings */
    const char *licence;
    const struct right_of_way *right_of_way; /**< NULL: not a line network */
};

extern const struct registry profile_registry;

/** The profile chosen by a layer, or NULL. */
const struct profile *profile_of(const struct operator_use *use);

#endif
