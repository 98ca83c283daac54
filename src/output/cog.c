/* The four rasters as cloud-optimised GeoTIFFs. They are written while the
 * tiles come (rasters.c) whatever is asked for, since maps are drawn from them;
 * run.c removes them again where cog is not among the outputs. */
#include "output/output.h"

const struct output_op output_cog = {
    .op = {.name = "cog",
           .summary = "Suitability, class, limiting factor and marginal kinds "
                      "as cloud-optimised GeoTIFF.",
           .source = "OGC 21-026"},
    .files = "<territory>/suitability.tif class.tif limiting.tif marginal.tif"};
