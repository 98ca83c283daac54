/**
 * @file write.h
 * @brief Fetched layers as files of the project. Private to fetch.c.
 */
#ifndef FETCH_WRITE_H
#define FETCH_WRITE_H

#include "fetch/fetch.h"

/** Would fetch replace files that it did not write? TERRAMIS_OUTPUT then. */
enum terramis_status write_check(const struct config *config, bool overwrite);

/** Writes the files that the fetched layers go to, each with its record. */
enum terramis_status write_files(const struct config *config,
                                 struct fetch_result *result, const char *date);

#endif
