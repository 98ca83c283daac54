/**
 * @file profile.h
 * @brief What is known of a layer before it is opened: the fields of all its
 * generations, what they mean, its licence. Profiles are data: those of
 * layer/profiles.def, and those of a user's own file (`profiles: mine.yaml`),
 * whose keys are the same.
 */
#ifndef CONFIG_PROFILE_H
#define CONFIG_PROFILE_H

#include "param/param.h"

/** Width of the land along one class of infrastructure. */
struct corridor {
    const char *class;  /**< value of the class field; NULL: any other */
    const char *ranks;  /**< values "1|2" of the rank field; NULL: any */
    double carriageway; /**< metres, full width where the layer gives none */
    double verge;       /**< metres beside the carriageway, each side */
    double setback;     /**< metres of the verge kept free, each side */
    const char *source; /**< rule or practice, or "assumption" */
};

/** How a line layer becomes rights-of-way. Fields are "name|alias", with a "?"
 * before those that a layer may lack; NULL where not used. */
struct right_of_way {
    const char *class_field;  /**< chooses the corridor */
    const char *rank_field;   /**< and its width: importance */
    bool is_voltage;          /**< classes are kV, read from "63 kV", "63000" */
    const char *width_field;  /**< carriageway, metres */
    const char *lanes_field;  /**< number of lanes or tracks */
    double lane_width;        /**< metres per lane, where no width is given */
    const char *level_field;  /**< < 0 tunnel, > 0 bridge: no verge there */
    const char *bridge_field; /**< true: the same */
    const char *tunnel_field; /**< true: the same */
    const char *fiction_field; /**< true: drawn only to connect the network */
    const char *nulls;         /**< texts "NC|NR" that stand for no value */
    const struct corridor *corridors; /**< the first that fits counts */
    size_t corridor_count;
};

enum profile_kind {
    PROFILE_ANY, /**< vector layer of any geometry */
    PROFILE_POINTS,
    PROFILE_LINES,
    PROFILE_AREAS,
    PROFILE_RASTER
};

/** Names of the above in files, ended by NULL. */
extern const char *const profile_kinds[];

struct profile {
    struct operator op;  /**< name, summary, source of the schema */
    const char *licence; /**< of the data */
    int kind;            /**< enum profile_kind */
    const char *fields;  /**< "name|alias, ?name|alias": any case; "?": may be
                              missing; NULL: none is known for sure */
    const char *key;     /**< field "name|alias" that tells features apart */
    const char *skip_field;  /**< "name|alias": features ... */
    const char *skip_values; /**< ... with "one|other" are left out; "*":
                                  with any value at all */
    const char *label;       /**< field "?name|alias" with what maps write along
                                  lines: a river's name, a road's number; NULL:
                                  none */
    const char *nulls;       /**< texts "NC|NR" that stand for no value */
    const char *crs;         /**< of files that name none; NULL: not known */
    const char *unit;        /**< of a raster's values */
    double low, high;        /**< where they lie; both 0: anywhere */
    const char *note;        /**< what to know before use; NULL: nothing */
    const struct right_of_way *right_of_way; /**< NULL: not a line network */
};

/** The profile chosen by a layer, or NULL. */
const struct profile *profile_of(const struct operator_use *use);

/** Is `text` one of "one|other"? Ignores the case; NULL is none. */
bool profile_lists(const char *list, const char *text);

/** The rows of a user's file: a list `profiles` of them. */
extern const struct param profiles_rows[];

/** Adds the profiles of the file `path` to `registry`, in `arena`. A name that
 * is taken is a problem. TERRAMIS_PROJECT with all problems of that file. */
enum terramis_status profiles_read(const char *path, struct arena *arena,
                                   struct registry *registry);

#endif
