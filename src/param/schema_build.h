/**
 * @file schema_build.h
 * @brief The parts of schema_of(): values and maps. Private to param/.
 */
#ifndef PARAM_SCHEMA_BUILD_H
#define PARAM_SCHEMA_BUILD_H

#include "param/schema.h"

struct schema {
    const struct registry *registries;
    struct arena arena; /**< for presets while they are parsed */
    bool broken;        /**< no memory: what is built is thrown away */
};

/** Adds to an object or array; takes `value` over, whatever happens. */
void schema_put(struct schema *s, struct json_object *map, const char *key,
                struct json_object *value);
void schema_append(struct schema *s, struct json_object *list,
                   struct json_object *value);

/** Puts "type": `type`, or [`type`, "null"]. */
void schema_put_type(struct schema *s, struct json_object *map,
                     const char *type, bool or_null);

/** The schema of one row's value, with description and default. */
struct json_object *schema_row(struct schema *s, const struct param *row);

/** The schema of a map that `rows` describe. */
struct json_object *schema_map(struct schema *s, const struct param *rows,
                               bool or_null);

#endif
