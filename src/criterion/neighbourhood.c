/* Plantable land around a place: what a machine or a contractor finds to do
 * there. Cells count by their exact plantable share where their centre lies
 * within the radius. Sums are whole numbers of a land that has the same bits in
 * every tiling, so the result has too. */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clones.h"
#include "base/mem.h"
#include "criterion/criterion.h"

enum {
    REACH_MAX = 500 /* cells: the time grows with it, the memory squared */
};

struct neighbourhood {
    double radius; /* metres */
};

static const struct param neighbourhood_params[] = {
    {"radius", PARAM_REAL, offsetof(struct neighbourhood, radius), "m", "1000",
     10, 20000, .help = N_("Distance up to which land counts.")},
    {.name = NULL}};

/* Cells of `radius` on each side of a cell. */
static int cells_of(double radius, double cell)
{
    return (int)floor(radius / cell);
}

static enum terramis_status
neighbourhood_prepare(struct criterion_source *source)
{
    const struct neighbourhood *p = source->params;
    if (cells_of(p->radius, source->resolution) <= REACH_MAX)
        return TERRAMIS_OK;
    return status_set(TERRAMIS_PROJECT,
                      _("radius: %g m are more than %d cells of %g m. Take a "
                        "smaller radius or a larger resolution:"),
                      p->radius, REACH_MAX, source->resolution);
}

/* A tile with its surroundings: per row, sums of shares from its west edge. */
struct around {
    struct grid grid;
    size_t width;   /* of a row of sums: one more than the columns */
    uint64_t *sums; /* lent by the tools */
};

static size_t scratch_cells(double radius, double cell, int nx, int ny)
{
    size_t twice = 2 * (size_t)cells_of(radius, cell);
    return ((size_t)nx + twice + 1) * ((size_t)ny + twice) + (size_t)nx;
}

static double neighbourhood_scratch(const void *params, double cell, int tile)
{
    const struct neighbourhood *p = params;
    return (double)scratch_cells(p->radius, cell, tile, tile) *
           sizeof(uint64_t);
}

static enum terramis_status lend(struct criterion_tools *tools, size_t count)
{
    if (tools->sum_room >= count)
        return TERRAMIS_OK;
    free(tools->sums);
    tools->sum_room = 0;
    TRY(mem_new(&tools->sums, count, sizeof *tools->sums));
    tools->sum_room = count;
    return TERRAMIS_OK;
}

/* Adds the plantable pieces of a block whose north-west corner is cell (col,
 * row) of the surroundings. */
static void add_pieces(const struct around *around,
                       const struct piece_list *land, struct window block)
{
    for (size_t i = 0; i < land->count; i++) {
        const struct piece *piece = &land->items[i];
        if (piece->kinds == 0 || piece->constraint != MOSAIC_NOT_EXCLUDED)
            continue;
        for (uint32_t c = piece->cell; c < piece->cell + piece->run; c++) {
            size_t row = (size_t)block.row + c / (uint32_t)block.nx;
            size_t col = (size_t)block.col + c % (uint32_t)block.nx;
            around->sums[row * around->width + col + 1] += piece->share;
        }
    }
}

/* The mosaic holds a tile's cells, so the surroundings come in blocks. */
static enum terramis_status cut_blocks(const struct around *around,
                                       struct criterion_tools *tools)
{
    const struct grid *g = &around->grid;
    const struct piece_list *land, *parcels;
    for (int row = 0; row < g->ny; row += tools->size)
        for (int col = 0; col < g->nx; col += tools->size) {
            struct window block = {col, row, g->nx - col, g->ny - row};
            block.nx = block.nx < tools->size ? block.nx : tools->size;
            block.ny = block.ny < tools->size ? block.ny : tools->size;
            struct grid part = grid_part(g, block);
            TRY(land_begin(tools->mosaic, tools->overlay, &part));
            TRY(mosaic_cut(tools->mosaic, &tools->overlay->rule, &land,
                           &parcels));
            add_pieces(around, land, block);
        }
    return TERRAMIS_OK;
}

static void accumulate(const struct around *around)
{
    for (int row = 0; row < around->grid.ny; row++) {
        uint64_t *sums = around->sums + (size_t)row * around->width;
        for (size_t i = 1; i < around->width; i++)
            sums[i] += sums[i - 1];
    }
}

/* to[i] += the sum of 2 half + 1 cells, the middle one at i. */
CLONES static void add_chord(uint64_t *restrict to,
                             const uint64_t *restrict sums, size_t reach,
                             size_t half, size_t n)
{
    const uint64_t *restrict left = sums + reach - half;
    const uint64_t *restrict right = sums + reach + half + 1;
    for (size_t i = 0; i < n; i++)
        to[i] += right[i] - left[i];
}

static enum terramis_status
neighbourhood_run(const struct criterion_source *source,
                  struct criterion_tools *tools, const struct grid *tile,
                  float *out)
{
    const struct neighbourhood *p = source->params;
    double cell = tile->cell, radius = p->radius / cell;
    int reach = cells_of(p->radius, cell);
    size_t nx = (size_t)tile->nx;
    struct around around = {
        .grid = {tile->xmin - reach * cell, tile->ymax + reach * cell, cell,
                 tile->nx + 2 * reach, tile->ny + 2 * reach}};
    size_t room = scratch_cells(p->radius, cell, tile->nx, tile->ny);
    TRY(lend(tools, room));
    memset(tools->sums, 0, room * sizeof *tools->sums);
    around.sums = tools->sums;
    around.width = (size_t)around.grid.nx + 1;
    uint64_t *line = tools->sums + room - nx;
    TRY(cut_blocks(&around, tools));
    accumulate(&around);
    for (int row = 0; row < tile->ny; row++) {
        memset(line, 0, nx * sizeof *line);
        for (int dy = -reach; dy <= reach; dy++)
            add_chord(line,
                      around.sums + (size_t)(row + reach + dy) * around.width,
                      (size_t)reach,
                      (size_t)sqrt(radius * radius - (double)dy * dy), nx);
        for (size_t i = 0; i < nx; i++)
            out[(size_t)row * nx + i] =
                (float)((double)line[i] * (cell * cell / MOSAIC_ONE * 1e-4));
    }
    return TERRAMIS_OK;
}

const struct criterion_op criterion_neighbourhood = {
    .op = {.name = "neighbourhood",
           .summary = N_("Plantable marginal land of the territory within a "
                         "radius, the parcel's own included."),
           .formula = "sum of plantable shares of cells whose centre is within "
                      "radius, times the cell's area",
           .source = "focal sum (Tomlin 1990); planar area in the project's "
                     "CRS",
           .params = neighbourhood_params,
           .params_size = sizeof(struct neighbourhood),
           .alone = true},
    .unit = "ha",
    .prepare = neighbourhood_prepare,
    .scratch = neighbourhood_scratch,
    .run = neighbourhood_run};
