/**
 * @file keep.h
 * @brief Files in an output folder that Terramis did not write.
 */
#ifndef RUN_KEEP_H
#define RUN_KEEP_H

#include <stdbool.h>

#include "base/status.h"

/** Links into the folder `new` all that is in `old` but the results that its
 * manifest lists and what QGIS and SQLite wrote beside them. Without a manifest
 * that can be read nothing is known to be ours. Where both folders have a file,
 * `overwrite` says whether that of `new` may be the only one (tree_keep()).
 * TERRAMIS_OUTPUT with `shown`, the name of `old` for messages; nothing to do
 * where it is not there. */
enum terramis_status keep_others(const char *old, const char *new,
                                 const char *shown, bool overwrite);

#endif
