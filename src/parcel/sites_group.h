/**
 * @file sites_group.h
 * @brief Which parcels lie together: union-find over the pairs that the
 * layer's index finds.
 */
#ifndef PARCEL_SITES_GROUP_H
#define PARCEL_SITES_GROUP_H

#include "parcel/parcel.h"

/** Groups of parcels. `parent` has a place per item, of which only those of
 * the items in question are touched: threads may share it for items of
 * different sites. */
struct sites_group {
    const struct parcels *parcels;
    size_t *parent;
    double within; /**< metres that neighbours are apart at most */
    /** May this neighbour be in a group? */
    bool (*takes)(const struct parcel *parcel, int site);
    int site; /**< given to takes() */
    size_t current;
};

/** The first item of an item's group. */
size_t sites_group_root(struct sites_group *group, size_t item);

/** Joins an item, which takes() accepts, with its neighbours that come after
 * it. @pre parent[i] == i at first for every item in question. */
void sites_group_join(struct sites_group *group, size_t item);

#endif
