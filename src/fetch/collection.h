/**
 * @file collection.h
 * @brief The features of many answers as one GeoJSON file, checked on the way:
 * no feature twice, coordinates where they were asked for.
 *
 * Services get axes wrong (latitude first), repeat objects across pages where
 * nothing sorts them, and leave geometries out. All of that is seen here,
 * once, for every service.
 */
#ifndef FETCH_COLLECTION_H
#define FETCH_COLLECTION_H

#include <json-c/json.h>

#include "geo/rect.h"
#include "output/file.h"

/** What became of the features. */
struct collection_counts {
    long long written;
    long long again;            /**< seen in an earlier part; left out */
    long long repeated;         /**< seen before in the same part */
    long long nameless;         /**< without anything to tell them apart */
    long long without_geometry; /**< written, with a null geometry */
    long long turned;           /**< latitude and longitude exchanged */
};

struct collection {
    struct file file;
    int64_t bytes, max_bytes; /**< written; at most, 0: any number */
    void *ids;                /**< GHashTable: id -> part it was last seen in */
    int part;
    struct collection_counts counts;
    char crs[64];        /**< as in the answers: "EPSG:2154" */
    const char *wanted;  /**< CRS asked for; NULL: degrees */
    struct rect area;    /**< where features belong, CRS `wanted` */
    struct rect degrees; /**< the same, longitude and latitude */
    bool lenient; /**< objects found by a code may lie elsewhere: a warning */
};

/** Begins the file `path`. `area` and `degrees` may be empty: not checked. */
enum terramis_status collection_begin(struct collection *collection,
                                      const char *path);

/** From here on repeats of earlier parts are normal (overlapping extents). */
void collection_next_part(struct collection *collection);

/** Adds the features of one answer. `key` is the property that tells them
 * apart; NULL: their "id", where they have one. `what` begins messages.
 * Features not at all where they belong are TERRAMIS_INPUT, unless they are
 * with x and y exchanged: then they are turned. */
enum terramis_status collection_add(struct collection *collection,
                                    const char *what,
                                    struct json_object *features,
                                    const char *key, const char *crs);

/** Ends the file; also after an error, to release. */
enum terramis_status collection_end(struct collection *collection);
void collection_cancel(struct collection *collection);

#endif
