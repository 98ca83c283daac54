/**
 * @file record.h
 * @brief What records of the journal have in common: the key by which they
 * count, and files with size and SHA-256, as paths below the hidden folder.
 * Private to run/.
 */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include "output/manifest_read.h"
#include "param/json.h"
#include "run/journal.h"

/** Makes journal->key, once. */
enum terramis_status record_key(struct journal *journal);

/** The full path of a file below the hidden folder. */
enum terramis_status record_path(const struct journal *journal,
                                 const char *path, struct text *full);

/** Puts the sums of a territory's tiles into the file `full`. */
enum terramis_status record_sums(const char *full,
                                 const struct analysis *analysis);

/** A record with key, date and an empty list of files: *files, part of *root;
 * the caller puts *root. */
enum terramis_status record_new(const struct journal *journal, const char *date,
                                struct json_object **root,
                                struct json_object **files);

/** Adds a file to the list. */
enum terramis_status record_add(struct journal *journal,
                                struct json_object *files, const char *path);

/** Writes the finished record, sealed: what it says itself is as much to be
 * relied on as its files. */
enum terramis_status record_save(const char *full, struct json_object *root);

/** Why a record that was read does not count; NULL: seal, key and date are
 * fine. */
const char *record_judge(const struct journal *journal,
                         struct json_object *root);

/** Is the file as recorded? TERRAMIS_OK with *same false where it cannot be
 * read. */
enum terramis_status record_check(struct journal *journal,
                                  const struct manifest_file *file, bool *same);

#endif
