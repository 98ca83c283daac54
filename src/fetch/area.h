/**
 * @file area.h
 * @brief The land that is downloaded for: rectangles, and the communes in it.
 */
#ifndef FETCH_AREA_H
#define FETCH_AREA_H

#include <json-c/json.h>

#include "config/config.h"
#include "fetch/cache.h"
#include "geo/crs.h"
#include "geo/rect.h"

struct commune {
    const char *code; /**< INSEE */
    const char *name;
    const char *siren;           /**< of its EPCI; NULL: not asked by SIREN */
    struct json_object *contour; /**< GeoJSON geometry, in degrees */
};

/** One territory's rectangle, margin included. */
struct extent {
    const char *siren;   /**< NULL: by communes, bbox or the project's files */
    const char *name;    /**< of the EPCI; NULL: none */
    struct rect metres;  /**< in `area.crs` */
    struct rect degrees; /**< longitude and latitude */
};

struct area {
    char crs[32]; /**< "EPSG:2154": the project's where it has a code */
    struct extent *extents;
    size_t extent_count, extent_capacity;
    struct commune *communes;
    size_t commune_count, commune_capacity;
    struct rect metres, degrees; /**< around all extents */
    char date[16]; /**< of the oldest answer; "" if none was needed */
    struct arena arena;
};

/** Finds the area of the project: the EPCI and communes of `fetch:` by
 * geo.api.gouv.fr, its bbox, or else the files of `territories:`. The caller
 * releases in either case. */
enum terramis_status area_open(struct area *area, const struct config *config,
                               struct cache *cache);
void area_release(struct area *area);

/** Without communes a service by commune cannot be asked: TERRAMIS_PROJECT. */
enum terramis_status area_need_communes(const struct area *area,
                                        const struct config *config,
                                        const struct fetch_config *entry);

#endif
