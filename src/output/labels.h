/**
 * @file labels.h
 * @brief Words, numbers and dates of the outputs, in French and English.
 */
#ifndef OUTPUT_LABELS_H
#define OUTPUT_LABELS_H

#include "config/config.h" /* enum config_language */

enum label {
#define LABEL(key, fr, en) LABEL_##key,
#include "output/labels.def"
#undef LABEL
    LABEL_COUNT
};

/** The text in `language` (anything but LANGUAGE_EN is French). */
const char *label_text(enum label key, int language);

/** The label of class 1..5 (S1..N2); LABEL_EXCLUDED for any other. */
enum label label_class(int number);

/** The label of a mask of marginal kinds 1..7; LABEL_NODATA for any other. */
enum label label_kind(int mask);

/** A short text by value, so that number_text(...).text needs no free. */
struct short_text {
    char text[64];
};

/** `value` with `decimals` (0..9) digits and grouped thousands: "1 234,5" (with
 * U+202F) in French, "1,234.5" in English; minus is U+2212, a value that is not
 * finite "–". Does not depend on the locale. */
struct short_text number_text(double value, int decimals, int language);

/** number_text() and "ha" after a no-break space. */
struct short_text hectares_text(double area_ha, int decimals, int language);

/** A share of 1 as "12,3 %" / "12.3%". */
struct short_text percent_text(double share, int decimals, int language);

/** What a list leaves out: "… et 1 234 autres" / "… and 1,234 more". */
struct short_text others_text(size_t count, int language);

/** "1er juin 2026" / "1 June 2026"; month 1..12. */
struct short_text date_text(int year, int month, int day, int language);

#endif
