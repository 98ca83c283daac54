/**
 * @file yaml_tree.h
 * @brief Builds the tree of settings from libfyaml's events. Private to
 * yaml.c.
 *
 * Events rather than libfyaml's documents: they keep duplicate keys (reported
 * by param_read() with their places), and an alias shares the children of its
 * anchor, so that no file makes the tree larger than itself. What the tree
 * stands for is counted all the same, since whoever reads it walks it all.
 */
#ifndef CONFIG_YAML_TREE_H
#define CONFIG_YAML_TREE_H

#include <libfyaml.h>

#include "config/yaml.h"

/* A map or list that is still open. */
struct yaml_frame {
    struct setting node;
    size_t first; /**< its first child on the stack of children */
    size_t nodes; /**< settings in it so far, aliases written out */
    int height;   /**< of what is in it so far */
    int anchor;   /**< index of its anchor; -1: none */
    const char *key;
    struct place key_at;
    bool has_key;
};

struct yaml_anchor {
    const char *name;
    struct setting node;
    size_t nodes; /**< settings that an alias of it stands for */
    int height;   /**< levels of maps and lists in it, itself included */
    bool open;    /**< its end has not been read yet */
};

struct yaml_tree {
    const char *name; /**< of the file */
    struct arena *arena;
    struct yaml_frame frames[YAML_DEPTH_MAX];
    int depth;
    struct setting *children; /**< of all open frames, innermost last */
    size_t count, capacity;
    struct yaml_anchor *anchors;
    size_t anchor_count, anchor_capacity;
    size_t nodes; /**< all settings, aliases written out */
    int documents;
    struct setting *root;
    bool has_root;
};

/** Takes the next event; a wrong one sets the message. */
enum terramis_status yaml_tree_event(struct yaml_tree *tree,
                                     struct fy_event *event);

/** Where the innermost open map or list begins; line 0: none is open. */
struct place yaml_tree_open(const struct yaml_tree *tree);

/** Releases what is not in the arena. */
void yaml_tree_release(struct yaml_tree *tree);

#endif
