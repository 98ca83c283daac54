/**
 * @file journal.h
 * @brief What of a run is finished, so that --resume need not do it again.
 *
 * A finished territory has a record in the stage's journal: size and SHA-256 of
 * its files and of the sums of its tiles, the run's date, and a key: the
 * SHA-256 of the program, the project as it was understood, the options that
 * change results, and all of its files. A record counts only where everything
 * is as it says.
 */
#ifndef RUN_JOURNAL_H
#define RUN_JOURNAL_H

#include "run/project.h"
#include "run/stage.h"

struct journal {
    const struct stage *stage;
    struct project *project;
    const struct terramis_options *options;
    struct digests outputs; /**< of files in the stage, for the manifest too */
    struct digest key;
    bool keyed;
};

/** Puts the sums of a territory's tiles aside. */
enum terramis_status journal_keep(const struct journal *journal,
                                  const struct analysis *analysis);

/** Makes digests that the record of a territory needs and that can be made by
 * now, so that it need not wait: those of the project's files and of the sums
 * put aside last. */
enum terramis_status journal_read(struct journal *journal);

/** Records territory `id` with its files in the stage and the sums kept last.
 */
enum terramis_status journal_put(struct journal *journal, const char *id,
                                 const char *date);

/** Opens the sums of territory `id` where its record holds; else *sums is NULL,
 * and a note says why unless there is none. `date`: the record's where it is
 * "", else the record's must be the same. */
enum terramis_status journal_take(struct journal *journal, const char *id,
                                  char date[16], FILE **sums);

void journal_release(struct journal *journal);

#endif
