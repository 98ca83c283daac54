/**
 * @file manifest_read.h
 * @brief What a manifest says was written.
 */
#ifndef OUTPUT_MANIFEST_READ_H
#define OUTPUT_MANIFEST_READ_H

#include <json-c/json_types.h>

#include "output/digest.h"

struct manifest_file {
    char *path; /**< below the manifest's folder; never out of it */
    struct digest digest;
};

struct manifest_list {
    struct manifest_file *items; /**< by path */
    size_t count, room;
};

/** The list of outputs in `dir`/manifest.json; the caller releases in either
 * case. TERRAMIS_INPUT where there is none, or none that can be trusted: no
 * JSON, paths out of the folder, the same path twice. */
enum terramis_status manifest_read(const char *dir, struct manifest_list *list);

/** The same for any file of such a form; *root has the rest of it, for the
 * caller to put (NULL: not wanted). */
enum terramis_status manifest_read_file(const char *path,
                                        struct manifest_list *list,
                                        struct json_object **root);

/** The entry of `path`; NULL: none. */
const struct manifest_file *manifest_find(const struct manifest_list *list,
                                          const char *path);

void manifest_list_release(struct manifest_list *list);

#endif
