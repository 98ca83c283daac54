/**
 * @file transfer.h
 * @brief One request and its answer, without a second try. Private to http.c.
 */
#ifndef FETCH_TRANSFER_H
#define FETCH_TRANSFER_H

#include <curl/curl.h>

#include "fetch/http.h"

enum {
    TRANSFER_EXCERPT = 300 /* bytes kept of an error page */
};

struct transfer {
    CURL *curl;
    const struct http_limits *limits;
    const struct http_request *request;
    const char *address;  /**< of this hop */
    FILE *part;           /**< takes the body */
    int64_t offset;       /**< bytes already there; 0: from the start */
    const char *part_tag; /**< ETag of those bytes */
    /* what came of it */
    CURLcode result;
    char error[CURL_ERROR_SIZE];
    long code;        /**< HTTP */
    int64_t received; /**< bytes now in `part` */
    char tag[HTTP_TAG_MAX];
    int64_t range_start; /**< of Content-Range; -1: none */
    bool ranges;         /**< the server takes Range */
    bool started;        /**< the body has begun */
    bool wrong_range;    /**< another part than the one asked for */
    bool too_large;      /**< stopped at the limit */
    int disk_error;      /**< errno of a failed write */
    char excerpt[TRANSFER_EXCERPT + 1];
    size_t excerpt_length;
    double retry_after; /**< seconds the server asks for; 0: none */
    char *redirect;     /**< address it sends on to; belongs to `curl` */
};

/** Performs the request; results are in the struct. */
void transfer_run(struct transfer *transfer);

/** Is the answer one to ask for again: busy, broken off, empty? */
bool transfer_is_transient(const struct transfer *transfer);

#endif
