/**
 * @file output.h
 * @brief What a run writes: one file + one line in outputs.def per format.
 *
 * Everything goes to a stage folder that has the layout of the result; run.c
 * publishes it by renames once all is complete. The bytes depend on inputs,
 * project and date only.
 */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "output/shade.h"
#include "plan/analysis.h"

/** A territory that was analysed. */
struct territory_result {
    struct analysis analysis;
    struct sites sites;
    struct shade shade; /**< for maps */
    bool done;          /**< false: it failed and has no results */
};

struct output_job {
    struct plan *plan; /**< plan->geos is free to use; the rest is shared with
                            other threads, read-only */
    const struct territory_result *results; /**< all asked for, in order */
    size_t count;
    const char *dir;  /**< stage folder; territories in dir/<id>/ */
    const char *date; /**< of the run, UTC, "2026-11-24" */
    int part;         /**< of an op's `parts`, from 0 */
    /** Of the layers' files, and of the files written; NULL: not kept. */
    struct digests *inputs, *outputs;
};

/** The path "dir/<id>/name" in a territory's folder, or "dir/name" where
 * `result` is NULL; caller frees. */
enum terramis_status output_path(const struct output_job *job,
                                 const struct territory_result *result,
                                 const char *name, char **path);

struct output_op {
    struct operator op; /**< name as in `outputs:` */
    const char *files;  /**< what it writes, for lists */
    const char *large;  /**< of a territory's files the one that takes a while
                             to read; NULL: none */
    bool draws;         /**< territory() reads the finished rasters */
    bool early;         /**< territory() takes long in one thread, and does not
                             draw: it begins before the rasters are finished */
    bool lists;         /**< project() looks at the files of the ops before */
    int parts; /**< calls of territory() and of project(), each for other
                    files; 0: one */
    /** Once per territory that is done; NULL: nothing. */
    enum terramis_status (*territory)(const struct output_job *job,
                                      const struct territory_result *result);
    /** Once per run, after all territories; NULL: nothing. */
    enum terramis_status (*project)(const struct output_job *job);
};

extern const struct registry output_registry;

/** Does any output that is asked for draw maps? */
bool output_draws(const struct config *config);

/** Is the output `name` asked for? (The registry of outputs is complete.) */
bool output_wanted(const struct config *config, const char *name);

/** An op to run: for a territory (part after part), or for the whole run. */
struct output_step {
    const struct output_op *op;
    const struct output_job *job;
    const struct territory_result *result; /**< NULL: the whole run */
    int part;
};

enum {
    OUTPUT_STEPS_MAX = 24
};

/** The steps that the project asks for, in the table's order, OUTPUT_STEPS_MAX
 * at most; each writes files of its own and waits for no other but where the op
 * `lists`. Returns how many. `result` NULL: those of the whole run. */
size_t output_steps(const struct output_job *job,
                    const struct territory_result *result,
                    struct output_step *steps);

/** Runs one step with a GEOS context of its own, so several may run at a time.
 */
enum terramis_status output_run_step(const struct output_step *step);

/** Title of a factor for people: as given, or its id. */
static inline const char *factor_title(const struct factor *factor)
{
    return factor->config->title ? factor->config->title : factor->config->id;
}

#endif
