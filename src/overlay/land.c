#include "overlay/land.h"

const char *const marginal_kind_names[KIND_COUNT + 1] = {
    "polluted_soil", "catchment", "right_of_way", "any"};

/* One layer on its way into the mosaic. */
struct adding {
    struct mosaic *mosaic;
    const struct vector *vector;
    int label;
    int (*label_of)(size_t feature, const void *data);
    const void *data;
    enum terramis_status status;
};

static void add_feature(size_t index, void *data)
{
    struct adding *a = data;
    int label = a->label_of ? a->label_of(index, a->data) : a->label;
    if (a->status != TERRAMIS_OK || label < 0)
        return;
    struct rings rings = paths_rings(vector_paths(a->vector, index));
    a->status = mosaic_add(a->mosaic, &rings, label);
}

enum terramis_status
land_add_vector(struct mosaic *mosaic, const struct vector *vector,
                const struct grid *tile, int label,
                int (*label_of)(size_t feature, const void *data),
                const void *data)
{
    struct adding adding = {mosaic, vector, label, label_of, data, TERRAMIS_OK};
    vector_query(vector, grid_rect(tile), add_feature, &adding);
    return adding.status;
}

static enum terramis_status add_set(struct mosaic *mosaic,
                                    const struct area_set *set,
                                    const struct grid *tile, int label)
{
    for (size_t i = 0; i < set->count; i++)
        TRY(land_add_vector(mosaic, set->vectors[i], tile, label, NULL, NULL));
    return TERRAMIS_OK;
}

enum terramis_status land_begin(struct mosaic *mosaic,
                                const struct overlay *overlay,
                                const struct grid *tile)
{
    struct rings territory = paths_rings(overlay->territory);
    mosaic_begin(mosaic, tile);
    TRY(mosaic_add(mosaic, &territory, LAND_TERRITORY));
    for (int k = 0; k < KIND_COUNT; k++)
        TRY(add_set(mosaic, &overlay->kinds[k], tile, LAND_KINDS + k));
    for (size_t i = 0; i < overlay->constraint_count; i++)
        TRY(add_set(mosaic, &overlay->constraints[i], tile,
                    LAND_CONSTRAINTS + (int)i));
    return TERRAMIS_OK;
}
