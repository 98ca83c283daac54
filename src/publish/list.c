/* What is in the folder: for programs, and as one archive. */
#include <stdlib.h>

#include "output/manifest.h"
#include "publish/archive.h"
#include "publish/tree.h"

static void put_files(struct tree *t, const struct publication *p)
{
    struct json_object *list = tree_list(t, t->root, "outputs");
    for (size_t i = 0; i < p->file_count && !t->broken; i++) {
        struct json_object *map = tree_item(t, list);
        tree_text(t, map, "path", p->files[i].path);
        tree_number(t, map, "bytes", (double)p->files[i].digest.bytes);
        tree_text(t, map, "sha256", p->files[i].digest.sha256);
    }
}

static enum terramis_status pack(const struct publication *p, const char *name)
{
    struct archive_entry *entries = NULL;
    char *path = NULL;
    enum terramis_status status =
        mem_new(&entries, p->file_count, sizeof *entries);
    for (size_t i = 0; status == TERRAMIS_OK && i < p->file_count; i++) {
        char *full = NULL;
        status = publication_path(p->dir, p->files[i].path, &full);
        entries[i] = (struct archive_entry){full, p->files[i].path};
    }
    if (status == TERRAMIS_OK)
        status = publication_path(p->dir, name, &path);
    if (status == TERRAMIS_OK)
        status = archive_write(path, entries, p->file_count);
    for (size_t i = 0; entries && i < p->file_count; i++)
        free(entries[i].path);
    free(entries);
    free(path);
    return status;
}

enum terramis_status publish_list(struct publication *p)
{
    struct tree t = {.root = json_object_new_object()};
    struct text archive = {0};
    text_addf(&archive, "%s.zip", p->name);
    enum terramis_status status = text_status(&archive);
    if (status == TERRAMIS_OK)
        status = pack(p, text_get(&archive));
    if (status == TERRAMIS_OK)
        status = publication_add(p, text_get(&archive), NULL);
    text_release(&archive);
    tree_text(&t, t.root, "program", "terramis");
    tree_text(&t, t.root, "version", TERRAMIS_VERSION);
    tree_text(&t, t.root, "kind", "publication");
    tree_text(&t, t.root, "title", p->title);
    tree_text(&t, t.root, "date", p->date);
    tree_text(&t, t.root, "licence", p->licence->id);
    put_files(&t, p);
    if (status == TERRAMIS_OK)
        return tree_write(&t, p, MANIFEST_NAME);
    json_object_put(t.root);
    return status;
}
