/**
 * @file cache.h
 * @brief What was downloaded, kept in a folder: every answer under the digest
 * of its address, beside it a .json with address, date, ETag and SHA-256.
 *
 * An answer in the cache is used as it is; --refresh asks again (and takes the
 * old one if the server says it still holds), --offline never asks. The folder
 * may be deleted at any time.
 */
#ifndef FETCH_CACHE_H
#define FETCH_CACHE_H

#include <stdint.h>

#include "fetch/http.h"

struct cache_options {
    const char *folder;
    bool offline;     /**< use nothing but the cache */
    bool refresh;     /**< ask for everything again */
    const char *date; /**< today, "2026-11-24" */
    struct http_limits limits;
};

/** Totals since cache_open(), for the report. */
struct cache_use {
    int64_t asked; /**< answers that came over the network */
    int64_t kept;  /**< answers taken from the cache */
};

struct cache;

/** Makes the folder and locks it, and with it the files that are made from what
 * is in it; TERRAMIS_OUTPUT if that cannot be done. */
enum terramis_status cache_open(struct cache **cache,
                                const struct cache_options *options);
void cache_close(struct cache *cache);

/** An answer in the cache. Zero-initialise; cache_answer_release(). */
struct cache_answer {
    char *path;
    char date[16]; /**< of the download, "2026-11-24" */
    char sha256[65];
};

/** The answer of `address`, downloaded if need be; `file` as in http.h. */
enum terramis_status cache_get(struct cache *cache, const char *address,
                               const char *what, bool file,
                               struct cache_answer *answer);
void cache_answer_release(struct cache_answer *answer);

/** Throws away an answer that turned out to be wrong. */
void cache_forget(struct cache *cache, const char *address);

/** The folder, and whether the network may be used. */
const char *cache_folder(const struct cache *cache);
bool cache_is_offline(const struct cache *cache);
struct cache_use cache_used(const struct cache *cache);

#endif
