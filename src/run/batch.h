/**
 * @file batch.h
 * @brief Several projects in one go: what became of each, and the index over
 * them.
 */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include <stddef.h>

#include "base/status.h"

#define BATCH_NAME "batch.json"

struct batch_entry {
    const char *project; /**< the project file */
    char *name;          /**< its folder in `out` */
    enum terramis_status code;
    char *message; /**< NULL unless it failed or is partial */
};

struct batch {
    const char *out;
    struct batch_entry *entries;
    size_t count;
    char date[16];
};

/** Gives every entry a name of its own: the file's without its suffix; with the
 * folder's before it, then a number after it, where that is taken. */
enum terramis_status batch_name(struct batch *batch);

/** Writes out/index.html, for people, in French unless all projects are in
 * English; figures come from the projects' manifests. */
enum terramis_status batch_write_index(const struct batch *batch);

/** Writes out/batch.json, for programs. */
enum terramis_status batch_write_list(const struct batch *batch);

#endif
