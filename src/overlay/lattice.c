#include "overlay/lattice.h"

#include <math.h>

/** A corner this near to a multiple of the cell size (cells) is on it. */
#define LATTICE_TOLERANCE 1e-6

static double whole_if_near(double cells)
{
    double whole = nearbyint(cells);
    return fabs(cells - whole) < LATTICE_TOLERANCE ? whole
                                                   : lattice_snap(cells);
}

double lattice_west(const struct grid *grid)
{
    return whole_if_near(grid->xmin / grid->cell);
}

double lattice_north(const struct grid *grid)
{
    return whole_if_near(-grid->ymax / grid->cell);
}
