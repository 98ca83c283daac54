/**
 * @file fonts.h
 * @brief The one font family of all drawings, loaded from its own files.
 *
 * Neither the user's fontconfig files nor other installed fonts have a say, so
 * that a page looks the same on every machine, and a missing font is an error
 * instead of a page of boxes.
 */
#ifndef OUTPUT_FONTS_H
#define OUTPUT_FONTS_H

#include <pango/pango.h>
#include <stdbool.h>

#include "base/status.h"

#define FONTS_FAMILY "DejaVu Sans"

struct fonts;

/** Loads DejaVuSans.ttf and DejaVuSans-Bold.ttf from `folder` (NULL: where
 * Debian's fonts-dejavu-core puts them). TERRAMIS_OUTPUT naming the file that
 * is missing or no font. Free with fonts_free(). */
enum terramis_status fonts_open(const char *folder, struct fonts **fonts);
void fonts_free(struct fonts *fonts);

/** Has the font a glyph for this character? */
bool fonts_have(const struct fonts *fonts, gunichar character);

/** A new context that draws with these fonts: sizes in cairo user units, no
 * hinting, no rounding. Release with g_object_unref(), before the fonts. */
PangoContext *fonts_context(const struct fonts *fonts, const char *language);

#endif
