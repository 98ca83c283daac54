/**
 * @file pdf.h
 * @brief A GeoPDF of maps: one A3 page each, bookmarked, text searchable.
 */
#ifndef OUTPUT_PDF_H
#define OUTPUT_PDF_H

#include "geo/crs.h"
#include "output/canvas.h"
#include "output/map.h"

struct pdf;

struct pdf_info {
    const char *title, *author, *subject, *keywords;
    const char *created;   /**< "2026-07-14T09:00:00Z"; the caller's, so that
                                two runs can give the same bytes. Not NULL */
    const struct crs *crs; /**< of the maps' coordinates; NULL: none, the
                                maps are pictures. Lives as long as the pdf */
    const char *language;  /**< "fr" or "en"; with `crs` only */
};

/** Starts `path`, which appears only when pdf_close() succeeds. */
enum terramis_status pdf_open(const char *path, const struct pdf_info *info,
                              struct pdf **pdf);

/** Adds one page; `bookmark` NULL: none. */
enum terramis_status pdf_add_map(struct pdf *pdf, const struct map *map,
                                 const char *bookmark);

/** Begins a page of `w` x `h` mm that the caller draws himself; ends it. */
void pdf_page_begin(struct pdf *pdf, double w, double h, const char *bookmark,
                    int language, struct canvas *canvas);
enum terramis_status pdf_page_end(struct canvas *canvas);

/** Writes the file and frees `pdf`, also on failure. */
enum terramis_status pdf_close(struct pdf *pdf);

/** Frees `pdf` and leaves no file; NULL allowed. */
void pdf_discard(struct pdf *pdf);

#endif
