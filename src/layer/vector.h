/**
 * @file vector.h
 * @brief A vector layer in memory, in the project's CRS, repaired, with a
 * spatial index; and a report of what happened to its features.
 */
#ifndef LAYER_VECTOR_H
#define LAYER_VECTOR_H

#include <stdint.h>

#include "geo/box_tree.h"
#include "geo/paths.h"
#include "layer/source.h"

struct feature {
    int64_t fid;           /**< in the source layer */
    uint32_t first, count; /**< paths in vector.paths: valid, not empty */
    struct rect extent;
    const char **values; /**< text of each wanted field; NULL: null */
};

/** What happened to the features of a layer. read = used + the rest. */
struct vector_report {
    long long total;   /**< in the layer, before `where` */
    long long read;    /**< after `where` and what the profile leaves out */
    long long skipped; /**< left out by the profile, after `where` */
    long long used;
    long long without_geometry; /**< null or empty geometry */
    long long outside;          /**< away from every territory */
    long long refused;          /**< no usable geometry even after repair */
    long long repaired;         /**< were invalid; used after repair */
    double repair_change;       /**< square metres (planar) that repair moved */
    int64_t first_repaired;     /**< fid, where repaired > 0 */
    int64_t first_refused;      /**< fid, where refused > 0 */
};

struct vector {
    const struct layer_config *config;
    struct feature *features;
    size_t count, room;
    struct paths paths;     /**< of all features, project CRS, rings oriented */
    struct rect extent;     /**< of the features in use, project CRS */
    struct rect whole;      /**< of all features read, project CRS */
    struct box_tree *index; /**< of the features' extents */
    struct vector_report report;
    char *layer;     /**< name of the layer read */
    char *crs;       /**< its CRS */
    char *operation; /**< transformation to the project's CRS */
    double accuracy; /**< metres, of the operation; < 0: not known */
    bool synthetic;  /**< marked as generated for the demo */
    struct arena arena;
};

/** What is wanted of a layer. */
struct vector_request {
    const struct config *config;
    const struct layer_config *layer;
    const struct crs *crs; /**< the project's */
    struct rect area;      /**< extent of all territories */
    double reach;  /**< metres around `area` that matter; INFINITY: all */
    double buffer; /**< metres around every feature, beside layer->buffer */
    bool areas;    /**< only polygons are of use: points and lines need a
                        buffer */
    bool needed;   /**< no feature at all is an error */
    bool empty_is_fine; /**< no feature at all needs no warning */
    bool again; /**< the layer was read before: what was said of it then is not
                     said again, and no buffer is laid around it */
    const char *const *fields; /**< "name|alias|alias" each, or NULL */
    size_t field_count;
    int threads; /**< 0 counts as 1; the result is the same */
};

/** Reads a layer. Features that cannot be used are counted, not fatal; a layer
 * that cannot be read whole, has no CRS, or lies away from every territory is
 * TERRAMIS_INPUT (one that lies around them and has no feature in them only
 * where it is needed); a wrong `where`, layer or field name is
 * TERRAMIS_PROJECT. One thread at a time decodes, all repair; result and
 * messages do not depend on their number. The caller releases in either case.
 */
enum terramis_status vector_read(struct vector *vector,
                                 const struct vector_request *request);

void vector_release(struct vector *vector);

/** Appends a feature without values; the last one then. */
enum terramis_status vector_append(struct vector *vector, int64_t fid,
                                   struct path_range geometry);

/** (Re)builds extent and index from the features. vector_read() ends with it;
 * whoever appends features of his own calls it. */
enum terramis_status vector_index(struct vector *vector);

/** Features whose extent meets `rect`: calls `found(index, data)` for each, in
 * no particular order, but always the same one. Safe in several threads. */
void vector_query(const struct vector *vector, struct rect rect,
                  void (*found)(size_t index, void *data), void *data);

/** A feature's geometry, nothing copied. */
static inline struct path_range vector_paths(const struct vector *vector,
                                             size_t index)
{
    const struct feature *f = &vector->features[index];
    return (struct path_range){&vector->paths, f->first, f->count};
}

#endif
