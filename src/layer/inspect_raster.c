#include <stdlib.h>

#include "layer/inspect.h"
#include "layer/profile.h"

enum {
    SIDE = 4096, /* cells looked at per side; of more, every so many */
    ROWS = 64    /* of them read at once */
};

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

static enum terramis_status look(const struct raster *r, struct cells *cells,
                                 double low, double high, bool *read)
{
    int step_x = (r->width + SIDE - 1) / SIDE;
    int step_y = (r->height + SIDE - 1) / SIDE;
    int nx = r->width / step_x;
    float *row;
    *read = true;
    TRY(mem_new(&row, (size_t)nx * ROWS, sizeof *row));
    for (int y = 0; *read && y < r->height; y += step_y * ROWS) {
        int left = r->height - y;
        int source = left < step_y * ROWS ? left : step_y * ROWS;
        int ny = source / step_y > 0 ? source / step_y : 1;
        *read = raster_data_read(r->data, 0, y, r->width, source, row, nx, ny,
                                 false);
        for (int i = 0; *read && i < nx * ny; i++)
            count(cells, r, row[i], low, high);
    }
    free(row);
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
