/* Distance from the cell's centre to the nearest feature, in metres; 0 inside
 * polygons. */
#include <stdlib.h>

#include "criterion/criterion.h"
#include "overlay/inside.h"

static enum terramis_status distance_prepare(struct criterion_source *source)
{
    struct segment_list list = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < source->vector.count && status == TERRAMIS_OK; i++)
        status = segment_list_add(&list, vector_paths(&source->vector, i));
    if (status == TERRAMIS_OK)
        status = segments_new(&source->segments,
                              list.ends ? list.ends[0] : NULL, list.count);
    free(list.ends);
    return status;
}

/* Rings of the polygons that meet the tile. */
struct gathering {
    const struct vector *vector;
    struct criterion_tools *tools;
    enum terramis_status status;
};

static void gather(size_t index, void *data)
{
    struct gathering *g = data;
    if (g->status == TERRAMIS_OK)
        g->status = outline_add_paths(&g->tools->outline,
                                      vector_paths(g->vector, index));
}

static enum terramis_status distance_fill(const struct criterion_source *source,
                                          struct criterion_tools *tools,
                                          const struct grid *tile, float *out)
{
    struct gathering g = {&source->vector, tools, TERRAMIS_OK};
    TRY(distance_run(tools->distance, source->segments, tile, tools->wanted,
                     out));
    outline_clear(&tools->outline);
    vector_query(&source->vector, grid_rect(tile), gather, &g);
    TRY(g.status);
    if (tools->outline.count == 0)
        return TERRAMIS_OK;
    struct rings rings = outline_rings(&tools->outline);
    inside_mark(&rings, tile, INSIDE_NON_ZERO, tools->mark);
    for (size_t i = 0; i < grid_cells(tile); i++)
        if (tools->mark[i])
            out[i] = 0;
    return TERRAMIS_OK;
}

const struct criterion_op criterion_distance = {
    .op = {.name = "distance",
           .summary =
               N_("Distance to the nearest feature, to its true geometry."),
           .source = "exact Euclidean distance, branch and bound"},
    .unit = "m",
    .inputs = INPUT_VECTOR,
    .everywhere = true,
    .prepare = distance_prepare,
    .run = distance_fill};
