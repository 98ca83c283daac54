/**
 * @file tree.h
 * @brief Folders with all that is in them: removed, synced, kept.
 *
 * Everything is relative to open folders, so that a symbolic link is taken as
 * a link, never followed, even where somebody puts one while the call lasts.
 * `shown` is the path that messages name.
 */
#ifndef RUN_TREE_H
#define RUN_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/** Removes `name` in the folder `at`, whatever it is; fine where it is not.
 * TERRAMIS_OUTPUT where something cannot be removed. */
enum terramis_status tree_remove(int at, const char *name, const char *shown);

/** Removes all entries of `name` in the folder `at` but the `count` named. */
enum terramis_status tree_sweep(int at, const char *name, const char *shown,
                                const char *const *names, size_t count);

/** Sets *plain to false where anything in `name` in the folder `at` is neither
 * a file nor a folder. */
enum terramis_status tree_plain(int at, const char *name, const char *shown,
                                bool *plain);

/** Hands every file and folder of `name` in the folder `at` to the disk. */
enum terramis_status tree_sync(int at, const char *name, const char *shown);

/** Is `path`, relative to the tree, to be left behind? */
typedef bool tree_drops(const void *data, const char *path);

/** Hard links in the folder `to` for what `from` has, but for what `drops`
 * says; folders are made anew, those left empty are not, and have mode and
 * owner of the old. What both have is that of `to`, with `replace`.
 * TERRAMIS_OUTPUT where something cannot be kept so. */
enum terramis_status tree_keep(int from, int to, const char *shown,
                               bool replace, tree_drops *drops,
                               const void *data);

#endif
