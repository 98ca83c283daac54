/**
 * @file sites_draw.h
 * @brief The last step of sites_build(): geometries.
 */
#ifndef PARCEL_SITES_DRAW_H
#define PARCEL_SITES_DRAW_H

#include "parcel/parcel.h"

/** Sets geometry and extent of every site from the parcels that name it.
 * @param scratch a place per parcel, whose contents are lost */
enum terramis_status sites_draw(struct sites *sites,
                                const struct parcels *parcels, size_t *scratch,
                                int threads);

#endif
