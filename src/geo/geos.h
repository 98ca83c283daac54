/**
 * @file geos.h
 * @brief GEOS behind one door: a context per thread, errors as status.
 *
 * "Contexts must only be used from a single thread at a time" (geos_c.h), and
 * GEOS stores envelopes inside geometries on first use: threads share flat
 * paths (paths.h), never geometries.
 */
#ifndef GEO_GEOS_H
#define GEO_GEOS_H

#include <geos_c.h>
#include <stddef.h>

#include "base/status.h"
#include "geo/rect.h"

struct geos {
    GEOSContextHandle_t context;
    GEOSWKBReader *reader;
    GEOSWKBWriter *writer;
    GEOSMakeValidParams *repair;
    char error[512]; /**< GEOS's last message */
};

enum terramis_status geos_open(struct geos *geos);
void geos_close(struct geos *geos);

/** start() and stop() of a pool_job whose workers need a context and nothing
 * else: `worker` is a struct geos; `data` is not used. */
enum terramis_status geos_worker_start(void *data, void **worker);
void geos_worker_stop(void *data, void *worker);

/** Was lack of memory the last thing that went wrong? */
bool geos_lacks_memory(const struct geos *geos);

/** Turns a NULL result of GEOS into a status: "`what`: GEOS's message". */
enum terramis_status geos_check(struct geos *geos, const void *result,
                                const char *what);

/** Extent; empty for an empty geometry. */
struct rect geos_extent(struct geos *geos, const GEOSGeometry *geometry);

/** The polygons of any geometry as one (multi)polygon; consumes `geometry`
 * (lines and points of a collection are dropped). NULL after an error. */
GEOSGeometry *geos_only_polygons(struct geos *geos, GEOSGeometry *geometry);

/** The valid geometry of the same points (GEOS's structural repair), polygons
 * alone where `areas`; consumes `geometry`. What GEOS 3.11 gives is itself
 * invalid at times, where edges nearly meet: then it is repaired once more.
 * NULL where it remains invalid. */
GEOSGeometry *geos_repair(struct geos *geos, GEOSGeometry *geometry,
                          bool areas);

/** Union of `count` geometries, which it consumes (not the array); an empty
 * polygon where count is 0. */
enum terramis_status geos_union(struct geos *geos, GEOSGeometry **items,
                                size_t count, GEOSGeometry **result);

/** Well-known binary of a geometry, for writers; free with geos_wkb_free(). */
enum terramis_status geos_wkb(struct geos *geos, const GEOSGeometry *geometry,
                              unsigned char **wkb, size_t *size);
void geos_wkb_free(struct geos *geos, unsigned char *wkb);

/** A copy with fewer points, nowhere further than `tolerance` from the
 * original, as valid as it; destroy with GEOSGeom_destroy_r(). */
enum terramis_status geos_simplify(struct geos *geos,
                                   const GEOSGeometry *geometry,
                                   double tolerance, GEOSGeometry **result);

/** The polygons of a geometry with coordinates rounded to multiples of `grid`,
 * and still valid: what is narrower than that vanishes (Hobby 1999, by
 * GEOSGeom_setPrecision). From and to well-known binary; free `*to` with
 * geos_wkb_free(). */
enum terramis_status geos_snap(struct geos *geos, const unsigned char *wkb,
                               size_t size, double grid, unsigned char **to,
                               size_t *to_size);

/** An axis-parallel rectangle as polygon; NULL after an error. */
GEOSGeometry *geos_rectangle(struct geos *geos, struct rect rect);

/** GEOS's version, such as "3.11.1-CAPI-1.17.1". */
const char *geos_version(void);

#endif
