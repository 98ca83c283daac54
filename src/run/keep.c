#include "run/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "output/manifest.h"
#include "output/manifest_read.h"
#include "run/tree.h"

/* What QGIS and SQLite write beside a file and which is wrong beside
 * another. */
static bool is_companion(const struct manifest_list *list, const char *path)
{
    static const char *const suffixes[] = {".aux.xml", "-wal", "-shm",
                                           "-journal", ".ovr"};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t cut = strlen(suffixes[i]);
        struct text owner = {0};
        if (length <= cut || strcmp(path + length - cut, suffixes[i]) != 0)
            continue;
        text_addf(&owner, "%.*s", (int)(length - cut), path);
        bool listed = manifest_find(list, text_get(&owner)) != NULL;
        text_release(&owner);
        if (listed)
            return true;
    }
    return false;
}

/* Does it belong to the old results? */
static bool is_replaced(const void *data, const char *path)
{
    const struct manifest_list *list = data;
    return strcmp(path, MANIFEST_NAME) == 0 || manifest_find(list, path) ||
           is_companion(list, path);
}

static enum terramis_status cannot_read(const char *folder)
{
    return status_set(TERRAMIS_OUTPUT, "%s: %s: %s", folder,
                      _("cannot read this folder"), strerror(errno));
}

static enum terramis_status link_others(int from, int to, const char *old,
                                        const char *shown, bool overwrite)
{
    struct manifest_list list;
    enum terramis_status status = manifest_read(old, &list);
    if (status != TERRAMIS_INTERNAL) {
        status_clear();
        status = tree_keep(from, to, shown, overwrite, is_replaced, &list);
    }
    manifest_list_release(&list);
    return status;
}

enum terramis_status keep_others(const char *old, const char *new,
                                 const char *shown, bool overwrite)
{
    int from = open(old, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (from < 0)
        return errno == ENOENT ? TERRAMIS_OK : cannot_read(shown);
    int to = open(new, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum terramis_status status =
        to < 0 ? cannot_read(new)
               : link_others(from, to, old, shown, overwrite);
    if (to >= 0)
        close(to);
    close(from);
    return status;
}
