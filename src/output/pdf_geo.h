/**
 * @file pdf_geo.h
 * @brief Where the maps of a PDF lie: a GeoPDF from one that cairo has made.
 *
 * cairo cannot write the viewport and measure dictionaries of ISO 32000-2
 * (12.9, 12.10), so they come as an incremental update (ISO 32000-1, 7.5.6):
 * the pages' dictionaries once more, with a /VP, after the end of the file.
 * What cairo wrote stays as it is.
 */
#ifndef OUTPUT_PDF_GEO_H
#define OUTPUT_PDF_GEO_H

#include "base/text.h"
#include "geo/crs.h"
#include "geo/rect.h"
#include "output/canvas.h"

/** A map on a page. */
struct pdf_view {
    int page;         /**< from 1 */
    double page_h;    /**< mm */
    struct box frame; /**< of the map, mm from the upper left corner */
    struct rect area; /**< what it shows, CRS units */
};

/** Appends to `update` what has to follow the `size` bytes of a PDF of cairo,
 * so that its maps can be measured and laid over others. `pdf` ends with a NUL
 * after those bytes. `language`: "fr", also told to screen readers. Nothing
 * is appended where `count` is 0. TERRAMIS_INTERNAL where the file is not
 * built as cairo does. */
enum terramis_status pdf_geo_update(const char *pdf, size_t size,
                                    const struct pdf_view *views, size_t count,
                                    const struct crs *crs, const char *language,
                                    struct text *update);

#endif
