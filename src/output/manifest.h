/**
 * @file manifest.h
 * @brief What a run read, with what, and what it wrote: enough to repeat it.
 *
 * The bytes depend on project, inputs, results, library versions and date;
 * never on threads, time of day, host or folders above the project's.
 */
#ifndef OUTPUT_MANIFEST_H
#define OUTPUT_MANIFEST_H

#include "output/output.h"

#define MANIFEST_NAME "manifest.json"

/** Writes job->dir/manifest.json, last of all: it lists every other file there.
 * TERRAMIS_OUTPUT with the path of what cannot be read or written. */
enum terramis_status manifest_write(const struct output_job *job);

#endif
