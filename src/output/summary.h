/**
 * @file summary.h
 * @brief A territory in a few rows: kind of marginal land x class of parcels.
 *
 * Parcels count by their class. A parcel with land of several kinds counts
 * under each kind with the land of that kind, and once under SUMMARY_ANY. The
 * rows of all classes also hold parcels without a class (nothing plantable, or
 * no data), so that marginal = excluded + plantable there.
 */
#ifndef OUTPUT_SUMMARY_H
#define OUTPUT_SUMMARY_H

#include "plan/analysis.h"

enum {
    SUMMARY_ANY = KIND_COUNT,  /**< marginal by any kind */
    SUMMARY_ALL = CLASS_COUNT, /**< all classes; 0 is S1 */
    SUMMARY_ROWS = (KIND_COUNT + 1) * (CLASS_COUNT + 1)
};

struct summary_row {
    int kind;       /**< enum marginal_kind or SUMMARY_ANY */
    int class;      /**< 0 S1 ... 4 N2, or SUMMARY_ALL */
    size_t parcels; /**< with something plantable */
    int64_t marginal, excluded, plantable; /**< ZONAL_UNIT m2 */
    double tonnage;                        /**< t dry matter per year */
    /** kg N per year kept from the water, low, mean and high, on plantable land
     * of catchments whose crops are known; NAN: none is, or of another kind. */
    double nitrate[3];
};

/** All rows of a territory, class by class for each kind. */
void summary_of(const struct parcels *parcels,
                struct summary_row rows[SUMMARY_ROWS]);

#endif
