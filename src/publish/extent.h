/**
 * @file extent.h
 * @brief Where the territories of a run lie.
 */
#ifndef PUBLISH_EXTENT_H
#define PUBLISH_EXTENT_H

#include "publish/publication.h"

/** Reads the extent of a territory's results: of its class raster, or of its
 * parcels where there is none. */
enum terramis_status extent_read(const struct publication *p,
                                 struct published_territory *territory);

/** Makes p->bbox that of all territories. */
void extent_join(struct publication *p);

#endif
