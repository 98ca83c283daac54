/**
 * @file area_set.h
 * @brief Layers that count as one: only the union of their areas matters.
 */
#ifndef OVERLAY_AREA_SET_H
#define OVERLAY_AREA_SET_H

#include "layer/vector.h"

struct area_set {
    const struct vector **vectors; /**< not owned */
    size_t count;
};

/** Union of a set's areas inside `rect`; NULL in *result where there are
 * none. The caller destroys it. */
enum terramis_status area_set_union(const struct area_set *set,
                                    struct geos *geos, struct rect rect,
                                    GEOSGeometry **result);

#endif
