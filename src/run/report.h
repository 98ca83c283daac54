/**
 * @file report.h
 * @brief The summary that a run prints, in the project's language.
 */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include "output/output.h"

/** Per territory: parcels, plantable hectares by marginal kind and class, what
 * constraints took, and the five best parcels with their reason. */
void report_run(const struct output_job *job, FILE *stream);

/** How the last event of a call begins: its kind, the code and, unless that is
 * 0, the message. */
struct json_object *report_event(const char *kind, enum terramis_status code,
                                 bool *broken);

/** Prints it; puts it in any case. */
enum terramis_status report_print(struct json_object *event, bool broken,
                                  FILE *stream);

/** The last event of a run: "done", with its code and, unless that is 0, the
 * message. `job`: the same as report_run() says; NULL: no results were
 * published. */
enum terramis_status report_done(const struct terramis_options *options,
                                 enum terramis_status code,
                                 const struct output_job *job, FILE *stream);

#endif
