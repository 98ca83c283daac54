/**
 * @file plot.h
 * @brief Pictures of the membership functions, drawn from their table.
 */
#ifndef RUN_PLOT_H
#define RUN_PLOT_H

#include <stdio.h>

#include "base/status.h"

/** Writes DIR/<name>.svg for each membership with its example's settings, and
 * DIR/README.md that shows them with formulae and sources;
 * makes DIR. Prints the paths to `stream`. */
enum terramis_status plot_memberships(const char *dir, FILE *stream);

#endif
