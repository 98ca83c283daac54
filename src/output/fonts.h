/**
 * @file fonts.h
 * @brief The one font family of all drawings, built into the program.
 *
 * Neither the user's fontconfig files nor installed fonts have a say, so that a
 * page looks the same on every machine and text never disappears. The faces are
 * those of Debian's fonts-dejavu-core at build time (Makefile). They carry
 * their notice and licence, and `make install` puts them beside LICENSE.
 */
#ifndef OUTPUT_FONTS_H
#define OUTPUT_FONTS_H

#include <pango/pango.h>
#include <stdbool.h>

#include "base/status.h"

#define FONTS_FAMILY "DejaVu Sans"

struct fonts;

/** Regular and bold. TERRAMIS_OUTPUT when the system has no file descriptor or
 * no memory for them. Give them back with fonts_free(). Safe in several
 * threads. */
enum terramis_status fonts_open(struct fonts **fonts);
/** They stay for the next who draws, until the program ends. */
void fonts_free(struct fonts *fonts);

/** Has the font a glyph for this character? */
bool fonts_have(const struct fonts *fonts, gunichar character);

/** A new context that draws with these fonts: sizes in cairo user units, no
 * hinting, no rounding. Release with g_object_unref(), before the fonts. */
PangoContext *fonts_context(const struct fonts *fonts, const char *language);

#endif
