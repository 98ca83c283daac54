/**
 * @file answer.h
 * @brief Answers of services as JSON, asked for again where they are cut
 * short, and thrown out of the cache where they turn out to be wrong.
 */
#ifndef FETCH_ANSWER_H
#define FETCH_ANSWER_H

#include <json-c/json.h>

#include "fetch/cache.h"

/** Whoever asks, and what he has asked so far. */
struct answers {
    struct cache *cache;
    int64_t max_bytes; /**< of an answer, unpacked */
    char **addresses;
    size_t count, capacity;
    char date[16];    /**< of the oldest answer; "" before the first */
    bool unreachable; /**< the last one did not come: the others are good */
};

void answers_release(struct answers *answers);

/** The answer of `address` as JSON object or array, unpacked where it is
 * packed by gzip; caller puts it. An XML error page becomes a message. */
enum terramis_status answer_json(struct answers *answers, const char *address,
                                 const char *what, struct json_object **json);

/** The answer of `address` as a file. */
enum terramis_status answer_file(struct answers *answers, const char *address,
                                 const char *what, struct cache_answer *answer);

/** Throws all of them out of the cache. */
void answer_forget(struct answers *answers);

/** The member of `map` that is an array, or NULL. */
struct json_object *answer_array(struct json_object *map, const char *key);

/** The member of `map` that is a text or number, as text; NULL: none. */
const char *answer_text(struct json_object *map, const char *key);

/** The member of `map` as a whole number; -1 where there is none. */
long long answer_count(struct json_object *map, const char *key);

/** "EPSG:2154" of a collection's "crs" member in `crs`; false: none that is
 * understood. */
bool answer_crs(struct json_object *collection, char crs[64]);

#endif
