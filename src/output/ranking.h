/**
 * @file ranking.h
 * @brief The parcels of a territory in the order that people read them.
 */
#ifndef OUTPUT_RANKING_H
#define OUTPUT_RANKING_H

#include "parcel/parcel.h"

/** Those with something plantable: by rank, then those too small for a rank,
 * as in the file. The caller frees *order in either case. */
enum terramis_status ranking_of(const struct parcels *parcels,
                                const struct parcel ***order, size_t *count);

#endif
