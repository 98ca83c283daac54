/**
 * @file terramis.h
 * @brief The public interface of libterramis: find and score marginal land
 * for planting miscanthus.
 *
 * Every function returns a status; when it is not TERRAMIS_OK,
 * terramis_message() says what went wrong, where, and what to do. The calls
 * are not reentrant: one analysis per process at a time (an analysis itself
 * uses threads).
 */
#ifndef TERRAMIS_H
#define TERRAMIS_H

#include <stdbool.h>
#include <stdio.h>

#define TERRAMIS_VERSION "0.1.0"

/** Results, and exit codes of the command-line program. */
enum terramis_status {
    TERRAMIS_OK = 0,
    TERRAMIS_INTERNAL = 1,     /**< a defect or no memory */
    TERRAMIS_USAGE = 2,        /**< the command line is wrong */
    TERRAMIS_PROJECT = 3,      /**< the project file is wrong */
    TERRAMIS_INPUT = 4,        /**< a layer cannot be used */
    TERRAMIS_PARTIAL = 5,      /**< some territories were not finished */
    TERRAMIS_OUTPUT = 6,       /**< results could not be written */
    TERRAMIS_INTERRUPTED = 130 /**< stopped by a signal */
};

/** Megabytes that an analysis may take unless it is told otherwise. */
#define TERRAMIS_MEMORY 2048

/** What a call works on and how; zero-initialise for the defaults. */
struct terramis_options {
    const char *project;   /**< project file; NULL: "terramis.yaml" */
    const char *out;       /**< output folder; NULL: "out" */
    const char *territory; /**< id of the only territory to do; NULL: all */
    int threads;           /**< worker threads; 0: one per processor */
    int tile;              /**< cells per side of a tile: 128, 256 or 512;
                                0: 256. Results do not depend on it */
    double max_memory;     /**< megabytes: a run or check that would take
                                more is refused; 0: TERRAMIS_MEMORY */
    double resolution;     /**< cell size, metres; 0: the project's */
    bool overwrite;        /**< replace the results already in `out` */
    bool resume;           /**< take over the territories and tiles that an
                                interrupted run into `out` finished, where
                                project, inputs and program are the same */
    double checkpoint;     /**< seconds of work that a run may lose where it is
                                interrupted; 0: 10, or more where keeping it
                                would take more than 1 % of the time */
    bool offline;          /**< fetch: use nothing but its cache */
    bool refresh;          /**< fetch: ask for everything again */
    bool json;             /**< print JSON rather than text */
    bool quiet;            /**< no progress, no notes (errors remain) */
    bool verbose;          /**< say more: operations, counts, times */
};

/** The tables that terramis_list() prints. */
enum terramis_table {
    TERRAMIS_CRITERIA,
    TERRAMIS_MEMBERSHIPS,
    TERRAMIS_WEIGHTINGS,
    TERRAMIS_COMBINERS,
    TERRAMIS_YIELDS,
    TERRAMIS_OUTPUTS,
    TERRAMIS_LAYERS,
    TERRAMIS_SERVICES,
    TERRAMIS_PRESETS,
    TERRAMIS_THRESHOLDS
};

/** For programs: messages in the language that the environment asks for
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG): French, otherwise English. Sets the
 * process's LC_CTYPE and LC_MESSAGES, never LC_NUMERIC. Call it first, before
 * any thread starts; without it messages are in English. */
void terramis_setup_language(void);

/** The message of the last call that failed; "" after success. */
const char *terramis_message(void);

/** Runs the analysis; prints a summary per territory to `stream`. */
enum terramis_status terramis_run(const struct terramis_options *options,
                                  FILE *stream);

/** Runs several projects, one after the other, each into a folder of its own
 * in `out` that has the name of its file; then writes out/index.html over them
 * and the same for programs, out/batch.json. A project that fails does not stop
 * the others: TERRAMIS_PARTIAL, or the first failure where no project was
 * finished. options->project is not looked at. */
enum terramis_status terramis_run_batch(const struct terramis_options *options,
                                        const char *const *projects,
                                        size_t count, FILE *stream);

/** Reads project and layers as a run would, computes nothing, reports. */
enum terramis_status terramis_check(const struct terramis_options *options,
                                    FILE *stream);

/** Proves the files in the output folder `dir` against its manifest.json: size
 * and SHA-256 of each, none missing, none more; prints those that differ.
 * TERRAMIS_INPUT where there is no manifest that can be used, TERRAMIS_OUTPUT
 * where a file differs. A manifest proves nothing about itself. */
enum terramis_status terramis_verify(const struct terramis_options *options,
                                     const char *dir, FILE *stream);

/** Says why a parcel of a finished run has its score. */
enum terramis_status terramis_explain(const struct terramis_options *options,
                                      const char *parcel_id, FILE *stream);

/** Makes the finished run in the folder `run` ready for an open-data portal, in
 * the folder options->out (NULL: "publication"): its data in open formats,
 * metadata, and all of it as one zip file. Nothing is computed; only fields
 * that Terramis computes are published. TERRAMIS_INPUT: no run, not finished,
 * or changed since; TERRAMIS_PROJECT: its licence does not allow it. */
enum terramis_status terramis_publish(const struct terramis_options *options,
                                      const char *run, FILE *stream);

/** Says where the factors' weights come from and, for AHP, how consistent the
 * judgements are and which ones hurt; then how factors are combined, with
 * order weights, andness and trade-off of OWA. Reads no layer. */
enum terramis_status terramis_weights(const struct terramis_options *options,
                                      FILE *stream);

/** Prints one of the tables: what exists, its parameters, units, defaults.
 * With `out`, which only the memberships take, draws them instead: an SVG file
 * for each in that folder. */
enum terramis_status terramis_list(const struct terramis_options *options,
                                   enum terramis_table table, FILE *stream);

/** Downloads the layers under `fetch:` in the project file, and prints what
 * came. A file is replaced whole or not at all; one that was not downloaded
 * by terramis only with `overwrite`. Its licence and date stand in a file
 * beside it, NAME.source.json, which a later run reads. TERRAMIS_INPUT for a
 * service that does not answer, or not with what was asked for. */
enum terramis_status terramis_fetch(const struct terramis_options *options,
                                    FILE *stream);

/** Prints the JSON Schema (draft-07) of the project file. */
enum terramis_status terramis_schema(FILE *stream);

/** Generates the synthetic demo layers (seeded) and a project file in `dir`.
 * `small`: the version that is bundled with the sources (<= 6 MB). */
enum terramis_status terramis_demo(const struct terramis_options *options,
                                   const char *dir, bool small);

/** Asks a running analysis to stop; safe in a signal handler. */
void terramis_interrupt(void);

#endif
