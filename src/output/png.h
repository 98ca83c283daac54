/**
 * @file png.h
 * @brief Writes a drawn page as a PNG of 8-bit palette colours.
 *
 * The same image and texts give the same bytes: no time stamp, no gamma guess.
 */
#ifndef OUTPUT_PNG_H
#define OUTPUT_PNG_H

#include "base/status.h"
#include "output/quantize.h"

/** One iTXt entry, UTF-8. Keywords of the PNG standard: Title, Author,
 * Source, Copyright, Description, Software. */
struct page_text {
    const char *keyword;
    const char *text; /**< NULL or "": left out */
};

struct page_image {
    struct rgb_image image;
    double dpi;           /**< of the pHYs chunk */
    const unsigned *keep; /**< 0xRRGGBB colours that must stay exact */
    size_t keep_count;
    const struct page_text *texts;
    size_t text_count;
};

/** Writes `path` whole or not at all. TERRAMIS_OUTPUT with path and reason
 * when it cannot (no folder, no right, disk full). */
enum terramis_status page_write_png(const struct page_image *page,
                                    const char *path);

/** libpng's version, such as "1.6.39". */
const char *page_png_version(void);

#endif
