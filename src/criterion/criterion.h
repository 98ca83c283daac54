/**
 * @file criterion.h
 * @brief Graded criteria: what a factor measures at each cell, before its
 * membership function turns it into 0..1.
 *
 * To add one: its file, one line in criteria.def, its test. The op says what
 * it needs; the engine reads layers, lends buffers and calls run() per tile.
 */
#ifndef CRITERION_CRITERION_H
#define CRITERION_CRITERION_H

#include "layer/raster.h"
#include "layer/vector.h"
#include "overlay/distance.h"
#include "overlay/outline.h"
#include "overlay/land.h"

/** What the layer of a factor may be; a bit mask. */
enum criterion_input {
    INPUT_RASTER = 1,
    INPUT_VECTOR = 2
};

/** What a factor reads: shared by the workers, read-only while they run. */
struct criterion_source {
    const void *params; /**< of the op's own struct */
    enum criterion_input input;
    struct raster raster;      /**< INPUT_RASTER */
    struct vector vector;      /**< INPUT_VECTOR */
    struct segments *segments; /**< made by distance's prepare() */
    const char **classes;      /**< made by class's prepare(): text of code i */
    size_t class_count;
    int *feature_class; /**< code of each feature */
    float *values;      /**< made by polygon_measure(): of each feature */
    double *places;     /**< made by sites' prepare(): ends of its segments */
    /* of the project, for prepare() */
    const struct crs *crs;
    const char *own_crs; /**< the factor's crs:, NULL: not given */
    struct rect area;    /**< of all territories */
    double resolution;   /**< metres */
};

/** One worker's tools, lent to run(). */
struct criterion_tools {
    struct distance *distance;
    struct mosaic *mosaic;
    struct outline outline;
    unsigned char *mark; /**< one byte per cell of a tile */
    float *spare;        /**< one float per cell of a tile */
    int size;            /**< most cells per side of a tile */
    /** One per cell, above 0 where the value matters: others need not be
     * computed, but are no NaN. NULL: it matters everywhere. */
    const float *wanted;
    const struct overlay *overlay; /**< of the territory */
    uint64_t *sums;                /**< grown by neighbourhood */
    size_t sum_room;
};

struct criterion_op {
    struct operator op;
    const char *unit; /**< of the values; "" where they have none */
    unsigned inputs;  /**< enum criterion_input; 0 where op.alone */
    bool classes;     /**< values are codes of classes: goes with table */
    bool everywhere;  /**< features outside every territory count too */
    bool areas;       /**< vector: only polygons are of use */
    enum raster_resampling resampling;  /**< raster */
    const struct raster_kernel *kernel; /**< raster: NULL or focal operation */
    /** Vector: the attribute to read, "" for none. NULL: none. */
    const char *(*field)(const void *params);
    /** Bytes that run() needs per worker for tiles of `tile` cells per side
     * beyond its buffers. NULL: none. */
    double (*scratch)(const void *params, double cell, int tile);
    /** What the distance at a place is to, by name. NULL: nothing has one. */
    const char *(*nearest)(const struct criterion_source *source, double x,
                           double y);
    /** Not for rasters: builds what the workers share; messages without a
     * place. NULL: nothing. */
    enum terramis_status (*prepare)(struct criterion_source *source);
    /** Not for rasters: values of the cells of `tile`, NaN = no data. Pure. */
    enum terramis_status (*run)(const struct criterion_source *source,
                                struct criterion_tools *tools,
                                const struct grid *tile, float *out);
};

extern const struct registry criterion_registry;

static inline const struct criterion_op *
criterion_of(const struct operator_use *use)
{
    return (const struct criterion_op *)use->op;
}

/** Frees what prepare() made and the layer. */
void criterion_source_release(struct criterion_source *source);

enum terramis_status criterion_tools_open(struct criterion_tools *tools,
                                          int tile_size);
void criterion_tools_close(struct criterion_tools *tools);

#endif
