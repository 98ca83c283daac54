#include <string.h>

#include "output/file_list.h"
#include "output/manifest_build.h"

static enum terramis_status put_file(struct manifest *m,
                                     struct json_object *list, const char *path)
{
    struct text full = {0};
    struct digest digest;
    text_addf(&full, "%s/%s", m->job->dir, path);
    enum terramis_status status = text_status(&full);
    if (status == TERRAMIS_OK)
        status = digests_get(m->outputs, text_get(&full), &digest);
    text_release(&full);
    TRY(status);
    struct json_object *map = json_object_new_object();
    manifest_put_text(m, map, "path", path);
    manifest_put_digest(m, map, &digest);
    json_append(list, map, &m->broken);
    return TERRAMIS_OK;
}

enum terramis_status manifest_put_outputs(struct manifest *m,
                                          struct json_object *root)
{
    struct file_list list;
    struct json_object *files = json_object_new_array();
    json_put(root, "outputs", files, &m->broken);
    enum terramis_status status = file_list_read(m->job->dir, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (strcmp(list.items[i], MANIFEST_NAME) == 0)
            continue; /* an older one, which the new one replaces */
        if (status == TERRAMIS_OK && !m->broken)
            status = put_file(m, files, list.items[i]);
    }
    file_list_release(&list);
    return status;
}
