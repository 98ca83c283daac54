#include <stdlib.h>

#include "demo/soil.h"
#include "demo/write.h"
#include "output/raster_file.h"

struct theme {
    const char *name; /**< of the file */
    const char *title;
    const char *unit;
    enum raster_type type;
    double nodata;
    double cell_small, cell_full; /**< metres */
    double step;                  /**< values are multiples of it */
    double (*value)(const struct region *region, struct point p);
};

static const struct theme themes[] = {
    {"mnt.tif", "Altitude", "m", RASTER_INT16, -9999, 50, 25, 1, soil_height},
    {"profondeur_sol.tif", "Profondeur utile du sol", "cm", RASTER_BYTE, 255,
     100, 50, 5, soil_depth},
    {"reserve_utile.tif", "Réserve utile en eau", "mm", RASTER_INT16, -9999,
     100, 50, 5, soil_reserve},
    {"drainage.tif", "Classe de drainage (1 bon à 5 très mauvais)", NULL,
     RASTER_BYTE, 0, 100, 50, 1, soil_drainage},
    {"pluie.tif", "Précipitations annuelles", "mm", RASTER_INT16, -9999, 200,
     100, 5, soil_rain},
    {"temperature.tif", "Température moyenne annuelle", "°C", RASTER_FLOAT32,
     -9999, 200, 100, 0.125, soil_temperature},
};

/* Wet is blue; no names: they would need a side file. */
static const struct raster_class drainage_classes[] = {
    {0, NULL, 0, 0, 0, 0},       {1, NULL, 253, 231, 37, 255},
    {2, NULL, 94, 201, 98, 255}, {3, NULL, 33, 145, 140, 255},
    {4, NULL, 59, 82, 139, 255}, {5, NULL, 68, 1, 84, 255}};

/* A cell of the theme, NaN where there is no land. */
static double value_at(const struct theme *theme, const struct region *regions,
                       struct point p)
{
    for (int i = 0; i < PILOT_COUNT; i++) {
        if (region_zone_at(&regions[i], p) < ZONE_NEAR)
            continue;
        double value = theme->value(&regions[i], p);
        return floor(value / theme->step + 0.5) * theme->step;
    }
    return NAN;
}

static void put(enum raster_type type, void *cells, int i, double value)
{
    if (type == RASTER_BYTE)
        ((uint8_t *)cells)[i] = (uint8_t)value;
    else if (type == RASTER_INT16)
        ((int16_t *)cells)[i] = (int16_t)value;
    else
        ((float *)cells)[i] = (float)value;
}

/* Fills a tile; false if all of it is without data. */
static bool fill(const struct theme *theme, const struct region *regions,
                 const struct grid *part, void *cells)
{
    bool any = false;
    for (int row = 0; row < part->ny; row++)
        for (int col = 0; col < part->nx; col++) {
            struct point p = {grid_x(part, col), grid_y(part, row)};
            double value = value_at(theme, regions, p);
            any = any || !isnan(value);
            put(theme->type, cells, row * part->nx + col,
                isnan(value) ? theme->nodata : value);
        }
    return any;
}

static enum terramis_status write_tiles(struct raster_file *file,
                                        const struct theme *theme,
                                        const struct region *regions,
                                        const struct grid *grid)
{
    const int side = RASTER_FILE_BLOCK;
    float *cells;
    TRY(mem_new(&cells, (size_t)side * (size_t)side, sizeof *cells));
    enum terramis_status status = TERRAMIS_OK;
    for (int row = 0; row < grid->ny; row += side)
        for (int col = 0; col < grid->nx; col += side) {
            struct window w = {col, row, side, side};
            w.nx = w.nx < grid->nx - col ? w.nx : grid->nx - col;
            w.ny = w.ny < grid->ny - row ? w.ny : grid->ny - row;
            struct grid part = grid_part(grid, w);
            if (fill(theme, regions, &part, cells))
                TRY_DONE(raster_file_write(file, w, cells));
        }
done:
    free(cells);
    return status;
}

static enum terramis_status write_theme(const char *path,
                                        const struct theme *theme,
                                        const struct region *regions)
{
    struct rect area = rect_empty();
    for (int i = 0; i < PILOT_COUNT; i++)
        area = rect_union(area, shape_rect(&regions[i].outline));
    struct raster_spec spec = {.crs = "EPSG:2154",
                               .type = theme->type,
                               .has_nodata = true,
                               .nodata = theme->nodata,
                               .description = theme->title,
                               .unit = theme->unit,
                               .metadata = write_marks,
                               .block = 256,
                               .level = 9};
    grid_cover(rect_grow(area, 500),
               regions[0].small ? theme->cell_small : theme->cell_full,
               &spec.grid);
    if (theme->value == soil_drainage) {
        spec.classes = drainage_classes;
        spec.class_count = sizeof drainage_classes / sizeof *drainage_classes;
    }
    struct raster_file *file;
    TRY(raster_file_new(path, &spec, &file));
    enum terramis_status status = write_tiles(file, theme, regions, &spec.grid);
    if (status == TERRAMIS_OK)
        return raster_file_finish(file);
    raster_file_cancel(file);
    return status;
}

enum terramis_status write_rasters(const char *dir,
                                   const struct region *regions)
{
    struct text part = {0}, path = {0};
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        TRY_DONE(write_begin(dir, "rasters", themes[i].name, &part, &path));
        TRY_DONE(write_theme(text_get(&part), &themes[i], regions));
        TRY_DONE(write_done(&part, &path));
    }
done:
    text_release(&part);
    text_release(&path);
    return status;
}
