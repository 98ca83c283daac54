/* A STAC 1.0.0 item per territory with the projection extension 1.1.0. */
#include <string.h>

#include "publish/tree.h"

static void put_geometry(struct tree *t, const double bbox[4])
{
    static const int corners[5][2] = {{0, 1}, {2, 1}, {2, 3}, {0, 3}, {0, 1}};
    struct json_object *geometry = tree_map(t, t->root, "geometry");
    tree_text(t, geometry, "type", "Polygon");
    struct json_object *rings = tree_list(t, geometry, "coordinates");
    struct json_object *ring = json_object_new_array();
    json_append(rings, ring, &t->broken);
    for (int i = 0; i < 5 && !t->broken; i++) {
        struct json_object *point = json_object_new_array();
        json_append(ring, point, &t->broken);
        for (int k = 0; k < 2 && !t->broken; k++)
            json_append(point, json_number(bbox[corners[i][k]]), &t->broken);
    }
    struct json_object *list = tree_list(t, t->root, "bbox");
    for (int i = 0; i < 4; i++)
        json_append(list, json_number(bbox[i]), &t->broken);
}

static void put_projection(struct tree *t, struct json_object *map,
                           const struct publication *p,
                           const struct published_territory *territory)
{
    long code;
    if (text_scan(p->crs, "EPSG:#", &code))
        tree_number(t, map, "proj:epsg", (double)code);
    else if (!map || json_object_object_add(map, "proj:epsg", NULL) != 0)
        t->broken = true; /* null: none; json_put() takes it for an error */
    if (territory->shape[0] == 0)
        return;
    struct json_object *list = tree_list(t, map, "proj:shape");
    for (int i = 0; i < 2; i++)
        json_append(list, json_number(territory->shape[i]), &t->broken);
    list = tree_list(t, map, "proj:transform");
    for (int i = 0; i < 6; i++)
        json_append(list, json_number(territory->transform[i]), &t->broken);
}

static void put_properties(struct tree *t, const struct publication *p,
                           const struct published_territory *territory)
{
    struct json_object *map = tree_map(t, t->root, "properties");
    struct text time = {0};
    text_addf(&time, "%sT00:00:00Z", p->date);
    tree_text(t, map, "datetime", text_get(&time));
    tree_text(t, map, "created", text_get(&time));
    tree_text(t, map, "title", territory->name);
    tree_abstract(t, map, "description", p, IN_FRENCH);
    tree_text(t, map, "license", p->licence->id);
    if (p->organisation) {
        struct json_object *provider =
            tree_item(t, tree_list(t, map, "providers"));
        tree_text(t, provider, "name", p->organisation);
        tree_append_text(t, tree_list(t, provider, "roles"), "producer");
    }
    put_projection(t, map, p, territory);
    t->broken |= time.broken;
    text_release(&time);
}

static const char *role_of(const struct published_file *file)
{
    static const char *const roles[][2] = {{"PNG", "overview"},
                                           {"QML", "metadata"},
                                           {"WLD", "metadata"},
                                           {"XML", "metadata"}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i][0], file->format) == 0)
            return roles[i][1];
    return "data";
}

static void put_assets(struct tree *t, const struct publication *p,
                       const struct published_territory *territory)
{
    struct json_object *assets = tree_map(t, t->root, "assets");
    for (size_t i = 0; i < p->file_count && !t->broken; i++) {
        const struct published_file *file = &p->files[i];
        if (file->territory != territory)
            continue;
        const char *name = file->path + strlen(territory->id) + 1;
        struct text href = {0};
        struct json_object *asset = tree_map(t, assets, name);
        text_addf(&href, "./%s", name);
        tree_text(t, asset, "href", text_get(&href));
        tree_text(t, asset, "title", file->title[IN_FRENCH]);
        tree_text(t, asset, "type", file->media);
        tree_append_text(t, tree_list(t, asset, "roles"), role_of(file));
        t->broken |= href.broken;
        text_release(&href);
    }
}

static enum terramis_status
write_item(struct publication *p, const struct published_territory *territory)
{
    struct tree t = {.root = json_object_new_object()};
    struct text id = {0}, path = {0};
    text_addf(&id, "%s-%s", p->name, territory->id);
    text_addf(&path, "%s/stac-item.json", territory->id);
    tree_text(&t, t.root, "type", "Feature");
    tree_text(&t, t.root, "stac_version", "1.0.0");
    tree_append_text(&t, tree_list(&t, t.root, "stac_extensions"),
                     "https://stac-extensions.github.io/projection/v1.1.0/"
                     "schema.json");
    tree_text(&t, t.root, "id", text_get(&id));
    put_geometry(&t, territory->bbox);
    put_properties(&t, p, territory);
    struct json_object *link = tree_item(&t, tree_list(&t, t.root, "links"));
    tree_text(&t, link, "rel", "license");
    tree_text(&t, link, "href", p->licence->url);
    tree_text(&t, link, "title", p->licence->title);
    put_assets(&t, p, territory);
    t.broken |= id.broken || path.broken;
    enum terramis_status status = tree_write(&t, p, text_get(&path));
    text_release(&id);
    text_release(&path);
    return status;
}

enum terramis_status publish_stac(struct publication *p)
{
    for (size_t i = 0; i < p->territory_count; i++)
        TRY(write_item(p, &p->territories[i]));
    return TERRAMIS_OK;
}
