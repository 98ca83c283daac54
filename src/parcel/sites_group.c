#include "parcel/sites_group.h"

#include "geo/measure.h"

size_t sites_group_root(struct sites_group *group, size_t item)
{
    size_t *parent = group->parent;
    while (parent[item] != item) {
        parent[item] = parent[parent[item]]; /* halve the path */
        item = parent[item];
    }
    return item;
}

static void meet(size_t feature, void *data)
{
    struct sites_group *group = data;
    size_t position = group->parcels->position[feature];
    if (position == 0 || position - 1 <= group->current ||
        !group->takes(&group->parcels->items[position - 1], group->site))
        return;
    size_t a = sites_group_root(group, group->current);
    size_t b = sites_group_root(group, position - 1);
    if (a == b)
        return;
    const struct vector *vector = group->parcels->vector;
    size_t current = group->parcels->items[group->current].feature;
    if (measure_within(vector_paths(vector, current),
                       vector->features[current].extent,
                       vector_paths(vector, feature),
                       vector->features[feature].extent, group->within))
        group->parent[a > b ? a : b] = a < b ? a : b;
}

void sites_group_join(struct sites_group *group, size_t item)
{
    const struct vector *vector = group->parcels->vector;
    struct rect extent =
        vector->features[group->parcels->items[item].feature].extent;
    group->current = item;
    vector_query(vector, rect_grow(extent, group->within), meet, group);
}
