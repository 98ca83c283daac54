/**
 * @file archive.h
 * @brief Zip files whose bytes depend on their contents only.
 */
#ifndef PUBLISH_ARCHIVE_H
#define PUBLISH_ARCHIVE_H

#include <stddef.h>

#include "base/status.h"

struct archive_entry {
    char *path;       /**< of the file on disk */
    const char *name; /**< in the archive */
};

/** Writes the entries, in their order, all with the time 1980-01-01. */
enum terramis_status archive_write(const char *path,
                                   const struct archive_entry *entries,
                                   size_t count);

#endif
