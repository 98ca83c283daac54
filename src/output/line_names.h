/**
 * @file line_names.h
 * @brief The rivers and main roads of a map with their names and numbers, whole
 * again: layers have them in pieces, from one junction to the next.
 */
#ifndef OUTPUT_LINE_NAMES_H
#define OUTPUT_LINE_NAMES_H

#include "output/map.h"
#include "plan/plan.h"

enum {
    LINE_NAME_LONGEST = 80 /**< bytes; a longer text is no name for a map */
};

/** Zero-initialise. */
struct line_names {
    struct map_line *items; /**< waters, then roads; the longest first */
    size_t count;
    struct line_piece *pieces; /**< memory behind them */
    size_t piece_count, piece_room;
    struct arena arena;
};

/** Those that meet `extent`, from layers whose profile knows a `label` field.
 * The caller releases in either case. */
enum terramis_status line_names_make(struct line_names *names,
                                     const struct plan *plan,
                                     struct rect extent);
void line_names_release(struct line_names *names);

#endif
