/**
 * @file evidence.h
 * @brief What a layer of marginal land says about the parcels that it touches:
 * state and contents of the soil, protection perimeters, networks.
 */
#ifndef PARCEL_EVIDENCE_H
#define PARCEL_EVIDENCE_H

#include "config/config.h"
#include "layer/vector.h"
#include "overlay/land.h"
#include "parcel/warnings.h"

enum evidence_role {
    EVIDENCE_PLAIN,     /**< of its kind, nothing more is known */
    EVIDENCE_STATE,     /**< a site known to be polluted */
    EVIDENCE_HISTORY,   /**< past activity, no proof */
    EVIDENCE_PERIMETER, /**< protection perimeters of an abstraction */
    EVIDENCE_NETWORK
};

enum perimeter {
    PERIMETER_NONE,
    PERIMETER_IMMEDIATE,
    PERIMETER_CLOSE,
    PERIMETER_FAR
};

struct evidence {
    const struct layer_config *layer;
    const struct vector *vector; /**< areas; networks: their corridors */
    enum marginal_kind kind;
    enum evidence_role role;
    enum warning warning;   /**< where role is not EVIDENCE_PLAIN */
    int value[METAL_COUNT]; /**< position in the features' values; -1 */
    bool sampled;           /**< has any of them */
};

enum {
    EVIDENCE_FIELDS_MAX = METAL_COUNT + 1
};

/** The profiles of evidence.def, ended by NULL. */
extern const char *const evidence_profiles[];

/** Fields to ask vector_read() for. */
void evidence_fields(const struct layer_config *layer, enum marginal_kind kind,
                     const char *fields[EVIDENCE_FIELDS_MAX], size_t *count);

/** What the layer says; `vector` was read with evidence_fields(), or is a
 * network's corridors. */
struct evidence evidence_of(const struct layer_config *layer,
                            enum marginal_kind kind,
                            const struct vector *vector);

/** Content of the soil at a feature, mg/kg; NAN: not sampled, or no number.
 * "<0,4" (below what can be measured) is 0.4. */
double evidence_content(const struct evidence *evidence, size_t feature,
                        enum metal metal);

/** What every feature of the layer says alike, as a number to compare with
 * that of other layers of the kind; -1: each feature says its own. */
int evidence_saying(const struct evidence *evidence);

/** Warns about contents that are no numbers, with their count. */
void evidence_check(const struct evidence *evidence);

/** Perimeter by TYPEASS of the CNIG standard or by the codes of the ARS. */
enum perimeter evidence_perimeter(const struct evidence *evidence,
                                  size_t feature);

#endif
