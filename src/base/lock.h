/**
 * @file lock.h
 * @brief One process at a time in a folder of temporary files.
 *
 * The lock ends with its process, however that ends: what lies in a folder
 * whose lock can be had belongs to nobody.
 */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include "base/status.h"

struct lock {
    int folder; /**< open; -1: not held */
    int file;
};

#define LOCK_NONE ((struct lock){-1, -1})

/** Makes the folder `path` (no link) and locks it. TERRAMIS_OUTPUT where
 * another process has it: the message names that process, and `shown`, what is
 * locked for the reader. */
enum terramis_status lock_take(struct lock *lock, const char *path,
                               const char *shown);

/** Ends the lock; removes the folder `path` where it is empty then. */
void lock_release(struct lock *lock, const char *path);

#endif
