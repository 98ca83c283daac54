/**
 * @file yaml.h
 * @brief YAML by libfyaml as a tree of settings that know where they stand.
 *
 * The subset that a settings file needs: one document, a map at its root,
 * maps, lists, scalars, anchors and aliases. Tags and merge keys are refused.
 * Every error is TERRAMIS_PROJECT with the message "file:line:column: ...";
 * only the first is reported, since a tree is needed to go on.
 */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "base/mem.h"
#include "param/setting.h"

enum {
    YAML_SIZE_MAX = 16 * 1024 * 1024, /**< bytes of a file */
    YAML_NODES_MAX = 100000,          /**< with aliases written out */
    YAML_DEPTH_MAX = 64,              /**< maps and lists inside one another */
    YAML_ANCHORS_MAX = 1000
};

/** Reads the file `path` into *root, a map; all of it lives in `arena`. */
enum terramis_status yaml_read(const char *path, struct arena *arena,
                               struct setting *root);

/** The same from `size` bytes of memory; `name` is used in messages. */
enum terramis_status yaml_parse(const char *name, const char *data, size_t size,
                                struct arena *arena, struct setting *root);

#endif
