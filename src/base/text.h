/**
 * @file text.h
 * @brief Text building, comparing and "did you mean".
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/** A growing UTF-8 string. Zero-initialise to start; `data` is never moved
 * into an invalid state: when memory runs out `broken` is set and later
 * additions do nothing (ask text_status() once at the end). */
struct text {
    char *data; /**< NUL-terminated, or NULL while empty */
    size_t length;
    size_t capacity;
    bool broken;
};

void text_add(struct text *text, const char *addition);
/** Adds `count` bytes, none of them NUL. */
void text_add_bytes(struct text *text, const char *bytes, size_t count);
void text_addf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void text_addv(struct text *text, const char *format, va_list args);
/** Adds a character. */
static inline void text_add_char(struct text *text, char c)
{
    if (text->broken || text->length + 1 >= text->capacity) {
        text_add_bytes(text, &c, 1);
        return;
    }
    text->data[text->length++] = c;
    text->data[text->length] = '\0';
}
/** Adds `value` as printf's "%.*f" does, several times as fast where it has at
 * most `decimals` (0..9) decimals. */
void text_add_decimal(struct text *text, double value, int decimals);
void text_add_integer(struct text *text, int64_t value);
/** Adds `addition` with &, <, >, " and ' as XML entities, without what XML 1.0
 * has no way to write. */
void text_add_xml(struct text *text, const char *addition);
/** Adds `addition` as a JSON string, in quotes. Bytes that are no UTF-8 become
 * U+FFFD; "<" is escaped, so that no "</script" can end the element around. */
void text_add_json(struct text *text, const char *addition);
/** Makes a text of anybody fit for a terminal and a log: characters that would
 * command the one, turn the line around or are no UTF-8 become "?", in place,
 * and line breaks, where they are not wanted (`lines`), spaces. */
void text_tame(char *text, bool lines);
/** The string so far; "" while empty. */
const char *text_get(const struct text *text);
enum terramis_status text_status(const struct text *text);
void text_release(struct text *text);
/** Hands the string over to *out, to be freed by the caller; where the text is
 * broken nothing is left of it and *out is NULL. */
enum terramis_status text_take(struct text *text, char **out);

/** Equal, ignoring the case of ASCII letters? NULL equals nothing. */
bool text_same(const char *a, const char *b);

/** The whole of `text` as a finite number in C notation, spaces around
 * allowed; false if it is anything else. Not affected by the locale as long as
 * LC_NUMERIC is left alone (see main.c). */
bool text_to_real(const char *text, double *value);

/** Reads `text` as `pattern` says: there a space stands for white space or
 * nothing, "#" for the digits of a whole number (18 at most, or as many as the
 * digit behind it says), which goes into numbers[], and all else for itself.
 * Returns what follows in `text`; NULL: it is not like that. */
const char *text_scan(const char *text, const char *pattern, long *numbers);

/** Damerau-Levenshtein distance (adjacent transposition counts 1) between the
 * first 63 bytes of both, ignoring ASCII case. */
size_t text_distance(const char *a, const char *b);

/** Chooses the nearer candidate for "did you mean": keeps in *best the name
 * nearest to `word` among those offered one by one; NULL while none is within
 * a third of the word's length (at least 1, at most 3 edits). */
void text_offer(const char *word, const char *candidate, const char **best);

#endif
