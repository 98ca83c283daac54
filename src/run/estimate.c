#include "run/estimate.h"

#include <math.h>

#include "base/mem.h"
#include "base/pool.h"
#include "output/output.h"
#include "plan/memory.h"
#include "tile/tiling.h"

/* Bytes, measured: a map of A3 at 200 dpi while it is drawn and compressed, for
 * each thread; files written row by row. */
static const double drawing = 80e6, writing = 16e6;

struct estimate estimate_memory(const struct terramis_options *options,
                                const struct plan *plan)
{
    struct estimate estimate = {.layers = mem_peak()};
    int threads = options->threads > 0 ? options->threads : pool_processors();
    struct memory_need need =
        plan_memory(plan, threads, options->tile ? options->tile : TILE_SIZE);
    bool draws = output_wanted(plan->config, "png") ||
                 output_wanted(plan->config, "pdf");
    double outputs = draws ? threads * drawing : writing;
    estimate.total = estimate.layers + need.parcels +
                     fmax(need.blocks + need.workers, outputs);
    return estimate;
}

enum terramis_status estimate_check(const struct terramis_options *options,
                                    const struct plan *plan)
{
    double most =
        options->max_memory > 0 ? options->max_memory : TERRAMIS_MEMORY;
    double wanted = estimate_memory(options, plan).total / 1e6;
    if (wanted <= most)
        return TERRAMIS_OK;
    return status_set(
        TERRAMIS_INPUT,
        _("this run would take about %.0f MB of memory, more than "
          "the %.0f MB allowed. Give more with --max-memory, or "
          "take less with --threads 1, --tile 128 or one "
          "--territory at a time"),
        wanted, most);
}
