#include "output/rasters.h"

#include <stdlib.h>
#include <string.h>

#include "output/labels.h"
#include "output/palette.h"

const char *const raster_names[RASTER_COUNT] = {"suitability.tif", "class.tif",
                                                "limiting.tif", "marginal.tif"};

static struct raster_class class_row(int value, const char *name, unsigned rgb)
{
    return (struct raster_class){.value = value,
                                 .name = name,
                                 .red = (uint8_t)(rgb >> 16),
                                 .green = (uint8_t)(rgb >> 8),
                                 .blue = (uint8_t)rgb,
                                 .alpha = 255};
}

const char *rasters_title(const struct plan *plan, int raster)
{
    static const enum label titles[RASTER_COUNT] = {
        LABEL_LEGEND_SCORE, LABEL_LEGEND_CLASS, LABEL_LEGEND_LIMITING,
        LABEL_LEGEND_MARGINAL};
    return label_text(titles[raster], plan->config->language);
}

size_t rasters_classes(const struct plan *plan, int raster,
                       struct raster_class *rows)
{
    int language = plan->config->language;
    size_t count = 0;
    if (raster == 1)
        for (int c = CLASS_S1; c <= CLASS_EXCLUDED; c++)
            rows[count++] = class_row(c, label_text(label_class(c), language),
                                      palette_class(c));
    if (raster == 2)
        for (size_t f = 0; f < plan->factor_count; f++)
            rows[count++] =
                class_row((int)f + 1, factor_title(&plan->factors[f]),
                          palette_factor((int)f + 1));
    if (raster == 3)
        for (int mask = 1; mask <= PALETTE_MASKS; mask++)
            rows[count++] =
                class_row(mask, label_text(label_kind(mask), language),
                          palette_marginal(mask));
    return count;
}

enum terramis_status rasters_open(struct rasters *rasters,
                                  const struct plan *plan,
                                  const struct grid *grid, const char *dir)
{
    static const struct gdal_item synthetic[] = {{"SYNTHETIC", "YES"},
                                                 {NULL, NULL}};
    *rasters = (struct rasters){0};
    for (int i = 0; i < RASTER_COUNT; i++) {
        struct text path = {0};
        size_t count = rasters_classes(plan, i, rasters->classes[i]);
        struct raster_spec spec = {
            .grid = *grid,
            .crs = plan->config->crs,
            .type = RASTER_BYTE,
            .has_nodata = true,
            .nodata = i == 0 ? SUITABILITY_NODATA : 0,
            .description = rasters_title(plan, i),
            .classes = count ? rasters->classes[i] : NULL,
            .class_count = count,
            .metadata = plan->synthetic ? synthetic : NULL,
            .threads = 0};
        text_addf(&path, "%s/%s", dir, raster_names[i]);
        enum terramis_status status = text_status(&path);
        if (status == TERRAMIS_OK)
            status =
                raster_file_new(text_get(&path), &spec, &rasters->files[i]);
        text_release(&path);
        TRY(status);
    }
    return TERRAMIS_OK;
}

enum terramis_status rasters_write(struct rasters *rasters,
                                   const struct tile_result *tile)
{
    const unsigned char *cells[RASTER_COUNT] = {tile->suitability, tile->class,
                                                tile->limiting, tile->marginal};
    if (tile->blank) /* the file is sparse: nodata where nothing is written */
        return TERRAMIS_OK;
    for (int i = 0; i < RASTER_COUNT; i++)
        TRY(raster_file_write(rasters->files[i], tile->window, cells[i]));
    return TERRAMIS_OK;
}

enum terramis_status rasters_read(struct rasters *rasters, int raster,
                                  struct window window, unsigned char *cells)
{
    return raster_file_read(rasters->files[raster], window, cells);
}

enum terramis_status rasters_finish(struct rasters *rasters, int raster)
{
    struct raster_file *file = rasters->files[raster];
    rasters->files[raster] = NULL; /* finishing frees it, come what may */
    return raster_file_finish(file);
}

enum terramis_status rasters_remove(const struct output_job *job)
{
    for (size_t t = 0; t < job->count; t++)
        for (int i = 0; job->results[t].done && i < RASTER_COUNT; i++) {
            char *path = NULL;
            TRY(output_path(job, &job->results[t], raster_names[i], &path));
            gdal_file_remove(path, "");
            gdal_file_remove(path, ".aux.xml");
            free(path);
        }
    return TERRAMIS_OK;
}

void rasters_cancel(struct rasters *rasters)
{
    for (int i = 0; i < RASTER_COUNT; i++)
        raster_file_cancel(rasters->files[i]);
    *rasters = (struct rasters){0};
}
