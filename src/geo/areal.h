/**
 * @file areal.h
 * @brief Areas on the ellipsoid inside one tile: the areal scale of the
 * projection, bilinear between the tile's corners. Over 3 km this is within
 * 1e-7 of the scale itself.
 */
#ifndef GEO_AREAL_H
#define GEO_AREAL_H

#include "geo/crs.h"
#include "geo/rect.h"

struct areal_scale {
    struct rect rect;
    double sw, se, nw, ne; /**< true m2 per planar m2 at the corners */
};

static inline struct areal_scale areal_scale_of(struct crs_area *area,
                                                struct rect r)
{
    return (struct areal_scale){.rect = r,
                                .sw = crs_area_scale(area, r.xmin, r.ymin),
                                .se = crs_area_scale(area, r.xmax, r.ymin),
                                .nw = crs_area_scale(area, r.xmin, r.ymax),
                                .ne = crs_area_scale(area, r.xmax, r.ymax)};
}

/** True m2 per planar m2 at the middle of `part`, inside the tile. */
static inline double areal_scale_at(const struct areal_scale *scale,
                                    struct rect part)
{
    struct rect r = scale->rect;
    double u = ((part.xmin + part.xmax) / 2 - r.xmin) / (r.xmax - r.xmin);
    double v = ((part.ymin + part.ymax) / 2 - r.ymin) / (r.ymax - r.ymin);
    return (1 - v) * ((1 - u) * scale->sw + u * scale->se) +
           v * ((1 - u) * scale->nw + u * scale->ne);
}

#endif
