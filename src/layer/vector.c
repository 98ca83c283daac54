#include "layer/vector.h"

#include <stdlib.h>

#include "base/mem.h"

enum terramis_status vector_append(struct vector *vector, int64_t fid,
                                   struct path_range geometry)
{
    size_t first = vector->paths.count;
    if (first + geometry.count > UINT32_MAX)
        return status_set(TERRAMIS_INPUT, _("more than 2^32 features"));
    TRY(mem_grow(&vector->features, &vector->room, vector->count,
                 sizeof *vector->features));
    TRY(paths_append(&vector->paths, geometry));
    vector->features[vector->count++] =
        (struct feature){.fid = fid,
                         .first = (uint32_t)first,
                         .count = (uint32_t)geometry.count,
                         .extent = paths_bounds(geometry)};
    return TERRAMIS_OK;
}

/* The room that growing left is worth the copy only while it is much. */
static void trim(struct vector *vector)
{
    paths_trim(&vector->paths);
    if (vector->count == 0 || vector->count == vector->room)
        return;
    struct feature *less =
        realloc(vector->features, vector->count * sizeof *vector->features);
    if (less) {
        vector->features = less;
        vector->room = vector->count;
    }
}

enum terramis_status vector_index(struct vector *vector)
{
    box_tree_free(vector->index);
    vector->index = NULL;
    trim(vector);
    vector->extent = rect_empty();
    for (size_t i = 0; i < vector->count; i++)
        vector->extent = rect_union(vector->extent, vector->features[i].extent);
    return box_tree_new(&vector->index,
                        vector->count ? &vector->features->extent : NULL,
                        sizeof *vector->features, vector->count);
}

void vector_release(struct vector *vector)
{
    box_tree_free(vector->index);
    free(vector->features);
    paths_release(&vector->paths);
    free(vector->layer);
    free(vector->crs);
    free(vector->operation);
    arena_release(&vector->arena);
    *vector = (struct vector){0};
}

void vector_query(const struct vector *vector, struct rect rect,
                  void (*found)(size_t index, void *data), void *data)
{
    if (vector->count > 0 && rect_meets(vector->extent, rect))
        box_tree_query(vector->index, rect, found, data);
}
