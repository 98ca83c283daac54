/**
 * @file report.h
 * @brief The summary that a run prints, in the project's language.
 */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include "output/output.h"

/** Per territory: parcels, plantable hectares by marginal kind and class, what
 * constraints took, and the five best parcels with their reason. `json`: the
 * same as one JSON object. */
enum terramis_status report_run(const struct output_job *job, bool json,
                                FILE *stream);

#endif
