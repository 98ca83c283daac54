/**
 * @file digest.h
 * @brief SHA-256 of files.
 */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct digest {
    int64_t bytes;
    char sha256[65]; /**< hexadecimal */
};

bool digest_same(const struct digest *a, const struct digest *b);

/** TERRAMIS_OUTPUT with path and reason when it cannot be read;
 * TERRAMIS_INTERRUPTED after terramis_interrupt(). */
enum terramis_status digest_file(const char *path, struct digest *digest);

/** The digest of these bytes. */
enum terramis_status digest_bytes(const void *bytes, size_t size,
                                  struct digest *digest);

enum {
    DIGEST_SOURCE = 7 + 44 + 1 /**< "sha256-", 32 bytes in base 64, NUL */
};

/** "sha256-...", by which a Content-Security-Policy names a script. */
enum terramis_status digest_source(const char *text, size_t size,
                                   char source[DIGEST_SOURCE]);

/** Digests by path, so that no file is read twice, unless it changed since by
 * size, time of modification or inode. Zero-initialise. */
struct digests {
    struct digest_entry *items;
    size_t count, room;
};

/** Notes how the file is now, before it is read (or that it is not there). */
enum terramis_status digests_note(struct digests *digests, const char *path);

/** Adds path, size and SHA-256 of every noted file that is there. */
enum terramis_status digests_print(struct digests *digests, struct text *text);

/** A file whose state is not the one noted; NULL: none. Then the digests that
 * were got in between are those of what was read in between. */
const char *digests_changed(const struct digests *digests);

/** Of files that were added or noted before, several threads may ask, each for
 * one of its own. */
enum terramis_status digests_get(struct digests *digests, const char *path,
                                 struct digest *digest);

/** Adds a file of which the digest will be asked for. */
enum terramis_status digests_add(struct digests *digests, const char *path);

/** Reads, in `threads` threads, every file added or noted of which the digest
 * is not known yet. */
enum terramis_status digests_fill(struct digests *digests, int threads);

void digests_release(struct digests *digests);

#endif
