/**
 * @file stage.h
 * @brief Results are written beside and moved in when complete.
 *
 * The stage is a hidden folder inside the output folder, so that a rename
 * moves its files; what it replaces is untouched until then, and files that
 * Terramis did not write stay where they are.
 */
#ifndef RUN_STAGE_H
#define RUN_STAGE_H

#include <stdbool.h>

#include "base/status.h"

struct stage {
    char *out; /**< the output folder */
    char *dir; /**< the stage inside it; NULL: none */
};

/** Makes all folders of a path that are not there. */
enum terramis_status stage_make_folders(const char *path);

/** Makes the output folder and a stage in it, after removing stages that dead
 * runs left. Refuses (TERRAMIS_OUTPUT) where there are results already, unless
 * `overwrite`. The caller closes in either case. */
enum terramis_status stage_open(struct stage *stage, const char *out,
                                bool overwrite);

/** Makes the folder dir/name. */
enum terramis_status stage_folder(const struct stage *stage, const char *name);

/** Removes the folder dir/name with all that is in it. */
enum terramis_status stage_remove(const struct stage *stage, const char *name);

/** Moves every file of the stage to its place, the manifest last. */
enum terramis_status stage_publish(struct stage *stage);

/** Removes the stage with all that is still in it. */
void stage_close(struct stage *stage);

#endif
