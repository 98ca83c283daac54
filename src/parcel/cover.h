/**
 * @file cover.h
 * @brief Today's crops on a parcel, and the nitrogen that miscanthus in their
 * place would keep from a catchment's water.
 */
#ifndef PARCEL_COVER_H
#define PARCEL_COVER_H

#include "config/config.h"
#include "layer/vector.h"

enum cover_kind {
    COVER_ARABLE,
    COVER_GREEN,   /**< grass, wood, moor, fallow */
    COVER_LASTING, /**< orchards, vines, miscanthus */
    COVER_UNKNOWN
};

/** A layer of today's crops. */
struct cover_layer {
    const struct cover_config *config;
    struct vector vector; /**< values: group, crop */
};

/** Fields to ask vector_read() for; both optional, one is needed. */
enum terramis_status cover_fields(const struct cover_config *config,
                                  struct arena *arena, const char *fields[2]);

/** By the group's code (RPG: code_group), else by the crop's. */
enum cover_kind cover_kind_of(const char *group, const char *crop);

/** Warns about codes that covers.def does not know, with their counts;
 * TERRAMIS_PROJECT where no feature has a code. */
enum terramis_status cover_check(const struct config *config,
                                 const struct cover_layer *layer);

/** Nitrogen kept from the water, kg N/ha/year: low, mean, high. `arable`:
 * share of the land that is arable today; NAN gives NAN. */
void cover_nitrate(const struct nitrate_config *config, double arable,
                   double nitrate[3]);

#endif
