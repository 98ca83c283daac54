/**
 * @file companions.h
 * @brief The files beside a source that GDAL reads with it.
 */
#ifndef OUTPUT_COMPANIONS_H
#define OUTPUT_COMPANIONS_H

#include <stddef.h>

#include "base/text.h"

/** Puts the path of companion number `i` of `source` in `path` (released by
 * the caller); false: there are no more. The file need not exist. */
bool companion_path(const char *source, size_t i, struct text *path);

#endif
