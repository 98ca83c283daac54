/**
 * @file credits.h
 * @brief The small print of maps and reports: sources, method, date, CRS.
 *
 * All append to a text; the caller asks text_status() once.
 */
#ifndef OUTPUT_CREDITS_H
#define OUTPUT_CREDITS_H

#include "base/text.h"
#include "plan/plan.h"

/** Every layer once, by file and layer: "titles (date, licence) ; titles
 * (...)", layers of the same date and licence together. */
void credits_sources(struct text *text, const struct plan *plan);

/** How the score comes about: factors with weights, by falling weight. */
void credits_score(struct text *text, const struct plan *plan);

/** The limits of the classes. */
void credits_classes(struct text *text, const struct plan *plan);

/** "RGF93 v1 / Lambert-93 (EPSG:2154)". */
void credits_crs(struct text *text, const struct plan *plan);

/** "2026-11-24" in words; as it is where it is no date. */
void credits_date(struct text *text, const char *date, int language);

/** Title of constraint number `i` of the overlay for people: as given, or its
 * id; the strips that networks keep free come last. */
const char *constraint_title(const struct plan *plan, size_t i);

#endif
