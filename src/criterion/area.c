/* Area of the polygon that covers most of the cell: small parcels cost machines
 * their time. Planar, in the project's CRS: 0.1 % from the ground's. */
#include "criterion/polygon.h"

static double hectares(double area, double perimeter)
{
    (void)perimeter;
    return area * 1e-4;
}

static enum terramis_status area_prepare(struct criterion_source *source)
{
    return polygon_measure(source, hectares);
}

const struct criterion_op criterion_area = {
    .op = {.name = "area",
           .summary =
               N_("Area of the polygon (parcel) that covers most of the cell."),
           .source = "planar area in the project's CRS"},
    .unit = "ha",
    .inputs = INPUT_VECTOR,
    .areas = true,
    .prepare = area_prepare,
    .run = polygon_run};
