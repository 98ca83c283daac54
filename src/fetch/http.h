/**
 * @file http.h
 * @brief Files over HTTP, by libcurl: whole or not at all.
 *
 * Only http and https, certificates checked; redirects as address.h allows;
 * limits of size, time and rate. A server that is busy or breaks off is asked
 * again with longer and longer waits; a file goes on where it broke off. Stops
 * within a second of terramis_interrupt().
 */
#ifndef FETCH_HTTP_H
#define FETCH_HTTP_H

#include <stdint.h>

#include "param/param.h"

struct http_limits {
    const struct texts *hosts; /**< redirects may lead there too; NULL: none */
    int64_t max_bytes;         /**< of an answer, after decompression */
    double timeout;            /**< seconds without a byte */
    int retries;               /**< after the first try */
    double wait;               /**< seconds before the second try */
    double rate;               /**< requests per second at most */
};

struct http;

enum terramis_status http_open(struct http **http,
                               const struct http_limits *limits);
void http_close(struct http *http);

enum {
    HTTP_TAG_MAX = 256
};

struct http_request {
    const char *address;
    const char *what; /**< begins messages: "wfs, page 3" */
    const char *tag;  /**< ETag of the copy that the caller has; NULL: none */
    bool file; /**< bytes as the server keeps them, resumed after a break;
                    else an answer, which may travel compressed */
};

struct http_reply {
    bool unchanged; /**< the caller's copy still holds; nothing written */
    char tag[HTTP_TAG_MAX]; /**< ETag, "" if none */
};

/** Downloads into the file `path`; meanwhile "PATH.part" and, for what can be
 * resumed by a later call, "PATH.tag". TERRAMIS_INPUT with address, cause and
 * what to do; TERRAMIS_OUTPUT if the disk does not take it. */
enum terramis_status http_get(struct http *http,
                              const struct http_request *request,
                              const char *path, struct http_reply *reply);

#endif
