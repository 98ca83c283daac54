#include "overlay/land.h"

const char *const marginal_kind_names[KIND_COUNT + 1] = {
    "polluted_soil", "catchment", "right_of_way", "any"};

/* One layer on its way into the mosaic. */
struct adding {
    const struct land_tools *tools;
    const struct vector *vector;
    int label;
    int (*label_of)(size_t feature, const void *data);
    const void *data;
    enum terramis_status status;
};

static enum terramis_status add_geometry(const struct land_tools *tools,
                                         const GEOSGeometry *geometry,
                                         int label)
{
    outline_clear(tools->outline);
    TRY(outline_add(tools->outline, tools->geos, geometry));
    struct rings rings = outline_rings(tools->outline);
    return mosaic_add(tools->mosaic, &rings, label);
}

static void add_feature(size_t index, void *data)
{
    struct adding *a = data;
    int label = a->label_of ? a->label_of(index, a->data) : a->label;
    if (a->status == TERRAMIS_OK && label >= 0)
        a->status =
            add_geometry(a->tools, a->vector->features[index].geometry, label);
}

enum terramis_status
land_add_vector(const struct land_tools *tools, const struct vector *vector,
                const struct grid *tile, int label,
                int (*label_of)(size_t feature, const void *data),
                const void *data)
{
    struct adding adding = {tools, vector, label, label_of, data, TERRAMIS_OK};
    vector_query(vector, tools->geos, grid_rect(tile), add_feature, &adding);
    return adding.status;
}

static enum terramis_status add_set(const struct land_tools *tools,
                                    const struct area_set *set,
                                    const struct grid *tile, int label)
{
    for (size_t i = 0; i < set->count; i++)
        TRY(land_add_vector(tools, set->vectors[i], tile, label, NULL, NULL));
    return TERRAMIS_OK;
}

enum terramis_status land_begin(const struct land_tools *tools,
                                const struct overlay *overlay,
                                const struct grid *tile)
{
    mosaic_begin(tools->mosaic, tile);
    TRY(add_geometry(tools, overlay->territory, LAND_TERRITORY));
    for (int k = 0; k < KIND_COUNT; k++)
        TRY(add_set(tools, &overlay->kinds[k], tile, LAND_KINDS + k));
    for (size_t i = 0; i < overlay->constraint_count; i++)
        TRY(add_set(tools, &overlay->constraints[i], tile,
                    LAND_CONSTRAINTS + (int)i));
    return TERRAMIS_OK;
}
