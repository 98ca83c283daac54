/* The value of a raster, as it is: rain, temperature, soil depth, ... */
#include "criterion/criterion.h"

const struct criterion_op criterion_value = {
    .op = {.name = "value",
           .summary = N_("The value of a raster (bilinear between its cells)."),
           .source = "GDAL warper"},
    .unit = "",
    .inputs = INPUT_RASTER,
    .resampling = RASTER_BILINEAR};
