#include "plan/memory.h"

#include <math.h>

#include "base/pool.h"
#include "scenario/scenario.h"
#include "scenario/schedule.h"

/* What a worker needs whatever the project, in bytes: contexts of PROJ and
 * GEOS, records of the mosaic, segments near a block. Measured. */
static const double worker_base = 8e6;
static const double blocks_least = 16e6, blocks_most = 128e6;

/* Layers that are opened twice share their blocks. */
static bool is_shared(const struct plan *plan, size_t factor)
{
    const struct criterion_source *source = &plan->factors[factor].source;
    for (size_t i = 0; i < factor; i++)
        if (plan->factors[i].source.input == INPUT_RASTER &&
            plan->factors[i].source.raster.data == source->raster.data)
            return true;
    return false;
}

static double block_bytes(const struct plan *plan, int tile)
{
    double bytes = 0, width = 0;
    for (size_t t = 0; t < plan->territory_count; t++) {
        struct rect extent = plan->territories[t].extent;
        width = fmax(width, extent.xmax - extent.xmin);
    }
    for (size_t f = 0; f < plan->factor_count; f++)
        if (plan->factors[f].source.input == INPUT_RASTER &&
            !is_shared(plan, f))
            bytes += raster_strip_bytes(&plan->factors[f].source.raster, width,
                                        tile * plan->resolution);
    return fmin(fmax(bytes, blocks_least), blocks_most);
}

/* The window of a raster that is read for one tile, and what is derived. */
static double window_bytes(const struct factor *factor, double side)
{
    if (factor->source.input != INPUT_RASTER)
        return 0;
    const struct raster *raster = &factor->source.raster;
    double columns = fmin(side * raster->density[0] + 6, raster->width);
    double rows = fmin(side * raster->density[1] + 6, raster->height);
    const struct raster_kernel *kernel = factor->criterion->kernel;
    int bands = kernel && kernel->run_bands ? raster->bands : 1;
    return columns * rows * sizeof(float) * (bands + (kernel ? 2 : 0));
}

static double worker_bytes(const struct plan *plan, int tile)
{
    double cells = (double)tile * tile;
    /* a value and a membership per factor; score, two shares; class and
     * limiting factor; three tables of the mosaic */
    double bytes =
        cells * (sizeof(float) * (2 * (double)plan->factor_count + 3) + 2 +
                 3 * sizeof(uint32_t));
    for (size_t f = 0; f < plan->factor_count; f++) {
        const struct factor *factor = &plan->factors[f];
        bytes += window_bytes(factor, tile * plan->resolution);
        if (factor->criterion->scratch)
            bytes += factor->criterion->scratch(factor->source.params,
                                                plan->resolution, tile);
    }
    return bytes + worker_base;
}

struct memory_need plan_memory(const struct plan *plan, int threads, int tile)
{
    double result = 4.0 * tile * tile; /* four rasters of bytes */
    double factors = (double)plan->factor_count;
    double scenarios = (double)plan->config->scenarios.count + 1;
    /* the parcel, its sums, twice a list of all; then under the scenarios: a
     * copy, its mean memberships and two scores, and the results */
    double parcel = 2 * sizeof(struct parcel) + 3 * factors * sizeof(int64_t) +
                    2 * sizeof(struct parcel *) +
                    (factors + 2) * sizeof(float) +
                    sizeof(struct schedule_land) +
                    scenarios * sizeof(struct scenario_parcel);
    if (plan->config->uncertainty.on) /* rows of floats, results */
        parcel += (3 * factors + 2) * sizeof(float) + sizeof(size_t) +
                  sizeof(struct spread);
    return (struct memory_need){
        .blocks = block_bytes(plan, tile),
        .workers = threads * (worker_bytes(plan, tile) + POOL_SLOTS * result),
        .parcels = (double)plan->parcels.count * parcel};
}
