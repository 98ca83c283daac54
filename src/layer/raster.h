/**
 * @file raster.h
 * @brief A raster layer brought onto the analysis grid, tile by tile.
 *
 * struct raster describes the layer and is shared, with its open file: workers
 * read it in turn, so that each block is decoded once. Each worker has a
 * raster_reader with buffers of its own. Values are floats, NaN is no data.
 * Where the grids agree, cells are read as they are; elsewhere GDAL's warper
 * resamples a window of the source.
 */
#ifndef LAYER_RASTER_H
#define LAYER_RASTER_H

#include "geo/grid.h"
#include "layer/source.h"

struct raster {
    struct raster_data *data; /**< the open file */
    const struct config *config;
    const struct layer_config *layer;
    struct crs crs;
    const struct crs *target; /**< the project's CRS (not owned) */
    double transform[6];      /**< pixel -> CRS, GDAL's order */
    int width, height, bands;
    int block[2];         /**< columns, rows that are decoded together */
    double block_bytes;   /**< of these, decoded */
    char unit[32];        /**< of the first band; "": not declared */
    double nodata;        /**< NAN: none declared */
    double scale, offset; /**< value = stored * scale + offset */
    struct rect extent;   /**< in the project's CRS */
    double density[2];    /**< columns, rows of the raster per metre of the
                               project, at the middle of the territories */
    char *operation;      /**< to the project's CRS */
    double accuracy;      /**< metres; < 0: not known */
    bool synthetic;
};

/** Describes and checks; TERRAMIS_INPUT for no CRS, no overlap with `area`
 * (the extent of all territories), blocks that do not fit in memory. The
 * caller releases in either case. */
enum terramis_status raster_open(struct raster *raster,
                                 const struct config *config,
                                 const struct layer_config *layer,
                                 const struct crs *target, struct rect area);
void raster_release(struct raster *raster);

/** Bytes of the decoded blocks under a strip of the project `height` metres
 * high and `width` metres wide: what must be kept so that the next strip to the
 * east or south decodes no block again. */
double raster_strip_bytes(const struct raster *raster, double width,
                          double height);

/** Makes `raster` read through the file of `other`, if it is the same one. Not
 * while anything reads. */
void raster_share(struct raster *raster, const struct raster *other);

/** Does another thread read through the same file just now? */
bool raster_is_busy(const struct raster *raster);

/** Reads a window of a band (from 1) as GDALRasterIOEx() does, NaN where a mask
 * or alpha band of the file says that there are no data; one thread at a time.
 * False after an error of GDAL. */
bool raster_data_read(struct raster_data *data, int band, int col, int row,
                      int nx, int ny, float *out, int out_nx, int out_ny,
                      bool average);

/** Is it a value that programs write for "no data", such as -9999? */
bool raster_usual_nodata(float value);

/** A focal operation on the raster's own grid, before resampling. `in` has a
 * margin of `halo` cells all around `out` (nx x ny); dx, dy: cell size in
 * metres; NaN in gives NaN out. */
struct raster_kernel {
    int halo;
    void (*run)(const float *in, int nx, int ny, double dx, double dy,
                const void *params, float *out);
    /** Instead of the two above, an operation on all bands of each cell: bands
     * lie one after the other, `cells` values each. */
    void (*run_bands)(const float *in, int bands, size_t cells,
                      const void *params, float *out);
    bool (*bands)(int count); /**< with run_bands: is that number right? */
    const char *bands_help;   /**< which is, in N_() */
};

enum raster_resampling {
    RASTER_BILINEAR, /**< values; averages where the source is finer */
    RASTER_NEAREST   /**< classes */
};

struct raster_reader;

/** `kernel` may be NULL. */
enum terramis_status raster_reader_open(struct raster_reader **reader,
                                        const struct raster *raster,
                                        enum raster_resampling resampling,
                                        const struct raster_kernel *kernel,
                                        const void *params);
void raster_reader_close(struct raster_reader *reader);

/** Fills out[ny * nx] with the values at the cells of `tile`. */
enum terramis_status raster_reader_read(struct raster_reader *reader,
                                        const struct grid *tile, float *out);

#endif
