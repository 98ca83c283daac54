/**
 * @file project.h
 * @brief What the calls of terramis.h share: a project opened for work.
 */
#ifndef RUN_PROJECT_H
#define RUN_PROJECT_H

#include "output/digest.h"
#include "output/output.h"

/** Everything that a project file can name. */
void project_registries(struct registry registries[CONFIG_REGISTRY_COUNT]);

/** A project file and its layers, read. */
struct project {
    struct config config;
    struct digests inputs; /**< its files as they were before any was read */
    struct plan plan;
};

/** Reads project file and, where `layers`, every layer. Release in either
 * case. */
enum terramis_status project_open(struct project *project,
                                  const struct terramis_options *options,
                                  bool layers);

/** The layers of a project opened without them. */
enum terramis_status project_layers(struct project *project,
                                    const struct terramis_options *options);

/** TERRAMIS_INPUT where a file of the project is not as it was when it was
 * opened: what was read may be half of one and half of another. */
enum terramis_status project_unchanged(const struct project *project);
void project_release(struct project *project);

/** Only the project file, whose layers may still have to be downloaded. */
enum terramis_status
project_open_unfetched(struct project *project,
                       const struct terramis_options *options);

/** The project file and the output folder, or what stands for them. */
const char *project_path(const struct terramis_options *options);
const char *project_out(const struct terramis_options *options);

/** Is territory number `i` asked for? */
bool project_wants(const struct project *project,
                   const struct terramis_options *options, size_t i);

/** Today in UTC, "2026-11-24"; SOURCE_DATE_EPOCH where it is set. */
void run_date(char date[16]);

#endif
