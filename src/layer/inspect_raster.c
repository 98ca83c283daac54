#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "layer/inspect.h"
#include "layer/profile.h"

enum {
    SIDE = 4096,   /* cells looked at per side; of more, every so many */
    ROWS = 64,     /* of them read at once */
    KEPT = 8 << 20 /* bytes of blocks side by side: GDAL keeps twice that */
};

static const double decoded_most = 4e9; /* bytes */

struct cells {
    long long all, low, high, usual;
    double lowest, highest, nodata;
};

static void count(struct cells *cells, const struct raster *r, float stored,
                  double low, double high)
{
    double value = (double)stored * r->scale + r->offset;
    if (stored != stored || (double)stored == r->nodata)
        return;
    if (r->nodata != r->nodata && raster_usual_nodata(stored)) {
        cells->usual++;
        cells->nodata = (double)stored;
        return;
    }
    cells->all++;
    cells->low += value < low;
    cells->high += value > high;
    cells->lowest = value < cells->lowest ? value : cells->lowest;
    cells->highest = value > cells->highest ? value : cells->highest;
}

/* In columns of blocks from north to south, so that each block is decoded once
 * although few are kept; of very many only every so many. */
struct walk {
    int step_x, step_y;    /* from one cell that is looked at to the next */
    int64_t columns, rows; /* that are read at once */
    int64_t down;          /* rows that belong together */
    int64_t every;
};

static struct walk walk_of(const struct raster *r)
{
    struct walk w = {.step_x = (r->width + SIDE - 1) / SIDE,
                     .step_y = (r->height + SIDE - 1) / SIDE};
    double beside = fmax(1, floor(KEPT / r->block_bytes));
    w.columns = (int64_t)fmin(r->width, beside * r->block[0]);
    w.rows = (int64_t)w.step_y * ROWS;
    w.down = w.rows > r->block[1] ? w.rows : r->block[1];
    double all = r->block_bytes * ceil((double)r->width / r->block[0]) *
                 ceil(r->height / fmax(r->block[1], w.step_y));
    w.every = (int64_t)fmax(1, ceil(all / decoded_most));
    return w;
}

static int least(int64_t a, int64_t b)
{
    return (int)(a < b ? a : b);
}

static enum terramis_status look(const struct raster *r, struct cells *cells,
                                 double low, double high, bool *read)
{
    struct walk w = walk_of(r);
    size_t most = (size_t)(w.columns / w.step_x + 1) * ROWS;
    int64_t per_column = (r->height + w.down - 1) / w.down;
    float *found;
    *read = true;
    TRY(mem_new(&found, most, sizeof *found));
    for (int64_t x = 0; *read && x < r->width; x += w.columns)
        for (int64_t y = 0; *read && y < r->height; y += w.rows) {
            int columns = least(w.columns, r->width - x);
            int rows = least(w.rows, r->height - y);
            int nx = columns / w.step_x > 0 ? columns / w.step_x : 1;
            int ny = rows / w.step_y > 0 ? rows / w.step_y : 1;
            if ((x / w.columns * per_column + y / w.down) % w.every != 0)
                continue;
            *read = raster_data_read(r->data, 1, (int)x, (int)y, columns, rows,
                                     found, nx, ny, false);
            for (int i = 0; *read && i < nx * ny; i++)
                count(cells, r, found[i], low, high);
        }
    free(found);
    return TERRAMIS_OK;
}

static enum terramis_status judge(struct inspection *inspection,
                                  const struct cells *cells, double low,
                                  double high)
{
    if (cells->usual > 0)
        TRY(inspection_add(inspection, "nodata-undeclared",
                           _("%lld sampled cells are %g, but no nodata is "
                             "declared. Give nodata_value: %g"),
                           cells->usual, cells->nodata, cells->nodata));
    if (cells->low + cells->high > 0)
        TRY(inspection_add(inspection, "implausible-values",
                           _("%lld of %lld sampled cells are beyond %g to %g "
                             "(lowest %g, highest %g): artefacts, or another "
                             "unit"),
                           cells->low + cells->high, cells->all, low, high,
                           cells->lowest, cells->highest));
    if (cells->all == 0)
        TRY(inspection_add(inspection, "no-values",
                           _("no sampled cell has a value")));
    return TERRAMIS_OK;
}

enum terramis_status inspect_raster(struct inspection *inspection,
                                    const struct raster *raster, double low,
                                    double high)
{
    const struct profile *profile = profile_of(&raster->layer->profile);
    *inspection = (struct inspection){0};
    if (profile && profile->low < profile->high) {
        low = profile->low;
        high = profile->high;
    }
    if (!(low < high)) {
        low = -(double)INFINITY;
        high = (double)INFINITY;
    }
    struct cells cells = {.lowest = (double)INFINITY,
                          .highest = -(double)INFINITY};
    bool read;
    TRY(look(raster, &cells, low, high, &read));
    if (!read) /* a run will say it better, tile by tile */
        return inspection_add(inspection, "unreadable",
                              _("its cells cannot all be read"));
    return judge(inspection, &cells, low, high);
}
