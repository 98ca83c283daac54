#include "geo/areal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static const double block_metres = 250;

/* Position of a border in its block, counted in cells from the CRS's origin. */
static int in_block(double border, double cell, int block)
{
    double cells = round(border / cell);
    return (int)(cells - floor(cells / block) * block);
}

enum terramis_status areal_fill(struct areal *areal, struct crs_area *measure,
                                const struct grid *tile)
{
    areal->shift = 0;
    while ((2 << areal->shift) * tile->cell <= block_metres)
        areal->shift++;
    int block = 1 << areal->shift;
    areal->first_col = in_block(tile->xmin, tile->cell, block);
    areal->first_row = in_block(-tile->ymax, tile->cell, block);
    areal->nx = (areal->first_col + tile->nx + block - 1) / block;
    int ny = (areal->first_row + tile->ny + block - 1) / block;
    TRY(mem_grow(&areal->scale, &areal->room, (size_t)areal->nx * (size_t)ny,
                 sizeof *areal->scale));
    for (int j = 0; j < ny; j++)
        for (int i = 0; i < areal->nx; i++) {
            double col = (i + 0.5) * block - areal->first_col;
            double row = (j + 0.5) * block - areal->first_row;
            areal->scale[(size_t)j * (size_t)areal->nx + (size_t)i] =
                crs_area_scale(measure, tile->xmin + col * tile->cell,
                               tile->ymax - row * tile->cell);
        }
    return TERRAMIS_OK;
}

void areal_release(struct areal *areal)
{
    free(areal->scale);
    *areal = (struct areal){0};
}
