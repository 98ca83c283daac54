/**
 * @file explain.h
 * @brief A parcel of a finished run, and what it takes to reach a better class.
 * Private to run/.
 */
#ifndef RUN_EXPLAIN_H
#define RUN_EXPLAIN_H

#include "layer/vector.h"
#include "parcel/raise.h"
#include "plan/plan.h"

/** Fields read from parcels.gpkg, before those of uncertainty and factors. */
enum explain_field {
    EXPLAIN_ID,
    EXPLAIN_TERRITORY,
    EXPLAIN_AREA,
    EXPLAIN_DOUBLE,
    EXPLAIN_POLLUTED,
    EXPLAIN_CATCHMENT,
    EXPLAIN_RIGHT_OF_WAY,
    EXPLAIN_MARGINAL,
    EXPLAIN_SOURCES,
    EXPLAIN_EXCLUDED,
    EXPLAIN_EXCLUDED_BY,
    EXPLAIN_PLANTABLE,
    EXPLAIN_SCORE,
    EXPLAIN_SCORE_MIN,
    EXPLAIN_CLASS,
    EXPLAIN_SUBCLASS,
    EXPLAIN_LIMITING,
    EXPLAIN_NODATA,
    EXPLAIN_YIELD,
    EXPLAIN_YIELD_LOW,
    EXPLAIN_YIELD_HIGH,
    EXPLAIN_TONNAGE,
    EXPLAIN_USE,
    EXPLAIN_BASIS,
    EXPLAIN_ARABLE,
    EXPLAIN_NITRATE,
    EXPLAIN_NITRATE_LOW,
    EXPLAIN_NITRATE_HIGH,
    EXPLAIN_WARNINGS,
    EXPLAIN_RANK,
    EXPLAIN_FIXED, /**< number of those above */
    EXPLAIN_MEAN = EXPLAIN_FIXED,
    EXPLAIN_SD,
    EXPLAIN_GOOD,
    EXPLAIN_RANK_LOW,
    EXPLAIN_RANK_HIGH,
    EXPLAIN_FIELDS
};

/** Names of the fields, EXPLAIN_FIELDS of them. */
extern const char *const explain_names[];

/** A factor of the parcel; NAN: none. */
struct explained_factor {
    const struct factor_config *config;
    const char *unit; /**< "" where its values have none */
    double value, membership, contribution;
    const char *nearest; /**< what the value is the distance to; NULL */
};

struct explained {
    const struct config *config;
    const char *texts[EXPLAIN_FIELDS]; /**< NULL: empty, or not asked for */
    double numbers[EXPLAIN_FIELDS];    /**< NAN: the same */
    struct explained_factor *factors;
    size_t count;
};

/** The class to be reached: CLASS_S1 ...; CLASS_NONE where there is none better
 * or the parcel has no class. */
enum suitability_class explain_next(const struct explained *e);

/** Fills `raises`, one per factor. */
enum terramis_status explain_raises(const struct explained *e,
                                    struct raise *raises);

enum terramis_status explain_text(const struct explained *e, FILE *stream);
enum terramis_status explain_json(const struct explained *e, FILE *stream);

#endif
