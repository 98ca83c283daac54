/**
 * @file json.h
 * @brief Building JSON: additions that remember a lack of memory, and the
 * settings of any option rows as JSON.
 *
 * Functions that make a value return NULL when memory runs out; putting NULL
 * anywhere sets *broken, which the caller looks at once, at the end.
 */
#ifndef PARAM_JSON_H
#define PARAM_JSON_H

#include <json-c/json.h>

#include "param/param.h"

/** Adds to an object or array; takes `value` over, whatever happens. */
void json_put(struct json_object *map, const char *key,
              struct json_object *value, bool *broken);
void json_append(struct json_object *list, struct json_object *value,
                 bool *broken);

/** As people write numbers, 5 rather than 5.0; the same text everywhere. */
struct json_object *json_number(double value);

/** Prints `root` for machines and people, and releases it; NULL is a lack of
 * memory. */
enum terramis_status json_print(struct json_object *root, FILE *stream);

/** The same on a single line. */
enum terramis_status json_print_line(struct json_object *root, FILE *stream);

/** Parses `size` bytes of text, all of them, nested `depth` deep at most. *root
 * is NULL where they are no JSON, for the reason in *why, and where they hold
 * more than that (json_tokener_success). The caller puts *root. */
enum terramis_status json_parse(const char *text, size_t size, int depth,
                                struct json_object **root,
                                enum json_tokener_error *why);

/** Reads a whole JSON file of at most 64 MB; the caller puts *root. The codes
 * are those of the caller's: `missing` where it cannot be read, `broken` where
 * it is no JSON. */
enum terramis_status json_read(const char *path, enum terramis_status missing,
                               enum terramis_status broken,
                               struct json_object **root);

/** The value of a key; NULL where there is none, or `map` is NULL or no map. */
struct json_object *json_get(struct json_object *map, const char *key);
/** The text of a key; NULL where it has none. */
const char *json_get_text(struct json_object *map, const char *key);
/** The number of a key; NAN where it has none. */
double json_get_number(struct json_object *map, const char *key);
/** Items of an array; 0 for anything else. */
size_t json_count(struct json_object *list);

/** A path for others to read: as written, but only the file's name where it is
 * absolute, since folders of one machine mean nothing on another. */
const char *json_path(const char *path);

/** The settings in `values`, the struct of `rows`, under the keys that the
 * project file has for them, with the presets that took effect. What was not
 * given and has no preset is left out. */
struct json_object *json_settings(const struct param *rows, const void *values,
                                  bool *broken);

#endif
