/**
 * @file layout.h
 * @brief Where things stand on a sheet, and at what scale. No drawing.
 */
#ifndef OUTPUT_LAYOUT_H
#define OUTPUT_LAYOUT_H

#include "base/status.h"
#include "geo/rect.h"
#include "output/canvas.h"

enum {
    LAYOUT_COLUMNS = 3
};

enum paper {
    PAPER_A3,
    PAPER_A4,
    PAPER_COUNT
};

/** Is `paper` in the bits `papers` of the project file? No bit is A3. */
static inline bool paper_wanted(unsigned papers, enum paper paper)
{
    return papers ? papers >> paper & 1 : paper == PAPER_A3;
}

/** What its files have at the end of their names. */
static inline const char *paper_suffix(enum paper paper)
{
    return paper == PAPER_A4 ? "-a4" : "";
}

struct layout {
    enum paper paper;
    double text; /**< zoom of all texts: a smaller sheet has smaller ones */
    double page_w, page_h; /**< mm; portrait when page_h is the larger */
    struct box title;
    struct box banner; /**< strip on top of the frame; h = 0: none */
    struct box frame;  /**< the map itself, on whole pixels of CANVAS_DPI */
    struct box columns[LAYOUT_COLUMNS]; /**< legend, scale, notes: one column
                                             beside the map, or three below */
    int column_count;
    struct rect view;    /**< CRS area that the frame shows */
    double ratio;        /**< scale denominator, a round number */
    double units_per_mm; /**< CRS units (metres) per millimetre of page */
    double tick;         /**< CRS units from coordinate tick to tick */
};

/** Chooses the sheet's orientation and the largest round scale at which
 * `extent` (CRS units, metres) fits with a margin. `legend` is the height the
 * legend would like, mm: below the map it gets that within reason.
 * TERRAMIS_INTERNAL when the extent is empty or not finite. */
enum terramis_status layout_make(enum paper paper, struct rect extent,
                                 bool banner, double legend,
                                 struct layout *layout);

/** The largest 1, 2 or 5 times a power of ten that is <= `most` (> 0). */
double layout_round_length(double most);

/** The smallest scale denominator used on maps that is >= `least` (> 0). */
double layout_round_ratio(double least);

static inline double layout_x(const struct layout *layout, double x)
{
    return layout->frame.x + (x - layout->view.xmin) / layout->units_per_mm;
}

static inline double layout_y(const struct layout *layout, double y)
{
    return layout->frame.y + (layout->view.ymax - y) / layout->units_per_mm;
}

#endif
