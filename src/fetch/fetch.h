/**
 * @file fetch.h
 * @brief Downloads the layers of a project: `fetch:` in its file.
 *
 * Everything is downloaded first, into the cache; then each file is written
 * beside its place and renamed, so that it is there whole or as it was.
 */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "fetch/cache.h"
#include "fetch/service.h"

struct fetch_options {
    bool offline;     /**< use nothing but the cache */
    bool refresh;     /**< ask for everything again */
    bool overwrite;   /**< replace files that fetch did not write */
    const char *date; /**< today, "2026-11-24" */
};

/** A layer as it was fetched, for the report. */
struct fetched {
    const struct fetch_config *entry;
    struct text source;   /**< file to convert, in the cache */
    struct text address;  /**< first one that was asked */
    char sha256[65];      /**< of what was downloaded */
    struct text settings; /**< how it is read, where not as usual */
    char date[32];
    const char *licence; /**< NULL: not known */
    long long features;  /**< -1: a raster */
    long long without_geometry;
    bool written; /**< false: the file was up to date */
};

struct fetch_result {
    struct fetched *layers;
    size_t count;
    struct cache_use use;
};

/** TERRAMIS_PROJECT without `fetch: layers:`. The caller releases in either
 * case. */
enum terramis_status fetch_project(const struct config *config,
                                   const struct fetch_options *options,
                                   struct fetch_result *result);
void fetch_result_release(struct fetch_result *result);

#endif
