/* Compactness of the polygon that covers most of the cell: a circle has 1, a
 * square 0.785, a strip next to nothing. */
#include <math.h>

#include "criterion/polygon.h"

static double polsby_popper(double area, double perimeter)
{
    return perimeter > 0 ? 4 * M_PI * area / (perimeter * perimeter)
                         : (double)NAN;
}

static enum terramis_status compactness_prepare(struct criterion_source *source)
{
    return polygon_measure(source, polsby_popper);
}

const struct criterion_op criterion_compactness = {
    .op = {.name = "compactness",
           .summary = N_("Compactness 4 pi A / P^2 of the polygon (parcel) "
                         "that covers most of the cell, 0 to 1."),
           .source = "Polsby and Popper 1991"},
    .unit = "",
    .inputs = INPUT_VECTOR,
    .areas = true,
    .prepare = compactness_prepare,
    .run = polygon_run};
