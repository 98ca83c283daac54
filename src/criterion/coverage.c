/* Share of the cell's area that polygons cover, 0..1. */
#include <string.h>

#include "criterion/criterion.h"

static enum terramis_status coverage_fill(const struct criterion_source *source,
                                          struct criterion_tools *tools,
                                          const struct grid *tile, float *out)
{
    const struct vector *vector = &source->vector;
    const struct area_set set = {&vector, 1};
    GEOSGeometry *area;
    memset(out, 0, grid_cells(tile) * sizeof *out);
    TRY(area_set_union(&set, tools->geos, grid_rect(tile), &area));
    if (!area)
        return TERRAMIS_OK;
    outline_clear(&tools->outline);
    enum terramis_status status =
        outline_add(&tools->outline, tools->geos, area);
    GEOSGeom_destroy_r(tools->geos->context, area);
    TRY(status);
    struct rings rings = outline_rings(&tools->outline);
    struct window w;
    const float *share = coverage_run(tools->coverage, &rings, tile, &w);
    for (int row = 0; share && row < w.ny; row++)
        memcpy(out + (size_t)(w.row + row) * (size_t)tile->nx + w.col,
               share + (size_t)row * (size_t)w.nx,
               (size_t)w.nx * sizeof *share);
    return TERRAMIS_OK;
}

const struct criterion_op criterion_coverage = {
    .op = {.name = "coverage",
           .summary = "Share of the cell that polygons cover, exact.",
           .source = "signed-area accumulation"},
    .unit = "",
    .inputs = INPUT_VECTOR,
    .areas = true,
    .run = coverage_fill};
