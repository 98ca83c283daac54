/**
 * @file digest.h
 * @brief SHA-256 of files.
 */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include <pthread.h>
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

/** The sum of bytes that come one after the other. Lack of memory is kept for
 * digest_end(). */
struct digest_sum {
    struct evp_md_ctx_st *context;
    int64_t bytes;
    bool broken;
};

void digest_begin(struct digest_sum *sum);
void digest_add(struct digest_sum *sum, const void *bytes, size_t size);
/** After it, or digest_discard(), `sum` is zero. */
enum terramis_status digest_end(struct digest_sum *sum, struct digest *digest);
void digest_discard(struct digest_sum *sum);

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
 * size, time of modification or inode. Zero-initialise. Several threads may
 * add, put and get at a time. */
struct digests {
    pthread_mutex_t lock; /**< of the array */
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

enum terramis_status digests_get(struct digests *digests, const char *path,
                                 struct digest *digest);

/** Adds a file of which the digest will be asked for. */
enum terramis_status digests_add(struct digests *digests, const char *path);

/** Adds a file of which the digest is known, as it is now. */
enum terramis_status digests_put(struct digests *digests, const char *path,
                                 const struct digest *digest);

/** The file `from` is `to` now. */
enum terramis_status digests_move(struct digests *digests, const char *from,
                                  const char *to);

/** Reads, in `threads` threads, every file added or noted of which the digest
 * is not known yet. */
enum terramis_status digests_fill(struct digests *digests, int threads);

void digests_release(struct digests *digests);

#endif
