/* Share of the cell's area that polygons cover, 0..1. Where polygons overlap,
 * the place counts once. */
#include <string.h>

#include "criterion/criterion.h"

static enum terramis_status coverage_fill(const struct criterion_source *source,
                                          struct criterion_tools *tools,
                                          const struct grid *tile, float *out)
{
    static const struct mosaic_rule covered = {.territory = 1};
    const struct piece_list *land, *parcels;
    mosaic_begin(tools->mosaic, tile);
    TRY(land_add_vector(tools->mosaic, &source->vector, tile, 0, NULL, NULL));
    TRY(mosaic_cut(tools->mosaic, &covered, &land, &parcels));
    memset(out, 0, grid_cells(tile) * sizeof *out);
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        for (uint32_t c = 0; c < piece->run; c++)
            out[piece->cell + c] = (float)piece->share / MOSAIC_ONE;
    }
    return TERRAMIS_OK;
}

const struct criterion_op criterion_coverage = {
    .op = {.name = "coverage",
           .summary = N_("Share of the cell that polygons cover, exact."),
           .source = "sweep of the cell"},
    .unit = "",
    .inputs = INPUT_VECTOR,
    .areas = true,
    .run = coverage_fill};
