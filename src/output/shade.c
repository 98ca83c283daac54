#include "output/shade.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    /* source cells that are read at a time: bounds the memory */
    SHADE_STRIP = 4 << 20,
    SHADE_MOST = 1500 /* cells a side */
};

/* Low land would look flat: heights are stretched until the usual slope reaches
 * `wanted`, but no more than `most` times, or noise would look like hills. */
static const double wanted = 0.30, most = 6.0;

/* Several lights (Mark 1992) show valleys of every direction; most of it comes
 * from the north-west, as readers expect. x, y, z of each light, its share. */
static const struct light {
    double x, y, z, share;
} lights[] = {{-0.5, 0.5, 0.70710678, 0.6},
              {-0.70710678, 0, 0.70710678, 0.2},
              {0, 0.70710678, 0.70710678, 0.2}};

double shade_darkness(double dx, double dy)
{
    const double flat = 0.70710678;
    double length = sqrt(1 + dx * dx + dy * dy), lit = 0;
    for (size_t i = 0; i < sizeof lights / sizeof *lights; i++) {
        const struct light *l = &lights[i];
        lit += l->share * fmax((l->z - dx * l->x - dy * l->y) / length, 0);
    }
    return fmin(fmax((flat - lit) / flat, 0), 1);
}

/* The terrain, if some factor has one. */
static const struct raster *terrain(const struct plan *plan)
{
    for (size_t i = 0; i < plan->factor_count; i++) {
        const struct factor *f = &plan->factors[i];
        const char *name = f->criterion->op.name;
        if (f->source.input == INPUT_RASTER && name &&
            (text_same(name, "slope") || text_same(name, "aspect")))
            return &f->source.raster;
    }
    return NULL;
}

static enum terramis_status read_heights(const struct raster *raster,
                                         const struct grid *grid,
                                         float *heights)
{
    struct raster_reader *reader = NULL;
    double per_row = grid->nx * grid->cell * raster->density[0] * grid->cell *
                     raster->density[1];
    int rows = (int)fmin(fmax(SHADE_STRIP / per_row, 1), grid->ny);
    enum terramis_status status =
        raster_reader_open(&reader, raster, RASTER_BILINEAR, NULL, NULL);
    for (int row = 0; row < grid->ny && status == TERRAMIS_OK; row += rows) {
        struct window strip = {0, row, grid->nx, rows};
        if (strip.ny > grid->ny - row)
            strip.ny = grid->ny - row;
        struct grid tile = grid_part(grid, strip);
        status = raster_reader_read(reader, &tile,
                                    heights + (size_t)row * (size_t)grid->nx);
        if (status == TERRAMIS_OK)
            status = status_go_on();
    }
    raster_reader_close(reader);
    return status;
}

/* East and north rise at a cell by Horn (1981); false without data. */
static bool rise(const float *heights, const struct grid *grid, int col,
                 int row, double *dx, double *dy)
{
    if (col < 1 || row < 1 || col + 1 >= grid->nx || row + 1 >= grid->ny)
        return false;
    const float *h = heights + (size_t)row * (size_t)grid->nx + col;
    const float *north = h - grid->nx, *south = h + grid->nx;
    double per = 8 * grid->cell;
    *dx = ((double)north[1] + 2.0 * h[1] + south[1] - north[-1] - 2.0 * h[-1] -
           south[-1]) /
          per;
    *dy = ((double)north[-1] + 2.0 * north[0] + north[1] - south[-1] -
           2.0 * south[0] - south[1]) /
          per;
    return isfinite(*dx) && isfinite(*dy);
}

/* By how much heights are stretched. */
static double stretch(const float *heights, const struct grid *grid)
{
    double sum = 0, dx, dy;
    size_t count = 0;
    for (int row = 0; row < grid->ny; row++)
        for (int col = 0; col < grid->nx; col++)
            if (rise(heights, grid, col, row, &dx, &dy)) {
                sum += dx * dx + dy * dy;
                count++;
            }
    double usual = count > 0 ? sqrt(sum / (double)count) : 0;
    return usual > 0 ? fmin(fmax(wanted / usual, 1), most) : 1;
}

static void darken(const struct shade *shade, const float *heights)
{
    const struct grid *grid = &shade->grid;
    double z = stretch(heights, grid), dx, dy;
    for (int row = 0; row < grid->ny; row++)
        for (int col = 0; col < grid->nx; col++)
            if (rise(heights, grid, col, row, &dx, &dy))
                shade->dark[(size_t)row * (size_t)grid->nx + (size_t)col] =
                    (unsigned char)lround(255 * shade_darkness(z * dx, z * dy));
}

enum terramis_status shade_make(struct shade *shade, const struct plan *plan,
                                struct rect area, double detail)
{
    const struct raster *raster = terrain(plan);
    *shade = (struct shade){.dark = NULL};
    if (!raster || rect_is_empty(area))
        return TERRAMIS_OK;
    double side = fmax(area.xmax - area.xmin, area.ymax - area.ymin);
    double own = 1 / fmax(raster->density[0], raster->density[1]);
    double cell = fmax(fmax(detail, own), side / SHADE_MOST);
    /* slopes need a neighbour on every side */
    if (!grid_cover(rect_grow(area, cell), cell, &shade->grid))
        return TERRAMIS_OK;
    float *heights = NULL;
    size_t cells = grid_cells(&shade->grid);
    enum terramis_status status = mem_new(&heights, cells, sizeof *heights);
    if (status == TERRAMIS_OK)
        status = mem_new(&shade->dark, cells, 1);
    if (status == TERRAMIS_OK)
        status = read_heights(raster, &shade->grid, heights);
    if (status == TERRAMIS_OK)
        darken(shade, heights);
    free(heights);
    return status;
}

void shade_release(struct shade *shade)
{
    free(shade->dark);
    *shade = (struct shade){.dark = NULL};
}

int shade_at(const struct shade *shade, double x, double y)
{
    const struct grid *grid = &shade->grid;
    double col = (x - grid->xmin) / grid->cell - 0.5;
    double row = (grid->ymax - y) / grid->cell - 0.5;
    if (!shade->dark ||
        !(col >= 0 && row >= 0 && col < grid->nx - 1 && row < grid->ny - 1))
        return 0;
    int c = (int)col, r = (int)row;
    double u = col - c, v = row - r;
    const unsigned char *d = shade->dark + (size_t)r * (size_t)grid->nx + c;
    double north = d[0] * (1 - u) + d[1] * u;
    double south = d[grid->nx] * (1 - u) + d[grid->nx + 1] * u;
    return (int)(north * (1 - v) + south * v + 0.5);
}
