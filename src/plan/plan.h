/**
 * @file plan.h
 * @brief A project with its layers read, its tables bound and its units
 * checked: everything that the tiles need and share, read-only.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "criterion/criterion.h"
#include "membership/membership.h"
#include "overlay/right_of_way.h"
#include "parcel/assess.h"
#include "parcel/overlap.h"
#include "score/combination.h"

/** A factor with its layer. */
struct factor {
    const struct factor_config *config;
    const struct criterion_op *criterion;
    const struct membership_op *membership;
    struct membership_bound bound;
    struct criterion_source source;
    double weight;             /**< scaled: the weights sum to 1 */
    enum nodata_policy nodata; /**< never NODATA_INHERIT */
};

/** A layer of marginal land: areas as they are, or a network's strips. */
struct marginal_layer {
    const struct layer_config *config;
    enum marginal_kind kind;
    struct vector vector; /**< areas, or the lines of a network */
    bool is_network;
    struct rights_of_way rights; /**< where is_network */
};

struct constraint {
    const char *id;
    struct vector vector; /**< setback included */
    struct vector named;  /**< the features as they are in the layer; value:
                               the name that maps write along them, as their
                               profile's `label` says; empty: no such field */
};

/** Value of a network's lines, after those of rights_of_way_fields(): what
 * maps write along them; NULL: nothing. */
enum {
    NETWORK_LABEL = RIGHTS_OF_WAY_FIELDS
};

struct territory {
    const struct territory_config *config;
    struct vector vector;
    struct paths paths; /**< union of its features */
    struct rect extent;
};

static inline struct path_range
territory_range(const struct territory *territory)
{
    return (struct path_range){&territory->paths, 0, territory->paths.count};
}

/** What `role` a layer has, for reports and the manifest. */
struct plan_layer {
    const char *role; /**< "territory", "factor", ... */
    const char *id;   /**< of territory, constraint, factor; NULL: none */
    const struct layer_config *config;
    const struct vector *vector;        /**< NULL: a raster */
    const struct raster *raster;        /**< NULL: a vector layer */
    const struct rights_of_way *rights; /**< NULL: no network */
};

/** Values of the parcels' features, which are NULL where no id is asked for; a
 * layer need not have the others. */
enum {
    PARCEL_ID,
    PARCEL_COMMUNE_NAME,
    PARCEL_COMMUNE_CODE, /**< INSEE */
    PARCEL_FIELDS
};

struct plan {
    const struct config *config;
    double resolution; /**< metres */
    int threads;       /**< for reading, >= 1 */
    struct crs crs;
    struct geos geos; /**< of the main thread */
    struct crs_area *measure;
    struct territory *territories;
    size_t territory_count;
    struct rect area; /**< of all territories */
    struct vector parcels;
    struct overlaps overlaps; /**< of the parcels */
    struct vector places; /**< values: name, importance; empty: none given */
    struct marginal_layer *marginal;
    size_t marginal_count;
    struct constraint *constraints; /**< the project's; kept-free strips of
                                         networks follow as one more */
    size_t constraint_count;
    struct overlay overlay;     /**< territory is set per analysis */
    const struct vector **sets; /**< memory behind the overlay's sets */
    struct evidence *evidence;  /**< of each marginal layer */
    struct cover_layer *covers;
    size_t cover_count;
    struct factor *factors;
    size_t factor_count;
    struct combination combination;
    struct plan_layer *layers;
    size_t layer_count, layer_room;
    bool synthetic; /**< some layer is marked as generated */
};

/** Name of the constraint that stands for carriageways and their setbacks. */
#define CONSTRAINT_KEPT_FREE "emprise"

/** Reads every layer in `threads` threads. `resolution`: 0 for the project's.
 * Every problem that the project file alone can have was found by
 * config_read(); this finds those of the layers, the first one is returned. The
 * caller releases in either case. */
enum terramis_status plan_open(struct plan *plan, const struct config *config,
                               double resolution, int threads);
/** Reads the names that maps write along water; the map's other names come
 * with plan_open(). */
enum terramis_status plan_read_names(struct plan *plan);
void plan_release(struct plan *plan);

/** Unit of a factor's values: as given, that of its criterion or preset; ""
 * where none is known. */
const char *factor_unit(const struct factor_config *config);

/** Weights in the factors' order, sum 1; caller frees. */
enum terramis_status plan_weights(const struct plan *plan, double **weights);

/** Weights by which a factor's lack counts when the limiting one is sought:
 * those of the score, or all the same where its rule knows none; caller
 * frees. */
enum terramis_status plan_limiting_weights(const struct plan *plan,
                                           double **weights);

/** The registries of all operators, as config_read() wants them; outputs are
 * given by the caller, who lies to the right of here. */
void plan_registries(struct registry registries[CONFIG_REGISTRY_COUNT],
                     const struct registry *outputs);

#endif
