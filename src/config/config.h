/**
 * @file config.h
 * @brief The project file as plain structs. See design: terramis.yaml.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "config/pollution.h"
#include "config/presets.h"
#include "weights/weights.h"

/** The registries that a project file names operators of. */
enum config_registry {
    CONFIG_CRITERIA,
    CONFIG_MEMBERSHIPS,
    CONFIG_COMBINERS,
    CONFIG_PROFILES, /**< known layers: bdtopo-route, aac, ... */
    CONFIG_OUTPUTS,
    CONFIG_WEIGHTINGS,
    CONFIG_PRESETS, /**< factors with proposed settings: awc, slope, ... */
    CONFIG_YIELDS,
    CONFIG_SERVICES, /**< what `terramis fetch` asks: wfs, georisques, ... */
    CONFIG_REGISTRY_COUNT
};

/** Where data comes from; the settings of every layer, raster or vector. */
struct layer_config {
    struct place at;
    struct path source;          /**< file */
    const char *layer;           /**< layer in the file; NULL: its only one */
    const char *where;           /**< OGR SQL condition; NULL: all features */
    struct operator_use profile; /**< known layer; op NULL: none */
    double buffer;               /**< metres: points and lines become areas */
    const char *crs;             /**< only where the file has none */
    const char *encoding;        /**< only where the file's is wrong */
    double nodata;       /**< raster value for no data; NAN: the file's */
    const char *title;   /**< for legends and sources; NULL: the file name */
    const char *licence; /**< NULL: the profile's, else not known */
    const char *date;    /**< vintage (millesime); NULL: not known */
    const char *metals[METAL_COUNT]; /**< polluted soils: fields with contents,
                                          mg/kg dry soil; NULL: not given */
};

struct territory_config {
    struct layer_config layer;
    const char *id;
    const char *name;
};

struct parcels_config {
    struct layer_config layer;
    const char *id;       /**< field with the parcel's identifier */
    double min_plantable; /**< hectares; smaller plantable parts get no rank */
    double min_width;     /**< metres; narrower strips get a warning;
                                NAN: none do */
};

/** Names on the maps, such as those of communes. */
struct places_config {
    struct layer_config layer; /**< source.text NULL: none given */
    const char *name;          /**< field with the name */
    const char *importance;    /**< field with a number, such as the population:
                                    the larger, the sooner a name is drawn;
                                    NULL: by area */
};

struct marginal_config {
    struct list polluted_soil; /**< of layer_config */
    struct list catchment;     /**< of layer_config */
    struct list right_of_way;  /**< of layer_config */
};

struct constraint_config {
    struct layer_config layer;
    const char *id;
    double setback; /**< metres around the layer that are excluded too */
};

enum nodata_policy {
    NODATA_FAIL,        /**< a factor without data is an error */
    NODATA_EXCLUDE,     /**< the cell gets no score */
    NODATA_RENORMALISE, /**< the other factors' weights are scaled up */
    NODATA_INHERIT      /**< factors only: as the project says */
};

/** Memberships at or below which land is in that class at best, whatever its
 * score; NAN: none. */
struct caps_config {
    double s2, s3, n1, n2;
};

struct factor_config {
    struct layer_config layer;
    const char *id;
    const char *title;          /**< for legends; NULL: the id */
    const char *unit;           /**< of its values; NULL: not given */
    struct operator_use preset; /**< struct preset; op NULL: none */
    struct operator_use criterion;
    struct operator_use membership; /**< required */
    double weight;                  /**< >= 0, scaled to sum 1 */
    int nodata;                     /**< enum nodata_policy */
    const char *group;              /**< NULL: none */
    size_t group_index;             /**< in config.groups; WEIGHTS_NO_GROUP */
    int limitation;                 /**< in limitation_names; 0: none */
    struct caps_config caps;
};

/** Factors that combine with one another first: climate, soil, access. */
struct group_config {
    struct place at;
    const char *id;
    const char *title; /**< for reports; NULL: the id */
    double weight;     /**< given; NAN: the sum of its factors */
};

/** Letters of FAO subclasses, such as the w of S2w, ended by NULL; the first
 * is "none". */
extern const char *const limitation_names[];

/** A layer of the crops of today. */
struct cover_config {
    struct layer_config layer;
    const char *crop;  /**< field with the crop's code */
    const char *group; /**< field with the code of the crop's group */
};

/** Lower score limits (0..100) of classes S1, S2, S3, N1; below: N2. */
struct class_config {
    double s1, s2, s3, n1;
};

/** What a factor's poor membership leaves of the yield. */
struct penalty_config {
    struct place at;
    const char *factor;
    size_t position;      /**< of the factor */
    struct points points; /**< [mean membership, share of the yield left] */
};

/** What an element in the soil leaves of the yield. */
struct contaminant_config {
    int metal;            /**< enum metal */
    struct points points; /**< [content, mg/kg dry, share of the yield left] */
};

/** How well a factor is known. */
struct uncertainty_factor {
    struct place at;
    const char *factor; /**< its id */
    size_t index;       /**< in config.factors; SIZE_MAX: unknown, a problem */
    double shift;       /**< sd of a common shift of the membership's points, in
                             the factor's unit */
    double spread;      /**< sd of their common spread, % */
    double error;       /**< sd of the parcel's value, in the factor's unit */
    double membership;  /**< sd of the parcel's membership */
    double common;      /**< sd of a shift that all memberships share */
};

/** Monte Carlo over weights, membership points and inputs. */
struct uncertainty_config {
    struct place at;
    bool on; /**< does the project ask for it? */
    int draws, seed;
    double concentration; /**< of Dirichlet weights; NAN: not given */
    double percent;       /**< +- of uniform weights; NAN: not given */
    struct list factors;  /**< of uncertainty_factor */
};

/** What the crop gives at its plateau. */
struct yields_config {
    struct operator_use model;
    double spread;   /**< least range around the mean, as a share of it */
    double polluted; /**< share of the yield left on polluted soil whose
                          contents are not known */
    struct list contaminants; /**< of contaminant_config */
    struct list penalties;    /**< of penalty_config */
};

/** The course of the crop, from the year it is planted (1). */
struct establishment_config {
    struct reals share; /**< harvest in years 1, 2, ... as a share of the
                             plateau's; the plateau (1) follows */
    int plateau;        /**< last year at the plateau */
    double decline;     /**< share of the plateau lost in each year after */
    int lifespan;       /**< years */
};

/** A buyer of the crop. */
struct outlet_config {
    struct place at;
    const char *id;
    double demand; /**< t dry matter per year at the plateau; NAN: no limit */
    int use;       /**< use the crop must be allowed for: enum crop_use less
                        USE_MATERIAL */
};

/** What is planted when, in each territory. */
struct planting_config {
    int horizon;         /**< years */
    double rate;         /**< hectares per year; NAN: no limit */
    struct list outlets; /**< of outlet_config; none: no limit */
};

/** The project with other weights, limits, outlets and planting. */
struct scenario_config {
    struct place at;
    const char *id;
    const char *title;           /**< NULL: the id */
    struct table weights;        /**< factor -> share of the whole weight */
    double *factor_weights;      /**< of all factors, sum 1; NULL: as project */
    struct class_config classes; /**< what is not given is the project's */
    double min_plantable;        /**< the same */
    double rate;                 /**< the same */
    struct list outlets;         /**< none: the project's */
};

/** The id that the project itself has among its scenarios. */
#define SCENARIO_BASE "base"

/** What to download, and where to. */
struct fetch_config {
    struct place at;
    struct operator_use service; /**< required; its settings say what */
    const char *to; /**< file, relative to the project file: .gpkg, .tif */
    struct place to_at;
    const char *layer;   /**< in the GeoPackage; NULL: the file's name */
    const char *licence; /**< NULL: the service's, else not known */
    const char *date;    /**< vintage; NULL: the day of the download */
};

/** The downloads and the land they are for. */
struct fetching_config {
    struct texts siren;    /**< territories: EPCI by SIREN */
    struct texts communes; /**< communes by INSEE code */
    struct reals bbox;     /**< xmin, ymin, xmax, ymax in the project's CRS */
    double margin;         /**< metres around the territories */
    const char *cache;     /**< folder, relative to the project file */
    struct texts hosts;    /**< others that an answer may redirect to */
    double max_size;       /**< megabytes of an answer, unpacked */
    double timeout;        /**< seconds without a byte */
    int retries;           /**< after the first try */
    double wait;           /**< seconds before the second try; then doubled */
    double rate;           /**< requests per second at most */
    struct list layers;    /**< of fetch_config */
};

/** Positions in services_config. */
enum config_service {
#define SERVICE(id, name, address, licence, source) SERVICE_##id,
#include "config/services.def"
    SERVICE_COUNT
};

/** Addresses of the services that have one. */
struct services_config {
    const char *address[SERVICE_COUNT];
};

enum config_language {
    LANGUAGE_FR,
    LANGUAGE_EN
};

struct config {
    const char *path; /**< of the project file, as given */
    const char *dir;  /**< its folder */
    int version;
    const char *title;
    const char *organisation;
    const char *licence; /**< of the results */
    int language;        /**< enum config_language */
    const char *crs;
    struct place crs_at;
    double resolution;       /**< metres */
    struct path profiles;    /**< the user's own; text NULL: none */
    struct list territories; /**< of territory_config, at least one */
    struct parcels_config parcels;
    struct places_config places;
    struct marginal_config marginal;
    struct pollution_config pollution;
    struct list cover; /**< of cover_config */
    struct nitrate_config nitrate;
    struct list constraints; /**< of constraint_config */
    struct list factors;     /**< of factor_config, at least one */
    struct list groups;      /**< of group_config; those of the factors where
                                  the file lists none */
    struct operator_use combine;        /**< of groups and what has none */
    struct operator_use combine_inside; /**< in groups; op NULL: as combine */
    struct operator_use weights;
    struct weights_report report; /**< how the weights came about */
    int nodata;                   /**< enum nodata_policy */
    bool capped;                  /**< has any factor caps? */
    struct class_config classes;
    struct yields_config yields;
    struct establishment_config establishment;
    struct planting_config planting;
    struct list scenarios; /**< of scenario_config */
    struct uncertainty_config uncertainty;
    struct texts outputs; /**< names of outputs, checked */
    unsigned papers;      /**< of the maps: bits of paper_names */
    struct fetching_config fetch;
    struct services_config services;
    struct arena arena; /**< owns all of the above */
};

/** Sheets that maps are drawn on, ended by NULL. */
extern const char *const paper_names[];

/** The rows of the project file (for schema and documentation). */
extern const struct param config_rows[];

/** Reads and checks the project file `path`. On TERRAMIS_PROJECT the message
 * lists every problem, one per line, as file:line:column. `registries` has
 * CONFIG_REGISTRY_COUNT entries. The caller releases in either case. */
enum terramis_status config_read(const char *path,
                                 const struct registry *registries,
                                 struct config *config);

/** The same for a project whose files are still to be downloaded: a layer's
 * file that is not there is no problem. */
enum terramis_status config_read_unfetched(const char *path,
                                           const struct registry *registries,
                                           struct config *config);

/** Calls `each` for every layer of the project, also where it has no source
 * because none is given or needed; ends at the first failure. */
enum terramis_status config_each_layer(
    struct config *config,
    enum terramis_status (*each)(struct config *config,
                                 struct layer_config *layer, void *data),
    void *data);

/** TERRAMIS_PROJECT with the operator's place and name put before its message;
 * any other `status` as it is. */
enum terramis_status config_at_operator(const struct config *config,
                                        const struct operator_use *use,
                                        enum terramis_status status);

void config_release(struct config *config);

#endif
