/* datapackage.json: Frictionless Data Package 1.0, with a Table Schema for each
 * CSV file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "publish/allowed.h"
#include "publish/tree.h"

/* The table in a CSV file; ALLOWED_TABLES: none of ours. */
static enum allowed_table table_of(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    for (int i = 0; i < ALLOWED_TABLES; i++) {
        size_t length = strlen(allowed_tables[i]);
        if (strncmp(name, allowed_tables[i], length) == 0 &&
            strcmp(name + length, ".csv") == 0)
            return (enum allowed_table)i;
    }
    return ALLOWED_TABLES;
}

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
    char head[65536], *full = NULL;
    TRY(publication_path(p->dir, path, &full));
    FILE *file = fopen(full, "rb");
    bool got = file && fgets(head, sizeof head, file);
    if (file)
        fclose(file);
    enum terramis_status status =
        got ? TERRAMIS_OK
            : status_set(TERRAMIS_OUTPUT, _("cannot read %s"), full);
    free(full);
    TRY(status);
    head[strcspn(head, "\r\n")] = '\0';
    struct json_object *schema = tree_map(t, map, "schema");
    struct json_object *fields = tree_list(t, schema, "fields");
    for (char *rest = head, *name = strsep(&rest, ","); name;
         name = strsep(&rest, ","))
        put_field(t, fields, p, table, name);
    tree_append_text(t, tree_list(t, schema, "missingValues"), "");
    return TERRAMIS_OK;
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
    enum allowed_table table = table_of(file->path);
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
