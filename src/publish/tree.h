/**
 * @file tree.h
 * @brief Short forms for building the JSON descriptions. Lack of memory is
 * kept in `broken`, asked for once at the end.
 */
#ifndef PUBLISH_TREE_H
#define PUBLISH_TREE_H

#include "publish/publication.h"

struct tree {
    struct json_object *root;
    bool broken;
};

static inline void tree_text(struct tree *t, struct json_object *map,
                             const char *key, const char *text)
{
    if (text)
        json_put(map, key, json_object_new_string(text), &t->broken);
}

static inline void tree_number(struct tree *t, struct json_object *map,
                               const char *key, double number)
{
    json_put(map, key, json_number(number), &t->broken);
}

static inline struct json_object *
tree_map(struct tree *t, struct json_object *map, const char *key)
{
    struct json_object *child = json_object_new_object();
    json_put(map, key, child, &t->broken);
    return t->broken ? NULL : child;
}

static inline struct json_object *
tree_list(struct tree *t, struct json_object *map, const char *key)
{
    struct json_object *child = json_object_new_array();
    json_put(map, key, child, &t->broken);
    return t->broken ? NULL : child;
}

static inline struct json_object *tree_item(struct tree *t,
                                            struct json_object *list)
{
    struct json_object *child = json_object_new_object();
    json_append(list, child, &t->broken);
    return t->broken ? NULL : child;
}

static inline void tree_append_text(struct tree *t, struct json_object *list,
                                    const char *text)
{
    json_append(list, json_object_new_string(text), &t->broken);
}

/** The abstract as a value of `key`. */
static inline void tree_abstract(struct tree *t, struct json_object *map,
                                 const char *key, const struct publication *p,
                                 int language)
{
    struct text text = {0};
    publish_abstract(&text, p, language);
    tree_text(t, map, key, text_get(&text));
    t->broken |= text.broken;
    text_release(&text);
}

/** Writes the tree and releases it. */
static inline enum terramis_status
tree_write(struct tree *t, struct publication *p, const char *path)
{
    if (!t->broken)
        return publication_write_json(p, path, t->root);
    json_object_put(t->root);
    return status_no_memory();
}

#endif
