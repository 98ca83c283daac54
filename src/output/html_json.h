/**
 * @file html_json.h
 * @brief The page's data as JSON text, written as it comes: a tree of json-c
 * would hold a million objects for 20,000 parcels.
 *
 * `key` is NULL inside arrays; keys are plain words. Errors are remembered in
 * the text and the file.
 */
#ifndef OUTPUT_HTML_JSON_H
#define OUTPUT_HTML_JSON_H

#include "base/text.h"
#include "output/file.h"

struct html_json {
    struct text out;
    struct file *file; /**< where html_flush() sends the text */
    bool more;         /**< a value stands before, so a comma comes next */
};

/** `bracket`: '{' or '['; html_close() takes '}' or ']'. */
void html_open(struct html_json *json, const char *key, char bracket);
void html_close(struct html_json *json, char bracket);

/** NULL gives null. Safe inside a script element: no "<" is left. */
void html_text(struct html_json *json, const char *key, const char *text);

/** At most `decimals` decimals, no trailing zeros; NaN gives null. */
void html_real(struct html_json *json, const char *key, double value,
               int decimals);
void html_integer(struct html_json *json, const char *key, long long value);
void html_flag(struct html_json *json, const char *key, bool value);

/** 0xRRGGBB as "#rrggbb". */
void html_colour(struct html_json *json, const char *key, unsigned rgb);

/** Moves what was written so far to the file. */
void html_flush(struct html_json *json);

#endif
