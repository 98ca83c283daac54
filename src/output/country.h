/**
 * @file country.h
 * @brief The outline of the country around a place, for the map that says where
 * it lies. France is the only one: a few kilobytes are built in.
 */
#ifndef OUTPUT_COUNTRY_H
#define OUTPUT_COUNTRY_H

#include "geo/crs.h"
#include "geo/grid.h"
#include "overlay/outline.h"

/** Fills the empty `outline` with that, in `crs`, of the country in which the
 * middle of `area` lies; leaves it empty where that is none we know. */
enum terramis_status country_add(struct outline *outline, const struct crs *crs,
                                 struct rect area);

#endif
