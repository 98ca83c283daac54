/**
 * @file belongs.h
 * @brief Which parcels lie in a territory.
 */
#ifndef PARCEL_BELONGS_H
#define PARCEL_BELONGS_H

#include "geo/box_tree.h"
#include "geo/paths.h"

/** A territory's border, indexed; shared by threads. */
struct border {
    struct path_range territory;
    struct rect extent;
    struct rect *edges;  /**< boxes of the edges */
    const double **ends; /**< first point of each edge */
    size_t count;
    struct box_tree *tree;
};

enum terramis_status border_open(struct border *border,
                                 struct path_range territory);
void border_close(struct border *border);

/** One thread's GEOS for the parcels on the border. */
struct border_tools {
    struct geos geos;
    GEOSGeometry *territory; /**< made when first needed */
    const GEOSPreparedGeometry *prepared;
};

enum terramis_status border_tools_open(struct border_tools *tools);
void border_tools_close(struct border_tools *tools);

/** Does the parcel share more than slivers with the territory? */
enum terramis_status border_belongs(const struct border *border,
                                    struct border_tools *tools,
                                    struct path_range parcel,
                                    struct rect extent, bool *yes);

#endif
