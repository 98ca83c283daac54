/**
 * @file gunzip.h
 * @brief Files packed by gzip.
 */
#ifndef FETCH_GUNZIP_H
#define FETCH_GUNZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/** Does the file begin as one packed by gzip? */
bool gunzip_is_packed(const char *path);

/** Unpacks `path` into the file `to`; nothing is left there on failure.
 * TERRAMIS_INPUT where it is damaged, cut short or more than `max_bytes`. */
enum terramis_status gunzip(const char *path, const char *to, const char *what,
                            int64_t max_bytes);

#endif
