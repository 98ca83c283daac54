/**
 * @file digest.h
 * @brief SHA-256 of files.
 */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct digest {
    int64_t bytes;
    char sha256[65]; /**< hexadecimal */
};

bool digest_same(const struct digest *a, const struct digest *b);

/** TERRAMIS_OUTPUT with path and reason when it cannot be read;
 * TERRAMIS_INTERRUPTED after terramis_interrupt(). */
enum terramis_status digest_file(const char *path, struct digest *digest);

enum {
    DIGEST_SOURCE = 7 + 44 + 1 /**< "sha256-", 32 bytes in base 64, NUL */
};

/** "sha256-...", by which a Content-Security-Policy names a script. */
enum terramis_status digest_source(const char *text, size_t size,
                                   char source[DIGEST_SOURCE]);

/** Digests by path, so that a file read by many layers is read once. Zero-
 * initialise. */
struct digests {
    struct digest_entry *items;
    size_t count, room;
};

enum terramis_status digests_get(struct digests *digests, const char *path,
                                 struct digest *digest);
void digests_release(struct digests *digests);

#endif
