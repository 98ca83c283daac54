/**
 * @file folder.h
 * @brief Folders that are written to.
 */
#ifndef FETCH_FOLDER_H
#define FETCH_FOLDER_H

#include "base/status.h"

/** Makes `folder` and those above it. */
enum terramis_status folder_make(const char *folder);

/** Makes `folder`, or removes the files in it (folders in it stay). */
enum terramis_status folder_empty(const char *folder);

/** Removes `folder` and the files in it, quietly. */
void folder_remove(const char *folder);

#endif
