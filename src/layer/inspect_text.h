/**
 * @file inspect_text.h
 * @brief What the texts of one field look like: broken accents, INSEE codes
 * that lost a zero, numbers written as text.
 */
#ifndef LAYER_INSPECT_TEXT_H
#define LAYER_INSPECT_TEXT_H

#include "layer/inspect.h"

/** Tallies of one field. Zero-initialise. */
struct text_tally {
    long long values;       /**< not null and not blank */
    long long broken;       /**< with broken accents */
    char broken_sample[48]; /**< the first of those */
    long long short_codes;  /**< of four digits */
    long long codes;        /**< of five characters */
    long long numbers;      /**< plain numbers, decimal comma or point */
    long long commas;       /**< numbers with a comma */
    long long decimals;     /**< numbers with a comma or a point */
    long long centres;      /**< say that they are a commune's centre */
};

/** Is `text` UTF-8 that was decoded wrongly once ("Ã©", "â€™"), the mark of
 * lost letters (U+FFFD), or no UTF-8 at all? */
bool text_is_broken(const char *text);

void text_tally_add(struct text_tally *tally, const char *text);

/** Says what is suspicious of the field `name`; `is_text`: of text type. */
enum terramis_status text_tally_judge(const struct text_tally *tally,
                                      const char *name, bool is_text,
                                      struct inspection *inspection);

#endif
