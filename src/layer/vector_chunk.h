/**
 * @file vector_chunk.h
 * @brief The steps of reading a vector layer: features of OGR, some hundred at
 * a time, become flat shapes in any thread and join the vector in order.
 */
#ifndef LAYER_VECTOR_CHUNK_H
#define LAYER_VECTOR_CHUNK_H

#include <ogr_api.h>

#include "layer/shape.h"
#include "layer/vector.h"

enum {
    CHUNK_FEATURES = 256
};

/** What all chunks share. */
struct reading {
    struct vector *vector;
    const struct vector_request *request;
    OGRLayerH layer;
    int *columns;          /**< of the wanted fields; -1: none */
    const struct crs *crs; /**< the layer's */
    char error[256];       /**< GDAL's first while decoding */
    struct rect source;    /**< extent in the layer's own CRS */
};

/** A used feature of a chunk. */
struct chunk_item {
    int64_t fid;
    size_t first, count; /**< paths in chunk.paths */
};

/** Zero-initialise, use again. */
struct chunk {
    OGRFeatureH features[CHUNK_FEATURES]; /**< until they are converted */
    size_t count;
    struct chunk_item items[CHUNK_FEATURES];
    size_t used;
    struct paths paths;
    char *texts; /**< of the used features' fields: "=text" or "", each with
                      its final zero */
    size_t text_size, text_room;
    struct vector_report report; /**< of this chunk alone */
    struct rect source, whole;
    char error[256]; /**< GDAL's first while converting */
};

/** The pool's steps; data is a struct reading, a result a struct chunk. */
enum terramis_status chunk_start(void *data, void **worker);
void chunk_stop(void *data, void *worker);
enum terramis_status chunk_fill(void *data, size_t number, void *result,
                                bool *more);
enum terramis_status chunk_work(void *data, void *worker, size_t number,
                                void *result);
enum terramis_status chunk_commit(void *data, size_t number, void *result);
void chunk_release(void *data, void *result);

#endif
