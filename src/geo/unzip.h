/**
 * @file unzip.h
 * @brief Archives by GDAL's /vsizip/: members are listed and unpacked into a
 * folder of the caller's choice under their bare names.
 */
#ifndef GEO_UNZIP_H
#define GEO_UNZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/** Is it a zip archive, by its first bytes? */
bool unzip_is_archive(const char *path);

/** Unpacks all members of the archive `path` into the existing folder `to`,
 * each under the last part of its name. Members that would leave the folder
 * ("../x", "/x"), two of the same name, too many of them, or more than
 * `max_bytes` together are TERRAMIS_INPUT; so is a damaged archive. `what`
 * begins messages. */
enum terramis_status unzip(const char *path, const char *to, const char *what,
                           int64_t max_bytes);

#endif
