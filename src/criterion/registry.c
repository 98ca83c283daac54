#include <stdlib.h>

#include "criterion/criterion.h"

#define CRITERION(name) extern const struct criterion_op criterion_##name;
#include "criterion/criteria.def"
#undef CRITERION

static const struct operator* const operators[] = {
#define CRITERION(name) &criterion_##name.op,
#include "criterion/criteria.def"
#undef CRITERION
};

const struct registry criterion_registry = {
    N_("criterion"), operators, sizeof operators / sizeof operators[0]};

void criterion_source_release(struct criterion_source *source)
{
    segments_free(source->segments);
    free(source->classes);
    free(source->feature_class);
    free(source->values);
    free(source->places);
    if (source->input == INPUT_RASTER)
        raster_release(&source->raster);
    if (source->input == INPUT_VECTOR)
        vector_release(&source->vector);
    *source = (struct criterion_source){0};
}

enum terramis_status criterion_tools_open(struct criterion_tools *tools,
                                          int tile_size)
{
    size_t cells = (size_t)tile_size * (size_t)tile_size;
    *tools = (struct criterion_tools){.size = tile_size};
    TRY(distance_new(&tools->distance));
    TRY(mosaic_new(&tools->mosaic, tile_size));
    TRY(mem_new(&tools->mark, cells, sizeof *tools->mark));
    return mem_new(&tools->spare, cells, sizeof *tools->spare);
}

void criterion_tools_close(struct criterion_tools *tools)
{
    distance_free(tools->distance);
    mosaic_free(tools->mosaic);
    outline_release(&tools->outline);
    free(tools->mark);
    free(tools->spare);
    free(tools->sums);
    *tools = (struct criterion_tools){0};
}
