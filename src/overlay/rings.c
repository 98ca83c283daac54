#include "overlay/rings.h"

#include <math.h>

/** A corner this near to a multiple of the cell size (cells) is on it. */
#define LATTICE_TOLERANCE 1e-6

/** Larger numbers (CRS units) are no coordinates; keeps the kernels' products
 * finite. */
#define RINGS_LARGEST 1e15

void rings_orient(double *xy, size_t points, bool shell)
{
    if (points < 4)
        return;
    // Shoelace formula relative to the first point, against cancellation.
    double twice_area = 0;
    for (size_t i = 1; i + 1 < points; i++) {
        double ax = xy[2 * i] - xy[0], ay = xy[2 * i + 1] - xy[1];
        double bx = xy[2 * i + 2] - xy[0], by = xy[2 * i + 3] - xy[1];
        twice_area += ax * by - bx * ay;
    }
    if (shell ? twice_area <= 0 : twice_area >= 0)
        return;
    for (size_t i = 0, j = points - 1; i < j; i++, j--) {
        double x = xy[2 * i], y = xy[2 * i + 1];
        xy[2 * i] = xy[2 * j];
        xy[2 * i + 1] = xy[2 * j + 1];
        xy[2 * j] = x;
        xy[2 * j + 1] = y;
    }
}

struct rect rings_bounds(const struct rings *rings)
{
    struct rect r = rect_empty();
    double not_finite = 0;
    if (rings->count == 0)
        return r;
    for (size_t i = rings->start[0]; i < rings->start[rings->count]; i++) {
        double x = rings->xy[2 * i], y = rings->xy[2 * i + 1];
        r.xmin = x < r.xmin ? x : r.xmin;
        r.xmax = x > r.xmax ? x : r.xmax;
        r.ymin = y < r.ymin ? y : r.ymin;
        r.ymax = y > r.ymax ? y : r.ymax;
        not_finite += x * 0 + y * 0; // NaN from then on
    }
    struct rect all = rect_grow((struct rect){0}, RINGS_LARGEST);
    bool usable = not_finite == 0 && r.xmin > all.xmin && r.xmax < all.xmax &&
                  r.ymin > all.ymin && r.ymax < all.ymax;
    return usable ? r : rect_empty();
}

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
