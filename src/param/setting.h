/**
 * @file setting.h
 * @brief A project file as a tree of settings that remember where they stand.
 */
#ifndef PARAM_SETTING_H
#define PARAM_SETTING_H

#include <stdbool.h>
#include <stddef.h>

/** Where something stands in the project file; both count from 1. */
struct place {
    int line, column;
};

enum setting_kind {
    SETTING_SCALAR,
    SETTING_LIST,
    SETTING_MAP
};

/** One node. All text and items live in the arena of the reader. */
struct setting {
    enum setting_kind kind;
    struct place at;       /**< of the value */
    const char *key;       /**< in a map; NULL in a list and at the root */
    struct place key_at;   /**< of the key */
    const char *text;      /**< scalar: its text; NULL: empty (YAML null) */
    bool quoted;           /**< scalar: was it quoted (then it is text)? */
    struct setting *items; /**< list or map: `count` children, in file order */
    size_t count;
};

/** The first child of `map` called `key`; NULL: none (or `map` is NULL or no
 * map). */
const struct setting *setting_find(const struct setting *map, const char *key);

/** Is there no value: NULL, or a scalar without text (YAML null)? */
bool setting_is_empty(const struct setting *setting);

#endif
