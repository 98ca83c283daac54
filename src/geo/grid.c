#include "geo/grid.h"

#include <limits.h>

bool grid_cover(struct rect area, double cell, struct grid *grid)
{
    double west = floor(area.xmin / cell), east = ceil(area.xmax / cell);
    double south = floor(area.ymin / cell), north = ceil(area.ymax / cell);
    if (rect_is_empty(area) ||
        !(east - west < INT_MAX && north - south < INT_MAX))
        return false;
    *grid = (struct grid){.xmin = west * cell,
                          .ymax = north * cell,
                          .cell = cell,
                          .nx = (int)fmax(east - west, 1),
                          .ny = (int)fmax(north - south, 1)};
    return true;
}

struct grid grid_part(const struct grid *grid, struct window window)
{
    return (struct grid){.xmin = grid->xmin + window.col * grid->cell,
                         .ymax = grid->ymax - window.row * grid->cell,
                         .cell = grid->cell,
                         .nx = window.nx,
                         .ny = window.ny};
}

struct rect grid_rect(const struct grid *grid)
{
    return (struct rect){grid->xmin, grid->ymax - grid->ny * grid->cell,
                         grid->xmin + grid->nx * grid->cell, grid->ymax};
}
