/**
 * @file swap.h
 * @brief A new folder takes the place of an old one at once.
 */
#ifndef RUN_SWAP_H
#define RUN_SWAP_H

#include "base/status.h"

/** Moves the folder `new` to `out`. The one that was at `out` is then at `new`,
 * or at `old`: where the file system cannot exchange two names (or not
 * `exchange`, for tests), it is renamed to `old` first, and a process that ends
 * between the two leaves swap_repair() to be called. All are on one file
 * system. TERRAMIS_OUTPUT: everything is as it was. */
enum terramis_status swap_folders(const char *new, const char *out,
                                  const char *old, bool exchange);

/** Moves `old` back to `out` where nothing is there. */
enum terramis_status swap_repair(const char *out, const char *old);

/** Why the folder `out` cannot take part in a swap: it is where something is
 * mounted, or the working folder is inside it; NULL: it can. */
const char *swap_obstacle(const char *out);

#endif
