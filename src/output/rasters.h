/**
 * @file rasters.h
 * @brief The four rasters of a territory, written tile by tile as they come.
 */
#ifndef OUTPUT_RASTERS_H
#define OUTPUT_RASTERS_H

#include "output/output.h"
#include "output/raster_file.h"

enum {
    RASTER_COUNT = 4,
    RASTER_CLASSES = 256 /**< most classes of one of them */
};

/** suitability, class, limiting, marginal. */
struct rasters {
    struct raster_file *files[RASTER_COUNT];
    struct raster_class classes[RASTER_COUNT][RASTER_CLASSES];
};

/** What the raster number `raster` is called: a title of its legend. */
const char *rasters_title(const struct plan *plan, int raster);

/** Its classes with names and colours, RASTER_CLASSES at most, in `rows`;
 * returns how many, 0 for values (suitability). */
size_t rasters_classes(const struct plan *plan, int raster,
                       struct raster_class *rows);

/** File names without folder: "suitability.tif", ... */
extern const char *const raster_names[RASTER_COUNT];

/** Begins the four files in the territory's stage folder `dir`. The caller
 * finishes or cancels. */
enum terramis_status rasters_open(struct rasters *rasters,
                                  const struct plan *plan,
                                  const struct grid *grid, const char *dir);
/** Writes the cells of a tile: window, blank and the four rasters of it. */
enum terramis_status rasters_write(struct rasters *rasters,
                                   const struct tile_result *tile);
/** Reads cells of one of the rasters again that were written. */
enum terramis_status rasters_read(struct rasters *rasters, int raster,
                                  struct window window, unsigned char *cells);
/** Makes the COG number `raster` with its category names; several threads may
 * do so at a time, each with another one. */
enum terramis_status rasters_finish(struct rasters *rasters, int raster);
/** Removes the rasters of all territories from the stage, where they were only
 * needed to draw maps. */
enum terramis_status rasters_remove(const struct output_job *job);
void rasters_cancel(struct rasters *rasters);

#endif
