/**
 * @file stage.h
 * @brief Results are written beside the output folder and take its place at
 * once when they are complete.
 *
 * For the output folder PARENT/NAME everything temporary is in the hidden
 * folder PARENT/.NAME.terramis: the lock against a second run, the stage `new`
 * and the `journal` of its finished territories, from which --resume goes on.
 * At any moment PARENT/NAME is the old result or the new one, whole. Files in
 * it that Terramis did not write are in both (hard links).
 */
#ifndef RUN_STAGE_H
#define RUN_STAGE_H

#include "base/lock.h"

struct stage {
    const char *shown; /**< the output folder as given; the caller's */
    bool overwrite;    /**< files that are not ours, too */
    char *out;         /**< its path, without links */
    char *home;        /**< the hidden folder beside it */
    char *dir;         /**< the stage in it; NULL: none */
    char *journal;     /**< a folder in it, made by whoever writes there */
    char *sums;        /**< a file in it, for the journal */
    struct lock lock;
};

/** Hands the entries of a folder to the disk. */
enum terramis_status stage_sync_folder(const char *path);

/** Makes all folders of a path that are not there. */
enum terramis_status stage_make_folders(const char *path);

/** Locks the output folder for this run and makes a stage for it, after
 * removing what dead runs left, or with `resume` all but their stage and
 * journal. Refuses (TERRAMIS_OUTPUT) where there are results already, unless
 * `overwrite`, where another run is at work, and where the folder cannot be
 * replaced as a whole. The caller closes in either case. */
enum terramis_status stage_open(struct stage *stage, const char *out,
                                bool overwrite, bool resume);

/** Makes the folder dir/name anew, empty. */
enum terramis_status stage_folder(const struct stage *stage, const char *name);

/** Removes the folder dir/name with all that is in it. */
enum terramis_status stage_remove(const struct stage *stage, const char *name);

/** Removes what is in the stage but the `count` folders named. */
enum terramis_status stage_sweep(const struct stage *stage,
                                 const char *const *names, size_t count);

/** Hands the stage to the disk and puts it in the output folder's place. What
 * the old results' manifest lists goes with them, everything else in the old
 * folder is kept. */
enum terramis_status stage_publish(struct stage *stage);

/** Ends the lock. Removes the stage with all that is still in it, but where the
 * run was `interrupted` leaves stage and journal for --resume. */
void stage_close(struct stage *stage, bool interrupted);

#endif
