/**
 * @file gpkg_blob.h
 * @brief A geometry as GeoPackages keep it: a header with its extent, then
 * well-known binary (OGC 12-128r18, 2.1.3).
 */
#ifndef OUTPUT_GPKG_BLOB_H
#define OUTPUT_GPKG_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "geo/paths.h"

/** Types of WKB, two dimensions. */
enum wkb_type {
    WKB_POINT = 1,
    WKB_LINE = 2,
    WKB_POLYGON = 3,
    WKB_MULTILINE = 5,
    WKB_MULTIPOLYGON = 6
};

/** Zero-initialise; free `at` at the end. Used again for the next geometry. */
struct gpkg_blob {
    unsigned char *at;
    size_t size, capacity;
    struct rect extent; /**< empty: nothing to index */
};

/** Makes the blob of `wkb`, little-endian, of `type`; the single geometry where
 * that is a multi-geometry is made one. false if it is anything else, cut off
 * or too long, or memory is short. */
bool gpkg_blob_make(struct gpkg_blob *blob, const unsigned char *wkb,
                    size_t size, enum wkb_type type, int32_t srs_id);

/** Makes the blob of polygons, their rings turned as they were, of type
 * WKB_MULTIPOLYGON. TERRAMIS_INTERNAL where there is another path. */
enum terramis_status gpkg_blob_polygons(struct gpkg_blob *blob,
                                        struct path_range polygons,
                                        int32_t srs_id);

#endif
