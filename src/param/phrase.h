/**
 * @file phrase.h
 * @brief Short pieces of messages: what was expected, what was found.
 */
#ifndef PARAM_PHRASE_H
#define PARAM_PHRASE_H

#include "param/param.h"

/** A piece of a message, by value; longer ones are cut at a character. */
struct phrase {
    char text[200];
};

/** `text` in quotes, cut after about 60 bytes, on one line. */
struct phrase phrase_quote(const char *text);

/** What stands in the file: "text 'abc'", "5", "a list", "nothing". */
struct phrase phrase_found(const struct setting *value);

/** What a row wants: "a number (metres)", "true or false", "a list ...". */
struct phrase phrase_wanted(const struct param *row);

/** "0.1..10000 m", "at least 0 %", without the unit when it has none; ""
 * when every number is allowed. `english`: for files, whoever reads them. */
struct phrase phrase_range(const struct param *row, bool english);

/** Has the row a range? */
bool phrase_has_range(const struct param *row);

/** What to do with `text` where a number was wanted; "" when there is nothing
 * to say. */
const char *phrase_number_hint(const struct setting *value);

#endif
