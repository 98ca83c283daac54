/**
 * @file file.h
 * @brief Output files that are either complete or not there.
 *
 * Bytes go to "PATH.part"; file_commit() forces them to the disk and renames.
 * A target that is no regular file (a device, a pipe) is written directly.
 * Errors are remembered: callers may write on and look only at file_commit().
 */
#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

/** Zero-initialise; file_commit() and file_discard() leave it so. */
struct file {
    FILE *stream;
    char *path;  /**< what the caller asked for */
    char *part;  /**< temporary name; NULL when written directly */
    int problem; /**< errno of the first failed write, 0 if none */
};

/** TERRAMIS_OUTPUT with path and reason when it cannot be created. */
enum terramis_status file_create(struct file *file, const char *path);

/** Appends; a failure is kept for file_commit(). */
void file_write(struct file *file, const void *bytes, size_t size);

/** Flushes, syncs, closes and renames. On TERRAMIS_OUTPUT (disk full, quota)
 * the temporary is removed and an older file at the path is untouched. */
enum terramis_status file_commit(struct file *file);

/** Closes and removes the temporary; nothing when already committed. */
void file_discard(struct file *file);

struct json_object;

/** Writes a whole file; a broken text is a lack of memory. */
enum terramis_status file_save(const char *path, const struct text *text);

/** The same of a JSON tree, which it puts; NULL is a lack of memory. */
enum terramis_status file_save_json(const char *path, struct json_object *root);

/** Copies a file; `unreadable` is the code where `from` cannot be read. */
enum terramis_status file_copy(const char *from, const char *to,
                               enum terramis_status unreadable);

#endif
