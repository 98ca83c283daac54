/* datapackage.json: Frictionless Data Package 1.0, with a Table Schema for each
 * CSV file. */
#include <stdlib.h>
#include <string.h>

#include "publish/columns.h"
#include "publish/tree.h"

static void put_field(struct tree *t, struct json_object *list,
                      const struct publication *p, enum allowed_table table,
                      const char *name)
{
    struct allowed allowed;
    struct json_object *map = tree_item(t, list);
    tree_text(t, map, "name", name);
    if (!allowed_find(table, name, p->parameters, &allowed))
        return; /* refused before it was copied */
    tree_text(t, map, "type", allowed.type);
    tree_text(t, map, "title", allowed.title[IN_FRENCH]);
    tree_text(t, map, "description", allowed.about[IN_FRENCH]);
    if (*allowed.unit)
        tree_text(t, map, "unit", allowed.unit);
}

static enum terramis_status put_schema(struct tree *t, struct json_object *map,
                                       const struct publication *p,
                                       const char *path,
                                       enum allowed_table table)
{
    struct columns columns;
    const char *name;
    char *full = NULL;
    TRY(publication_path(p->dir, path, &full));
    enum terramis_status status = columns_open(&columns, full, TERRAMIS_OUTPUT);
    struct json_object *schema = tree_map(t, map, "schema");
    struct json_object *fields = tree_list(t, schema, "fields");
    while ((name = columns_next(&columns)))
        put_field(t, fields, p, table, name);
    tree_append_text(t, tree_list(t, schema, "missingValues"), "");
    columns_close(&columns);
    free(full);
    return status;
}

/* "caux-seine/parcels.csv": "caux-seine.parcels.csv", small letters. */
static void put_name(struct tree *t, struct json_object *map, const char *path)
{
    struct text name = {0};
    for (const char *c = path; *c; c++)
        text_addf(&name, "%c",
                  *c == '/'                ? '.'
                  : *c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a'
                                           : *c);
    tree_text(t, map, "name", text_get(&name));
    t->broken |= name.broken;
    text_release(&name);
}

static enum terramis_status put_resource(struct tree *t,
                                         struct json_object *list,
                                         const struct publication *p,
                                         const struct published_file *file)
{
    struct json_object *map = tree_item(t, list);
    struct text hash = {0};
    const char *suffix = strrchr(file->path, '.');
    enum allowed_table table = columns_table(file->path);
    text_addf(&hash, "sha256:%s", file->digest.sha256);
    put_name(t, map, file->path);
    tree_text(t, map, "path", file->path);
    tree_text(t, map, "title", file->title[IN_FRENCH]);
    tree_text(t, map, "format", suffix ? suffix + 1 : "");
    tree_text(t, map, "mediatype", file->media);
    tree_number(t, map, "bytes", (double)file->digest.bytes);
    tree_text(t, map, "hash", text_get(&hash));
    t->broken |= hash.broken;
    text_release(&hash);
    if (table == ALLOWED_TABLES)
        return TERRAMIS_OK;
    tree_text(t, map, "profile", "tabular-data-resource");
    tree_text(t, map, "encoding", "utf-8");
    return put_schema(t, map, p, file->path, table);
}

static void put_sources(struct tree *t, const struct publication *p)
{
    struct json_object *inputs = json_get(p->manifest, "inputs");
    struct json_object *list = tree_list(t, t->root, "sources");
    for (size_t i = 0; i < json_count(inputs) && !t->broken; i++) {
        struct json_object *input = json_object_array_get_idx(inputs, i);
        struct json_object *map = tree_item(t, list);
        const char *title = json_get_text(input, "title");
        tree_text(t, map, "title", title ? title : "?");
        tree_text(t, map, "licence", json_get_text(input, "licence"));
        tree_text(t, map, "date", json_get_text(input, "date"));
    }
}

enum terramis_status publish_package(struct publication *p)
{
    struct tree t = {.root = json_object_new_object()};
    struct text created = {0};
    text_addf(&created, "%sT00:00:00Z", p->date);
    tree_text(&t, t.root, "profile", "data-package");
    tree_text(&t, t.root, "name", p->name);
    tree_text(&t, t.root, "title", p->title);
    tree_abstract(&t, t.root, "description", p, IN_FRENCH);
    tree_text(&t, t.root, "created", text_get(&created));
    struct json_object *map = tree_item(&t, tree_list(&t, t.root, "licenses"));
    tree_text(&t, map, "name", p->licence->id);
    tree_text(&t, map, "title", p->licence->title);
    tree_text(&t, map, "path", p->licence->url);
    if (p->organisation) {
        map = tree_item(&t, tree_list(&t, t.root, "contributors"));
        tree_text(&t, map, "title", p->organisation);
        tree_text(&t, map, "role", "publisher");
    }
    put_sources(&t, p);
    struct json_object *list = tree_list(&t, t.root, "resources");
    enum terramis_status status = TERRAMIS_OK;
    for (size_t i = 0; i < p->file_count && !t.broken && status == TERRAMIS_OK;
         i++)
        status = put_resource(&t, list, p, &p->files[i]);
    t.broken |= created.broken;
    text_release(&created);
    if (status == TERRAMIS_OK)
        return tree_write(&t, p, "datapackage.json");
    json_object_put(t.root);
    return status;
}
